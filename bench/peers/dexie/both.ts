import type { Incident } from '#domain/incident/incident.ts';
import { isOpen } from '#domain/queue/membership.ts';
import type { Viewer } from '#domain/queue/queue-facts.ts';
import { QueueIndex } from '#renderer/engine/queue-index/queue-index.ts';
import { rowsOf } from './bulk-put.ts';
import { DeskPeer, peerRow } from './peer-rows.ts';

/** Dexie and our index in one page, over the same incidents. */
export interface Both {
  readonly db: DeskPeer;
  readonly index: QueueIndex;
  /** Every so many-th incident, to take questions and edits from. */
  readonly sample: readonly Incident[];
  /** The agent with the most open incidents, in the two teams with the most. */
  readonly viewer: Viewer;
}

const NAMELESS = { personName: () => null };
const SAMPLE = 4_000;

const tally = () => {
  const counts = new Map<string, number>();
  return {
    add: (key: string | null) => key !== null && counts.set(key, (counts.get(key) ?? 0) + 1),
    most: (many: number) =>
      [...counts]
        .sort((a, b) => b[1] - a[1])
        .slice(0, many)
        .map(([key]) => key),
  };
};

/** Fills whichever is not filled yet: the database lasts over starts, the index does not. */
export const openBoth = async (files: readonly string[], n: number): Promise<Both> => {
  const db = new DeskPeer('relaxed');
  const index = new QueueIndex(NAMELESS);
  const sample: Incident[] = [];
  const owners = tally();
  const teams = tally();
  const stored = await db.incidents.count();
  const step = Math.max(1, Math.floor(n / SAMPLE));
  for (const name of files) {
    const incidents = await rowsOf<Incident>(name);
    if (stored !== n) await db.incidents.bulkPut(incidents.map(peerRow));
    for (const incident of incidents) {
      index.upsert(incident, 1);
      if (index.size % step === 0) sample.push(incident);
      if (!isOpen(incident.state)) continue;
      owners.add(incident.assignedToId);
      teams.add(incident.assignmentGroupId);
    }
  }
  const count = await db.incidents.count();
  if (count !== n || index.size !== n) throw new Error(`Dexie holds ${count}, the index ${index.size}, not ${n}`);
  const viewer: Viewer = { personId: owners.most(1)[0] ?? '', teamIds: teams.most(2), role: 'agent' };
  return { db, index, sample, viewer };
};
