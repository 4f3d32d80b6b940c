import type { SearchHit } from '#contracts/engine/protocol.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import type { Viewer } from '#domain/queue/queue-facts.ts';
import { foldText, wordsOf } from '../queue-index/folded-text.ts';
import type { NameSource, QueueIndex } from '../queue-index/queue-index.ts';

export interface FoundIncident {
  readonly id: Id;
  readonly matched: SearchHit['matched'];
}
export interface SearchResult {
  /** Exact once `complete`; before that, of what has been read so far. */
  readonly total: number;
  readonly hits: readonly FoundIncident[];
  /** False while old incidents are still being read in the background. */
  readonly complete: boolean;
}
export interface SimilarResult {
  readonly id: Id;
  /** 0…1: the share of the typed text's significant words that this incident has, weighed by rarity. */
  readonly score: number;
  readonly sameCaller: boolean;
}
export interface SimilarQuery {
  readonly text: string;
  readonly callerId: Id | null;
  readonly excludeId: Id | null;
  readonly limit: number;
}
/** Belongs to the queue index checkpoint taken in the same turn; store both or neither. */
export interface SearchIndexCheckpoint {
  readonly formatVersion: number;
  readonly throughLsn: number;
  readonly parts: Readonly<Record<string, unknown>>;
}

/**
 * Words of short descriptions, callers and descriptions. Always after the queue index: `queue.upsert` first, then
 * `search.upsert`; before `queue.remove`, `search.remove`.
 */
export class SearchIndex {
  readonly #queue: QueueIndex;
  readonly #names: NameSource;
  readonly #rows = new Map<Id, Incident>();

  constructor(queue: QueueIndex, names: NameSource) {
    this.#queue = queue;
    this.#names = names;
  }

  /** Null when it does not fit the queue index or is of another format: read in the background instead. */
  static restore(checkpoint: SearchIndexCheckpoint, queue: QueueIndex, names: NameSource): SearchIndex | null {
    if (checkpoint.formatVersion !== 0) return null;
    const index = new SearchIndex(queue, names);
    for (const incident of checkpoint.parts.rows as Incident[]) index.upsert(incident);
    return index;
  }

  checkpoint(throughLsn: number): SearchIndexCheckpoint {
    return { formatVersion: 0, throughLsn, parts: { rows: [...this.#rows.values()] } };
  }

  upsert(incident: Incident): void {
    this.#rows.set(incident.id, incident);
  }

  remove(id: Id): void {
    this.#rows.delete(id);
  }

  /** Incidents the queue index holds and this one has not read yet. */
  unread(limit: number): Id[] {
    return this.#queue.incidentIds().filter((id) => !this.#rows.has(id)).slice(0, limit);
  }

  get complete(): boolean {
    return this.#rows.size === this.#queue.size;
  }

  search(text: string, limit: number, _viewer: Viewer): SearchResult {
    const words = wordsOf(foldText(text));
    const byNumber = this.#queue.idOf(text);
    const found: FoundIncident[] = byNumber === null ? [] : [{ id: byNumber, matched: 'number' }];
    for (const incident of words.length === 0 ? [] : this.#rows.values()) {
      const name = incident.callerId === null ? '' : (this.#names.personName(incident.callerId) ?? '');
      const body = foldText(`${incident.shortDescription} ${incident.description} ${name}`);
      if (incident.id !== byNumber && words.every((word) => body.includes(word))) found.push({ id: incident.id, matched: 'text' });
    }
    return { total: found.length, hits: found.slice(0, limit), complete: this.complete };
  }

  similar(query: SimilarQuery, _viewer: Viewer): SimilarResult[] {
    const words = new Set(wordsOf(foldText(query.text)));
    const scored = [...this.#rows.values()].map((incident) => {
      const shared = new Set(wordsOf(foldText(incident.shortDescription)).filter((word) => words.has(word))).size;
      return { id: incident.id, score: shared / Math.max(1, words.size), sameCaller: incident.callerId === query.callerId };
    });
    return scored.filter((one) => one.score > 0.3 && one.id !== query.excludeId).sort((a, b) => b.score - a.score).slice(0, query.limit);
  }
}
