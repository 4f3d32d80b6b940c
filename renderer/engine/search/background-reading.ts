import type { Id } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import type { SearchIndex } from './search-index.ts';

export interface ReadingPorts {
  /** The stored incidents, missing ones left out. */
  load(ids: readonly Id[]): Promise<readonly Incident[]>;
  /** Lets waiting commands and messages go first. */
  breathe(): Promise<void>;
  /** Milliseconds, monotonic. */
  now(): number;
  readonly signal: AbortSignal;
}

const SLICE_MS = 12;
const PAGE = 500;

/** Reads what the search index has not seen yet, in slices short enough to stay out of everybody's way. */
export async function readInBackground(search: SearchIndex, ports: ReadingPorts): Promise<void> {
  for (let ids = search.unread(PAGE); ids.length > 0; ids = search.unread(PAGE)) {
    const incidents = await ports.load(ids);
    if (incidents.length === 0) return;
    let sliceEnd = ports.now() + SLICE_MS;
    for (const incident of incidents) {
      if (ports.signal.aborted) return;
      search.upsert(incident);
      if (ports.now() < sliceEnd) continue;
      await ports.breathe();
      sliceEnd = ports.now() + SLICE_MS;
    }
    await ports.breathe();
  }
}
