import { beforeEach, describe, expect, test } from 'vitest';
import { type Id, SYSTEM_ACTOR } from '#domain/activity/activity.ts';
import type { CommandArgs, CommandName } from '#domain/command/command.ts';
import { blankPerson } from '#domain/directory/blank-person.ts';
import { judge } from '#sync/authority/authority.ts';
import { createMemoryStore } from '#sync/authority/memory-store.ts';
import type { Batch, Submission } from '#sync/authority/store.ts';
import { changesOf } from './alert-changes.ts';
import { FakeDesk } from './alerts/fake-desk.suite.ts';

const uuid = (n: number) => `00000000-0000-7000-b000-${n.toString(16).padStart(12, '0')}`;
const [ANN, BEN, INCIDENT] = [uuid(1), uuid(2), uuid(3)];
const AT = Date.UTC(2026, 0, 5, 9);

let made = 100;
const by = <N extends CommandName>(actor: Id, name: N, args: CommandArgs[N]): Submission => {
  made += 1;
  return { command: { id: uuid(made), name, args, actor, device: 'd', occurredAt: AT, recordedAt: AT } };
};
const introduced = (id: Id, name: string) =>
  by(SYSTEM_ACTOR, 'directory.save', {
    kind: 'person',
    record: blankPerson({ id, name, role: 'agent' }),
  });
const recorded = (actor: Id, more: Partial<CommandArgs['incident.record']> = {}) =>
  by(actor, 'incident.record', {
    incidentId: INCIDENT,
    shortDescription: 'Mail is down',
    channel: 'phone',
    impact: 3,
    urgency: 3,
    ...more,
  });
const assignedToAnn = () => by(BEN, 'incident.assign', { incidentId: INCIDENT, assignedToId: ANN });
const noteByAnn = () => by(ANN, 'incident.note', { incidentId: INCIDENT, entryId: uuid(50), body: 'I look at it' });

let store: ReturnType<typeof createMemoryStore>;
let desk: FakeDesk;

/** Judges these as one batch and lets the alerts hear of it. */
async function together(...submissions: Submission[]): Promise<Batch> {
  const batches: Batch[] = [];
  const listening = {
    ...store,
    commit: (batch: Batch) => {
      batches.push(batch);
      return store.commit(batch);
    },
  };
  const judged = await judge(listening, submissions, { zone: 'UTC', alone: true });
  expect(judged.ok && judged.value.flatMap((outcome) => (outcome.ok ? [] : outcome.error))).toEqual([]);
  const [batch] = batches;
  if (!batch) throw new Error('nothing was committed');
  await desk.happen(...changesOf(batch));
  return batch;
}

beforeEach(async () => {
  store = createMemoryStore();
  desk = new FakeDesk();
  desk.person = ANN;
  await together(introduced(ANN, 'Ann'), introduced(BEN, 'Ben'));
});

describe('commands of several people judged as one batch', () => {
  test('tell of each command who did it, and what it found and left', async () => {
    const batch = await together(recorded(BEN), assignedToAnn(), noteByAnn());
    expect(
      changesOf(batch).map(({ before, after, actorId }) => [
        actorId,
        before?.assignedToId,
        after.assignedToId,
        after.throughSeq,
      ]),
    ).toEqual([
      [BEN, undefined, null, 3],
      [BEN, null, ANN, 4],
      [ANN, ANN, ANN, 5],
    ]);
  });

  test('an assignment by Ben is told to me although my own note came with it', async () => {
    await together(recorded(ANN));
    await together(assignedToAnn(), noteByAnn());
    await desk.pass(10_000);
    expect(desk.shown.map(({ request }) => request.title)).toEqual([expect.stringContaining('Assigned to you')]);
  });

  test('a P1 that Ben records is told to me although I start work on it in the same batch', async () => {
    await together(recorded(BEN, { impact: 1, urgency: 1 }), noteByAnn());
    expect(desk.shown).toHaveLength(1);
  });

  test('my own command is never told to me because somebody else’s came after it', async () => {
    await together(
      recorded(ANN, { impact: 1, urgency: 1 }),
      by(BEN, 'incident.note', { incidentId: INCIDENT, entryId: uuid(51), body: 'Seen' }),
    );
    await desk.pass(60_000);
    expect(desk.shown).toEqual([]);
  });

  test('what is resolved within the batch is told to nobody', async () => {
    const resolve = { incidentId: INCIDENT, resolutionCode: 'solutionProvided', resolutionNotes: 'Restarted' } as const;
    await together(recorded(BEN, { impact: 1, urgency: 1 }), by(BEN, 'incident.resolve', resolve));
    await desk.pass(60_000);
    expect(desk.shown).toEqual([]);
  });
});
