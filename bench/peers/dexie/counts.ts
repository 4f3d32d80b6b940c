import type { Incident } from '#domain/incident/incident.ts';
import type { QueueId } from '#domain/queue/queues.ts';
import type { Both } from './both.ts';
import { type DeskPeer, peerRow } from './peer-rows.ts';

type Counted = Extract<
  QueueId,
  'myWork' | 'unassigned' | 'myTeam' | 'onHold' | 'resolved' | 'allOpen' | 'allIncidents' | 'triage'
>;

export interface CountRound {
  /** Milliseconds for all eight: one edit and the counts after it. */
  readonly ours: number;
  /** Milliseconds for the counts alone, after the same edit. */
  readonly dexie: number;
  readonly same: boolean;
  readonly counts: Readonly<Record<Counted, number>>;
}

/** Each count through the index that was made for it, all in one transaction. */
const countAll = (db: DeskPeer, { viewer }: Both): PromiseLike<Record<Counted, number>> =>
  db.transaction('r', db.incidents, async () => {
    const { incidents } = db;
    const mine = ['', ...viewer.teamIds].map((team) => [1, 1, team]);
    const teams = viewer.teamIds.map((team) => [1, team]);
    const [myWork, unassigned, myTeam, onHold, resolved, allOpen, allIncidents, triage] = await Promise.all([
      incidents.where('[assignedToId+open]').equals([viewer.personId, 1]).count(),
      incidents.where('[unowned+open+assignmentGroupId]').anyOf(mine).count(),
      incidents.where('[open+assignmentGroupId]').anyOf(teams).count(),
      incidents.where('state').equals('onHold').count(),
      incidents.where('state').equals('resolved').count(),
      incidents.where('open').equals(1).count(),
      incidents.count(),
      incidents.where('triage').equals(1).count(),
    ]);
    return { myWork, unassigned, myTeam, onHold, resolved, allOpen, allIncidents, triage };
  });

const STATES = ['inProgress', 'onHold', 'new', 'resolved'] as const;
const EDITS_OF_OURS = 200;

/** The same incident in the next of four states, so that counts change with every edit. */
const edited = (incident: Incident, turn: number): Incident => ({
  ...incident,
  state: STATES[turn % STATES.length] ?? 'new',
});

export const countRound = async (both: Both, round: number): Promise<CountRound> => {
  const { db, index, sample, viewer } = both;
  const at = (turn: number) => sample[(round * 211 + turn) % sample.length] as Incident;
  // Ours takes microseconds: timed over many edits, which are taken back at the end.
  const began = performance.now();
  for (let turn = 0; turn < EDITS_OF_OURS; turn += 1) {
    index.upsert(edited(at(turn), turn), 2);
    index.counts(viewer);
  }
  const ours = (performance.now() - began) / EDITS_OF_OURS;
  for (let turn = 0; turn < EDITS_OF_OURS; turn += 1) index.upsert(at(turn), 3);

  const incident = at(0);
  const changed = edited(incident, round);
  index.upsert(changed, 4);
  await db.incidents.put(peerRow(changed));
  const asked = performance.now();
  const counts = await countAll(db, both);
  const dexie = performance.now() - asked;
  const own = index.counts(viewer);
  const same = Object.entries(counts).every(([queue, count]) => own[queue as Counted] === count);
  await db.incidents.put(peerRow(incident));
  index.upsert(incident, 5);
  return { ours, dexie, same, counts };
};
