import { foldText, wordsOf } from '../queue-index/folded-text.ts';
import type { QueueIndex } from '../queue-index/queue-index.ts';
import type { DocumentStore } from './document-store.ts';

/** Shorter words say little about what is wrong. */
const SHORTEST = 3;
/** A word in more than this share of all incidents does not tell them apart. */
const TOO_COMMON = 1 / 4;
/** What a word in the description counts, against one in the short description. */
const IN_DESCRIPTION = 0.5;
/** The word still being typed stands for at most so many. */
const MOST_COMPLETIONS = 50;

interface Weighed {
  readonly terms: readonly number[];
  readonly weight: number;
}

/**
 * Scores every document by how much of what is typed it shares, rare words counting more: 1 has all significant words
 * in its short description. The last word counts as the beginning of one while it is being typed.
 */
export class SimilarityScorer {
  readonly #documents: DocumentStore;
  readonly #queue: QueueIndex;
  #scores = new Float32Array(0);
  #turns = new Uint8Array(0);

  constructor(documents: DocumentStore, queue: QueueIndex) {
    this.#documents = documents;
    this.#queue = queue;
  }

  /** Calls back for every document that shares anything. */
  eachScore(text: string, found: (doc: number, score: number) => void): void {
    const words = this.#weigh(text);
    const whole = words.reduce((sum, word) => sum + word.weight, 0);
    if (whole === 0) return;
    this.#clear();
    const touched: number[] = [];
    words.forEach((word, place) => {
      this.#add(word, (place + 1) & 0xff, touched);
    });
    for (const doc of touched) found(doc, (this.#scores[doc] as number) / whole);
  }

  #add({ terms, weight }: Weighed, turn: number, touched: number[]): void {
    const [scores, turns] = [this.#scores, this.#turns];
    for (const term of terms) {
      this.#documents.postings.each(term, (doc, inTitle) => {
        if (turns[doc] === turn) return;
        turns[doc] = turn;
        if (scores[doc] === 0) touched.push(doc);
        scores[doc] = (scores[doc] as number) + weight * (inTitle === 1 ? 1 : IN_DESCRIPTION);
      });
    }
  }

  #weigh(text: string): Weighed[] {
    const folded = foldText(text);
    const words = wordsOf(folded).filter((word) => word.length >= SHORTEST);
    const last = /[\p{L}\p{N}]$/u.test(folded) ? words.at(-1) : undefined;
    return [...new Set(words)].map((word) => this.#weighWord(word, word === last));
  }

  /** Rarity: a word that nobody wrote yet weighs half, because it may be a slip of the pen. */
  #weighWord(word: string, isLast: boolean): Weighed {
    const { terms, postings } = this.#documents;
    const exact = terms.find(word);
    const found = exact >= 0 ? [exact] : isLast ? this.#completions(word) : [];
    const count = Math.max(0, ...found.map((term) => postings.count(term)));
    const all = Math.max(1, this.#queue.size);
    const rarity = Math.log(1 + all / (count + 1));
    if (found.length === 0) return { terms: [], weight: isLast ? 0 : rarity / 2 };
    return count > all * TOO_COMMON && all > 100 ? { terms: [], weight: 0 } : { terms: found, weight: rarity };
  }

  #completions(word: string): number[] {
    const { vocabulary, postings } = this.#documents;
    const found: number[] = [];
    vocabulary.eachContaining(word, (term) => {
      if (vocabulary.get(term).startsWith(word)) found.push(term);
    });
    return found.sort((a, b) => postings.count(b) - postings.count(a)).slice(0, MOST_COMPLETIONS);
  }

  #clear(): void {
    const { documents } = this.#documents;
    if (this.#scores.length !== documents) {
      this.#scores = new Float32Array(documents);
      this.#turns = new Uint8Array(documents);
      return;
    }
    this.#scores.fill(0);
    this.#turns.fill(0);
  }
}
