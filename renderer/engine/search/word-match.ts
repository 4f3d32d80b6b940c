import type { QueueIndex } from '../queue-index/queue-index.ts';
import type { CallerNames } from './caller-names.ts';
import type { DocumentStore } from './document-store.ts';

/** Words beyond this say nothing new. */
const MOST_WORDS = 8;
/** From here on a word is also found inside longer ones. */
const INSIDE_FROM = 3;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII is meant
const ASCII = /^[\x00-\x7f]*$/;

/** How well a document matches: the first that holds. */
export const AT_WORD_START = 0;
export const INSIDE_WORD = 1;
export const IN_DESCRIPTION = 2;
export type Tier = typeof AT_WORD_START | typeof INSIDE_WORD | typeof IN_DESCRIPTION;

export interface WordMatch {
  readonly tier: Tier;
  /** Every word is in the caller's name. */
  readonly byCaller: boolean;
}

/** Words worth looking for: single Latin letters are in everything. */
export const searchable = (words: readonly string[]): string[] =>
  [...new Set(words)].filter((word) => word.length > 1 || !ASCII.test(word)).slice(0, MOST_WORDS);

/**
 * Finds the documents that have every word, in the short description, the description or the caller's name. One byte a
 * document and question: how many words it has had so far, and as bits which of them where.
 */
export class WordMatcher {
  readonly #documents: DocumentStore;
  readonly #queue: QueueIndex;
  readonly #callers: CallerNames;
  #stage = new Uint8Array(0);
  #titleBits = new Uint8Array(0);
  #startBits = new Uint8Array(0);
  #callerBits = new Uint8Array(0);

  constructor(documents: DocumentStore, queue: QueueIndex, callers: CallerNames) {
    this.#documents = documents;
    this.#queue = queue;
    this.#callers = callers;
  }

  /** Calls back for every document that has all words; at least one word. */
  eachMatch(words: readonly string[], found: (doc: number, match: WordMatch) => void): void {
    this.#clear();
    words.forEach((word, place) => {
      this.#mark(word, place);
    });
    const all = (1 << words.length) - 1;
    for (let doc = this.#stage.indexOf(words.length); doc >= 0; doc = this.#stage.indexOf(words.length, doc + 1)) {
      const inTitle = ((this.#titleBits[doc] as number) | (this.#callerBits[doc] as number)) === all;
      const atStart = ((this.#startBits[doc] as number) | (this.#callerBits[doc] as number)) === all;
      const tier = atStart ? AT_WORD_START : inTitle ? INSIDE_WORD : IN_DESCRIPTION;
      found(doc, { tier, byCaller: this.#callerBits[doc] === all });
    }
  }

  #mark(word: string, place: number): void {
    const bit = 1 << place;
    const [stage, titleBits, startBits] = [this.#stage, this.#titleBits, this.#startBits];
    for (const { term, atStart } of this.#termsWith(word)) {
      this.#documents.postings.each(term, (doc, inTitle) => {
        const so = stage[doc] as number;
        if (so < place) return;
        stage[doc] = place + 1;
        if (inTitle === 0) return;
        titleBits[doc] = (titleBits[doc] as number) | bit;
        if (atStart) startBits[doc] = (startBits[doc] as number) | bit;
      });
    }
    this.#markCallers(word, place);
  }

  #markCallers(word: string, place: number): void {
    const called = this.#callers.matching(word);
    if (called === null) return;
    const { caller } = this.#queue.table.columns.all;
    for (let doc = 0; doc < this.#stage.length; doc += 1) {
      const slot = this.#documents.slotOf(doc);
      if (slot < 0 || (this.#stage[doc] as number) < place || called[caller[slot] ?? 0] !== 1) continue;
      this.#stage[doc] = place + 1;
      this.#callerBits[doc] = (this.#callerBits[doc] as number) | (1 << place);
    }
  }

  #termsWith(word: string): { readonly term: number; readonly atStart: boolean }[] {
    const inside = word.length >= INSIDE_FROM || !ASCII.test(word);
    const found: { term: number; atStart: boolean }[] = [];
    const { vocabulary } = this.#documents;
    vocabulary.eachContaining(word, (term) => {
      const atStart = vocabulary.get(term).startsWith(word);
      if (inside || atStart) found.push({ term, atStart });
    });
    return found;
  }

  #clear(): void {
    const { documents } = this.#documents;
    if (this.#stage.length !== documents) {
      [this.#stage, this.#titleBits] = [new Uint8Array(documents), new Uint8Array(documents)];
      [this.#startBits, this.#callerBits] = [new Uint8Array(documents), new Uint8Array(documents)];
      return;
    }
    for (const bytes of [this.#stage, this.#titleBits, this.#startBits, this.#callerBits]) bytes.fill(0);
  }
}
