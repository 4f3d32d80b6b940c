import { describe, expect, it } from 'vitest';
import type { PushResult } from '#contracts/sync/wire.ts';
import type { Activity } from '#domain/activity/activity.ts';
import { INTERNAL, type Sending, World } from './log-world.suite.ts';
import type { MakeLog } from './shared-log.suite.ts';

const code = ({ status, refusal }: PushResult) => refusal?.code ?? status;

/** What people do at once who did not know of each other (SPEC 11 and 12), on any log. */
export function mergeSuite(name: string, make: MakeLog): void {
  describe(`a merge by ${name}`, () => {
    const begun = async () => {
      const world = await World.staffed(await make());
      await world.opened('one');
      const update = async (actor: string, changes: object, how: Sending = {}) =>
        code(await world.send(actor, 'incident.update', { incidentId: 'one', changes }, how));
      const entries = async (type: string): Promise<readonly Activity[]> =>
        ((await world.log.read((reader) => reader.timelines(['one']))).get('one') ?? []).filter(
          (activity) => activity.type === type,
        );
      return { world, update, entries };
    };

    it('SPEC 12.2: lets a list gain and lose what it gained and lost in each form', async () => {
      const { world, update } = await begun();
      await update('ann', { tags: { from: [], to: ['a', 'b'] } });
      await update('ben', { tags: { from: [], to: ['c'] }, watcherIds: { from: [], to: ['ben'] } });
      await update('tom', { tags: { from: ['a', 'b'], to: ['b'] }, watcherIds: { from: [], to: ['tom'] } });
      expect(await world.row('one')).toMatchObject({ tags: ['b', 'c'], watcherIds: ['ben', 'tom'] });
    });

    it('SPEC 12.3: lets of two texts the one written later stand whatever comes first, and keeps the other', async () => {
      for (const order of [
        ['ann', 'ben'],
        ['ben', 'ann'],
      ]) {
        const { world, update, entries } = await begun();
        world.now += 60_000;
        const at = { ann: world.now - 20_000, ben: world.now - 10_000 };
        for (const actor of order as ('ann' | 'ben')[]) {
          const changes = { description: { from: '', to: `${INTERNAL}by ${actor}` } };
          expect(await update(actor, changes, { occurredAt: at[actor] })).toBe('accepted');
        }
        expect((await world.row('one')).description).toBe(`${INTERNAL}by ben`);
        const kept = { field: 'description', text: `${INTERNAL}by ann`, by: 'ann', at: at.ann };
        expect(await entries('incident.textKept')).toMatchObject([{ payload: kept, visibility: 'internal' }]);
      }
    });

    it('SPEC 12.4: refuses what else was changed meanwhile, and nothing of that command is applied', async () => {
      const { world, update } = await begun();
      await update('ann', { impact: { from: 3, to: 2 } });
      const mixed = { tags: { from: [], to: ['x'] }, impact: { from: 3, to: 1 } };
      expect(await update('ben', mixed)).toBe('fieldChangedMeanwhile');
      expect(await world.row('one')).toMatchObject({ impact: 2, tags: [] });
      expect(await update('ben', { urgency: { from: 2, to: 1 }, impact: { from: 3, to: 2 } })).toBe('accepted');
    });

    it('SPEC 12.5: lets the later of two assignments stand, and says whose it replaced', async () => {
      const { world, entries } = await begun();
      const assign = (actor: string, assignedToId: string) =>
        world.send(actor, 'incident.assign', { incidentId: 'one', assignedToId, from: null });
      await assign('ann', 'ann');
      await assign('ben', 'tom');
      expect((await world.row('one')).assignedToId).toBe('tom');
      expect((await entries('incident.assigned')).map(({ payload }) => payload)).toEqual([
        { from: null, to: 'ann' },
        { from: 'ann', to: 'tom', replaces: { by: 'ann', at: world.now } },
      ]);
      const from = { assignmentGroupId: null, assignedToId: 'ann' };
      const transfer = { incidentId: 'one', assignmentGroupId: 'net', note: 'x', from };
      await world.accepted('ann', 'incident.transfer', transfer);
      const [moved] = await entries('incident.transferred');
      expect(moved?.payload).toMatchObject({ group: { from: null, to: 'net' }, replaces: { by: 'ben' } });
    });

    it('SPEC 12.6: takes a change of state from the state it finds, or refuses it', async () => {
      const { world } = await begun();
      const resolve = { incidentId: 'one', resolutionCode: 'solutionProvided', resolutionNotes: 'done' };
      const send = async (actor: string, what: string, args: object = {}) =>
        code(await world.send(actor, `incident.${what}`, { incidentId: 'one', ...args }));
      const hold = { reason: 'awaitingParts' };
      expect(await send('ann', 'start')).toBe('accepted');
      expect(await send('tom', 'start')).toBe('wrongState');
      expect(await send('tom', 'resume')).toBe('wrongState');
      expect(await send('ann', 'hold', hold)).toBe('accepted');
      expect(await send('tom', 'hold', { reason: 'awaitingEvidence' })).toBe('accepted');
      expect(await send('tom', 'resolve', resolve)).toBe('accepted');
      for (const what of ['resume', 'start', 'cancel']) {
        expect(await send('ann', what, what === 'cancel' ? { reason: 'withdrawn' } : {})).toBe('wrongState');
      }
      expect(await send('ann', 'hold', hold)).toBe('wrongState');
      expect(await send('ann', 'resolve', { ...resolve, resolutionNotes: 'also done' })).toBe('wrongState');
      expect((await world.row('one')).resolution).toMatchObject({ notes: 'done', by: 'tom' });
      expect(await send('ann', 'reopen', { reason: 'still broken' })).toBe('accepted');
      expect(await send('tom', 'close')).toBe('wrongState');
      expect(await send('tom', 'resolve', resolve)).toBe('accepted');
      expect(await send('ann', 'close')).toBe('accepted');
      for (const what of ['close', 'reopen']) {
        expect(await send('tom', what, what === 'reopen' ? { reason: 'x' } : {})).toBe('closedIsFinal');
      }
    });

    it('SPEC 12.7: takes notes and calls in every state', async () => {
      const { world } = await begun();
      const resolve = { resolutionCode: 'solutionProvided', resolutionNotes: 'done' } as const;
      await world.accepted('ann', 'incident.resolve', { incidentId: 'one', ...resolve });
      await world.accepted('ann', 'incident.close', { incidentId: 'one' });
      await world.note('tom', 'one', 'late');
      await world.accepted('tom', 'incident.logCall', { incidentId: 'one', entryId: 'call', body: 'x' });
      expect(await world.row('one')).toMatchObject({ state: 'closed', counts: { notes: 1 } });
    });

    it('SPEC 11.1: takes back of a command what still holds, and leaves what was changed since', async () => {
      const { world, update } = await begun();
      const changes = {
        description: { from: '', to: 'one' },
        urgency: { from: 2, to: 1 },
        tags: { from: [], to: ['a'] },
      };
      const { commandId } = await world.accepted('ann', 'incident.update', { incidentId: 'one', changes } as never);
      await update('ben', { description: { from: 'one', to: 'two' }, tags: { from: ['a'], to: ['a', 'b'] } });
      await world.accepted('ann', 'command.undo', { commandId });
      expect(await world.row('one')).toMatchObject({ description: 'two', urgency: 2, tags: ['a', 'b'] });
      expect(code(await world.send('ann', 'command.undo', { commandId }))).toBe('nothingToUndo');
      const assigned = await world.accepted('ann', 'incident.assign', { incidentId: 'one', assignedToId: 'ann' });
      await world.accepted('ben', 'incident.assign', { incidentId: 'one', assignedToId: 'ben', from: null });
      expect(code(await world.send('ann', 'command.undo', { commandId: assigned.commandId }))).toBe('undoSuperseded');
      expect((await world.row('one')).assignedToId).toBe('ben');
    });

    it('SPEC 11.2: refuses a reply whose writer had not seen what the caller was told last', async () => {
      const { world, entries } = await begun();
      const reply = async (actor: string, entryId: string, seen: string | null) =>
        code(
          await world.send(
            actor,
            'incident.reply',
            { incidentId: 'one', entryId, body: entryId, releaseAt: world.now },
            { seen },
          ),
        );
      expect(await reply('ann', 'first', null)).toBe('accepted');
      expect(await reply('ben', 'second', null)).toBe('replyStale');
      const [newest] = await entries('incident.reply');
      expect(await reply('ben', 'second', newest?.id ?? '')).toBe('accepted');
      expect((await world.row('one')).counts.replies).toBe(2);
    });
  });
}
