import { describe, expect, it } from 'vitest';
import { type Id, SYSTEM_ACTOR } from '#domain/activity/activity.ts';
import type { CommandArgs, CommandName } from '#domain/command/command.ts';
import { blankPerson } from '#domain/directory/blank-person.ts';
import type { Person } from '#domain/directory/directory.ts';
import { judge } from './authority.ts';
import type { AuthorityStore, Outcome, StoreFault, Submission } from './store.ts';

export interface StoreUnderTest {
  readonly store: AuthorityStore;
  /** While set, the store keeps nothing and answers so. */
  fail(fault: StoreFault | null): void;
}

const CONTEXT = { zone: 'Europe/Berlin', alone: true };
const AT = Date.UTC(2026, 0, 5, 9);
let made = 0;
const newId = (): Id => {
  made += 1;
  return `00000000-0000-7000-a000-${made.toString(16).padStart(12, '0')}`;
};

const submission = <N extends CommandName>(actor: Id, name: N, args: CommandArgs[N], id = newId()): Submission => ({
  command: { id, name, args, actor, device: 'device', occurredAt: AT, recordedAt: AT },
});

const recorded = (shortDescription: string): CommandArgs['incident.record'] => ({
  incidentId: newId(),
  shortDescription,
  channel: 'phone',
  impact: 3,
  urgency: 2,
});

const person = (name: string): Person => blankPerson({ id: newId(), name, role: 'agent' });

/** What every store of the authority has to do alike: in memory, on a desk, on a server. */
export function authorityStoreSuite(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`the authority on ${name}`, () => {
    const begin = async () => {
      const { store, fail } = await make();
      const decide = async (...submissions: Submission[]): Promise<readonly Outcome[]> => {
        const judged = await judge(store, submissions, CONTEXT);
        if (!judged.ok) throw new Error(judged.error);
        return judged.value;
      };
      const ada = person('Ada');
      await decide(submission(SYSTEM_ACTOR, 'directory.save', { kind: 'person', record: ada }));
      return { store, fail, decide, actor: ada.id };
    };

    it('gives each accepted command the next lsn, and its activities that lsn as seq', async () => {
      const { store, decide, actor } = await begin();
      const args = recorded('one');
      expect(await decide(submission(actor, 'incident.record', args))).toEqual([
        { ok: true, value: { lsn: 2, number: 'INC0000001' } },
      ]);
      expect(store.head().lsn).toBe(2);
      const gathered = await store.gather({ incidentIds: [args.incidentId], commandIds: [] });
      expect(gathered.incidents.get(args.incidentId)).toMatchObject({ number: 'INC0000001', throughSeq: 2 });
      expect(gathered.timelines.get(args.incidentId)?.map((activity) => activity.seq)).toEqual([2]);
    });

    it('lets a command see what those before it in the same batch did', async () => {
      const { decide, actor } = await begin();
      const [first, second] = [recorded('first'), recorded('second')];
      const outcomes = await decide(
        submission(actor, 'incident.record', first),
        submission(actor, 'incident.record', second),
        submission(actor, 'incident.start', { incidentId: first.incidentId }),
      );
      expect(outcomes.map((outcome) => outcome.ok && outcome.value)).toEqual([
        { lsn: 2, number: 'INC0000001' },
        { lsn: 3, number: 'INC0000002' },
        { lsn: 4, number: 'INC0000001' },
      ]);
    });

    it('refuses without using up an lsn, and one refusal blocks nobody', async () => {
      const { store, decide, actor } = await begin();
      const args = recorded('one');
      const outcomes = await decide(
        submission(actor, 'incident.start', { incidentId: newId() }),
        submission(actor, 'incident.record', args),
        submission(actor, 'incident.resume', { incidentId: args.incidentId }),
      );
      expect(outcomes.map((outcome) => outcome.ok || outcome.error.code)).toEqual(['notFound', true, 'wrongState']);
      expect(store.head().lsn).toBe(2);
    });

    it('repeats the outcome of a command that comes again, in one batch and later', async () => {
      const { store, decide, actor } = await begin();
      const once = submission(actor, 'incident.record', recorded('once'));
      const [first, again] = await decide(once, once);
      expect(again).toEqual(first);
      expect(await decide(once)).toEqual([first]);
      expect(store.head().lsn).toBe(2);
    });

    it('counts the commands of each person apart', async () => {
      const { store, decide, actor } = await begin();
      const bo = person('Bo');
      await decide(
        submission(actor, 'incident.record', recorded('by Ada')),
        submission(actor, 'directory.save', { kind: 'person', record: bo }),
        submission(bo.id, 'incident.record', recorded('by Bo')),
      );
      expect(store.head().counterOf(actor)).toBe(2);
      expect(store.head().counterOf(bo.id)).toBe(1);
      expect(store.head().counterOf('nobody')).toBe(0);
    });

    it('keeps nothing of a batch that could not be made durable', async () => {
      const { store, fail, decide, actor } = await begin();
      const args = recorded('no space');
      const once = submission(actor, 'incident.record', args);
      fail('diskFull');
      expect(await judge(store, [once], CONTEXT)).toEqual({ ok: false, error: 'diskFull' });
      fail(null);
      expect(store.head().lsn).toBe(1);
      expect((await store.gather({ incidentIds: [args.incidentId], commandIds: [] })).incidents.size).toBe(0);
      expect(await decide(once)).toEqual([{ ok: true, value: { lsn: 2, number: 'INC0000001' } }]);
    });

    it('finds the incident and timeline of an earlier command, so that it can be undone', async () => {
      const { store, decide, actor } = await begin();
      const args = recorded('to undo');
      const assign = submission(actor, 'incident.assign', { incidentId: args.incidentId, assignedToId: actor });
      await decide(submission(actor, 'incident.record', args), assign);
      expect(await decide(submission(actor, 'command.undo', { commandId: assign.command.id }))).toMatchObject([
        { ok: true },
      ]);
      const gathered = await store.gather({ incidentIds: [args.incidentId], commandIds: [] });
      expect(gathered.incidents.get(args.incidentId)?.assignedToId).toBeNull();
      expect(gathered.timelines.get(args.incidentId)).toHaveLength(3);
    });

    it('uses the matrix and the directory as they are from the next command on', async () => {
      const { store, decide, actor } = await begin();
      const matrix = [
        [1, 1, 2],
        [1, 2, 3],
        [2, 3, 4],
      ] as const;
      const args = recorded('after');
      await decide(
        submission(actor, 'configuration.setMatrix', { matrix }),
        submission(actor, 'incident.record', args),
      );
      const gathered = await store.gather({ incidentIds: [args.incidentId], commandIds: [] });
      expect(gathered.matrix).toEqual(matrix);
      expect(gathered.incidents.get(args.incidentId)?.priority).toBe(3);
      expect(gathered.record('person', actor)?.name).toBe('Ada');
      expect([...gathered.records('person')]).toHaveLength(1);
    });
  });
}
