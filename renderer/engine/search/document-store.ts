import type { Incident } from '#domain/incident/incident.ts';
import { FoldedLines } from '../queue-index/folded-lines.ts';
import { foldText, wordsOf } from '../queue-index/folded-text.ts';
import { StringPool, type StringPoolData } from '../queue-index/string-pool.ts';
import { Postings, type PostingsData } from './postings.ts';

/** More of a description than anybody reads, and less than a pasted log. */
const DESCRIPTION_READ = 20_000;
const LONGEST_WORD = 40;
const NO_DOCUMENT = -1;
const FIRST_SLOTS = 64;

export interface DocumentData {
  readonly terms: StringPoolData;
  readonly vocabulary: readonly string[];
  readonly postings: PostingsData;
  readonly slotOf: Uint32Array;
  readonly docOf: Int32Array;
  readonly hashOf: Uint32Array;
}

/**
 * The words of incidents, by document. A document is one state of an incident's text: when the text changes the
 * incident gets the next document and the former one is left behind, so lists only ever grow at their end.
 */
export class DocumentStore {
  readonly terms: StringPool;
  readonly postings: Postings;
  /** The terms as text that can be searched, by term. */
  readonly vocabulary: FoldedLines;
  #slotOf: Uint32Array;
  #docOf: Int32Array;
  #hashOf: Uint32Array;
  #documents: number;
  #read = 0;

  constructor(data?: DocumentData) {
    this.terms = new StringPool(data?.terms);
    this.postings = new Postings(data?.postings);
    this.vocabulary = new FoldedLines(data?.vocabulary);
    this.#slotOf = data?.slotOf ?? new Uint32Array(FIRST_SLOTS);
    this.#docOf = data?.docOf ?? new Int32Array(FIRST_SLOTS).fill(NO_DOCUMENT);
    this.#hashOf = data?.hashOf ?? new Uint32Array(FIRST_SLOTS);
    this.#documents = data?.slotOf.length ?? 0;
    for (const doc of this.#docOf) this.#read += Number(doc !== NO_DOCUMENT);
  }

  /** Documents ever made, those left behind among them. */
  get documents(): number {
    return this.#documents;
  }

  /** Incidents that have a document. */
  get read(): number {
    return this.#read;
  }

  has(slot: number): boolean {
    return (this.#docOf[slot] ?? NO_DOCUMENT) !== NO_DOCUMENT;
  }

  /** The incident a document is of, or -1 when it was left behind. */
  slotOf(doc: number): number {
    const slot = this.#slotOf[doc] as number;
    return this.#docOf[slot] === doc ? slot : -1;
  }

  write(slot: number, incident: Pick<Incident, 'shortDescription' | 'description'>): void {
    const description = incident.description.slice(0, DESCRIPTION_READ);
    const hash = hashOf(incident.shortDescription, description);
    this.#makeSlots(slot + 1);
    if (this.has(slot) && this.#hashOf[slot] === hash) return;
    if (!this.has(slot)) this.#read += 1;
    this.#hashOf[slot] = hash;
    this.#docOf[slot] = this.#newDocument(slot);
    this.#addWords(incident.shortDescription, description);
  }

  erase(slot: number): void {
    if (!this.has(slot)) return;
    this.#docOf[slot] = NO_DOCUMENT;
    this.#read -= 1;
  }

  data(): DocumentData {
    return {
      terms: this.terms.data(),
      vocabulary: this.vocabulary.data(),
      postings: this.postings.data(),
      slotOf: this.#slotOf.slice(0, this.#documents),
      docOf: this.#docOf.slice(),
      hashOf: this.#hashOf.slice(),
    };
  }

  #addWords(shortDescription: string, description: string): void {
    const doc = this.#documents - 1;
    const inTitle = this.#termsOf(shortDescription);
    for (const term of inTitle) this.postings.add(term, doc, true);
    for (const term of this.#termsOf(description)) if (!inTitle.has(term)) this.postings.add(term, doc, false);
  }

  #termsOf(text: string): Set<number> {
    return new Set(wordsOf(foldText(text)).map((word) => this.#term(word.slice(0, LONGEST_WORD))));
  }

  #term(word: string): number {
    const known = this.terms.size;
    const term = this.terms.intern(word);
    if (term === known) this.vocabulary.set(term, word);
    return term;
  }

  #newDocument(slot: number): number {
    if (this.#documents >= this.#slotOf.length) {
      // What a checkpoint of an empty desk gave back has no length to double.
      const wider = new Uint32Array(Math.max(FIRST_SLOTS, this.#slotOf.length * 2));
      wider.set(this.#slotOf);
      this.#slotOf = wider;
    }
    this.#slotOf[this.#documents] = slot;
    this.#documents += 1;
    return this.#documents - 1;
  }

  #makeSlots(count: number): void {
    if (count <= this.#docOf.length) return;
    const size = Math.max(this.#docOf.length * 2, count);
    const docs = new Int32Array(size).fill(NO_DOCUMENT);
    docs.set(this.#docOf);
    const hashes = new Uint32Array(size);
    hashes.set(this.#hashOf);
    this.#docOf = docs;
    this.#hashOf = hashes;
  }
}

/** Tells one text from another well enough to leave an unchanged one alone. */
function hashOf(...texts: readonly string[]): number {
  let hash = 0x811c9dc5;
  for (const text of texts) {
    for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    hash = Math.imul(hash ^ 0x10ffff, 0x01000193);
  }
  return hash >>> 0;
}
