import type { Progress, SearchHit } from '#contracts/engine/protocol.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { isOpen, mayReadText, maySee } from '#domain/queue/membership.ts';
import type { Viewer } from '#domain/queue/queue-facts.ts';
import { foldText, wordsOf } from '../queue-index/folded-text.ts';
import type { NameSource, QueueIndex } from '../queue-index/queue-index.ts';
import { CallerNames } from './caller-names.ts';
import { type DocumentData, DocumentStore } from './document-store.ts';
import { numberHits } from './number-search.ts';
import { SimilarityScorer } from './similarity.ts';
import { rankWithAge, TopSlots } from './top-slots.ts';
import { AT_WORD_START, searchable, WordMatcher } from './word-match.ts';

export interface FoundIncident {
  readonly id: Id;
  readonly matched: SearchHit['matched'];
}

export interface SearchResult {
  /** Exact once `complete`; before that, of what has been read so far. */
  readonly total: number;
  readonly hits: readonly FoundIncident[];
  /** How far it is while old incidents are still being read in the background; null when all have been. */
  readonly reading: Progress | null;
}

export interface SimilarQuery {
  readonly text: string;
  readonly callerId: Id | null;
  readonly excludeId: Id | null;
  readonly limit: number;
}

export interface SimilarResult {
  readonly id: Id;
  /** 0…1: the share of the typed text's significant words that it has, weighed by rarity; more for the same caller. */
  readonly score: number;
  readonly sameCaller: boolean;
}

/** Belongs to the queue index checkpoint taken in the same turn; store both or neither. */
export interface SearchIndexCheckpoint {
  readonly formatVersion: number;
  readonly throughLsn: number;
  readonly parts: DocumentData & { readonly slots: number };
}

const CHECKPOINT_FORMAT = 1;
/** Beyond this share of documents left behind, reading anew is cheaper than carrying them along. */
const MOST_LEFT_BEHIND = 0.4;
/** Below this, two incidents have nothing to do with each other. */
const LEAST_SIMILAR = 0.3;
const SAME_CALLER = 0.2;
const CLOSED_RANK = 4;
const SCORE_STEPS = 100;

/**
 * Words of short descriptions and descriptions, and callers by name. Always after the queue index: `queue.upsert`
 * first, then `search.upsert`. Nothing asynchronous; reading of many is done in slices (background-reading.ts).
 */
export class SearchIndex {
  readonly #queue: QueueIndex;
  readonly #documents: DocumentStore;
  readonly #matcher: WordMatcher;
  readonly #scorer: SimilarityScorer;
  /** No slot below this one is unread. */
  #readBelow = 0;

  constructor(queue: QueueIndex, names: NameSource, data?: DocumentData) {
    this.#queue = queue;
    this.#documents = new DocumentStore(data);
    this.#matcher = new WordMatcher(this.#documents, queue, new CallerNames(queue.table, names));
    this.#scorer = new SimilarityScorer(this.#documents, queue);
  }

  /** Null when it does not fit the queue index, has grown stale or is of another format: read in the background. */
  static restore(checkpoint: SearchIndexCheckpoint, queue: QueueIndex, names: NameSource): SearchIndex | null {
    const { formatVersion, parts } = checkpoint;
    if (formatVersion !== CHECKPOINT_FORMAT || parts.slots > queue.table.slots) return null;
    const index = new SearchIndex(queue, names, parts);
    const leftBehind = index.#documents.documents - index.#documents.read;
    return leftBehind > MOST_LEFT_BEHIND * index.#documents.documents + 1_000 ? null : index;
  }

  checkpoint(throughLsn: number): SearchIndexCheckpoint {
    const parts = { ...this.#documents.data(), slots: this.#queue.table.slots };
    return { formatVersion: CHECKPOINT_FORMAT, throughLsn, parts };
  }

  /** Reads the incident's words, if they have changed. The queue index holds it already. */
  upsert(incident: Incident): void {
    const slot = this.#queue.table.slotOf(incident.id);
    if (slot >= 0) this.#documents.write(slot, incident);
  }

  remove(id: Id): void {
    const slot = this.#queue.table.ids.find(id);
    if (slot >= 0) this.#documents.erase(slot);
  }

  /** Incidents the queue index holds and this one has not read yet, the first so many. */
  unread(limit: number): Id[] {
    const { table } = this.#queue;
    const found: Id[] = [];
    for (let slot = this.#readBelow; slot < table.slots && found.length < limit; slot += 1) {
      if (table.isLive(slot) && !this.#documents.has(slot)) found.push(table.ids.at(slot));
      else if (found.length === 0) this.#readBelow = slot + 1;
    }
    return found;
  }

  get complete(): boolean {
    return this.reading === null;
  }

  /** Incidents whose words have been read, of all; null when that is all of them. */
  get reading(): Progress | null {
    const [done, total] = [this.#documents.read, this.#queue.size];
    return done < total ? { done, total } : null;
  }

  /**
   * Numbers and aliases first; then incidents that have every word, open before closed, better matches first, younger
   * first. A confidential incident is found by its words only by those who may read them.
   */
  search(text: string, limit: number, viewer: Viewer): SearchResult {
    const inside = this.#queue.viewerInside(viewer);
    const folded = foldText(text);
    const { table } = this.#queue;
    const numbers = numberHits(table, folded).filter((hit) => maySee(table.factsAt(hit.slot), inside));
    const first = new TopSlots(limit);
    const matched = new Map<number, FoundIncident['matched']>();
    for (const hit of numbers) {
      first.offer(hit.slot, hit.isExact ? 0 : this.#rank(hit.slot, AT_WORD_START));
      matched.set(hit.slot, hit.matched);
    }
    const then = new TopSlots(Math.max(0, limit - first.slots.length));
    const byCaller = new Set<number>();
    let total = numbers.length;
    this.#eachReadable(searchable(wordsOf(folded)), inside, (slot, tier, isCaller) => {
      if (matched.has(slot)) return;
      total += 1;
      then.offer(slot, this.#rank(slot, tier));
      if (isCaller) byCaller.add(slot);
    });
    const how = (slot: number) => matched.get(slot) ?? (byCaller.has(slot) ? 'caller' : 'text');
    const hits = [...first.slots, ...then.slots].map((slot) => ({ id: table.ids.at(slot), matched: how(slot) }));
    return { total, hits, reading: this.reading };
  }

  /** Incidents that may be the same, open ones first, then the more alike, then the younger. */
  similar(query: SimilarQuery, viewer: Viewer): SimilarResult[] {
    const { table } = this.#queue;
    const inside = this.#queue.viewerInside(viewer);
    const caller = query.callerId === null ? 0 : table.refOf(query.callerId);
    const excluded = query.excludeId === null ? -1 : table.slotOf(query.excludeId);
    const top = new TopSlots(query.limit);
    const scores = new Map<number, number>();
    this.#scorer.eachScore(query.text, (doc, words) => {
      const slot = this.#documents.slotOf(doc);
      if (slot < 0 || slot === excluded) return;
      const sameCaller = caller > 0 && table.columns.all.caller[slot] === caller;
      const score = Math.min(1, words + (sameCaller ? SAME_CALLER : 0));
      if (score < LEAST_SIMILAR || !this.#mayBeSame(slot, inside)) return;
      const steps = Math.round((1 - score) * SCORE_STEPS);
      const open = isOpen(table.factsAt(slot).state);
      top.offer(slot, rankWithAge(open ? steps : steps + SCORE_STEPS + 1, table.columns.all.updatedAt[slot] ?? 0));
      scores.set(slot, score);
    });
    return top.slots.map((slot) => ({
      id: table.ids.at(slot),
      score: scores.get(slot) ?? 0,
      sameCaller: caller > 0 && table.columns.all.caller[slot] === caller,
    }));
  }

  #mayBeSame(slot: number, viewer: Viewer<number>): boolean {
    const facts = this.#queue.table.factsAt(slot);
    return facts.state !== 'canceled' && mayReadText(facts, viewer);
  }

  #eachReadable(
    words: readonly string[],
    viewer: Viewer<number>,
    found: (slot: number, tier: number, byCaller: boolean) => void,
  ): void {
    if (words.length === 0) return;
    this.#matcher.eachMatch(words, (doc, { tier, byCaller }) => {
      const slot = this.#documents.slotOf(doc);
      if (slot >= 0 && mayReadText(this.#queue.table.factsAt(slot), viewer)) found(slot, tier, byCaller);
    });
  }

  #rank(slot: number, tier: number): number {
    const { table } = this.#queue;
    const closed = isOpen(table.factsAt(slot).state) ? 0 : CLOSED_RANK;
    return rankWithAge(closed + tier, table.columns.all.updatedAt[slot] ?? 0);
  }
}
