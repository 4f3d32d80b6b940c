import { v7 as newId } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { PushResult } from '#contracts/sync/wire.ts';
import type { CommandName } from '#domain/command/command.ts';
import { ROLES, type Role } from '#domain/directory/directory.ts';
import { INCIDENTS, mayRead, PEOPLE, PERSONS } from './expected.suite.ts';
import { plantedPerson, type SentCommand } from './seed.suite.ts';
import { Aviary } from './world.suite.ts';

const WORKERS: readonly Role[] = [
  'agent',
  'technician',
  'supervisor',
  'majorIncidentManager',
  'problemManager',
  'administrator',
];
const EVERYBODY: readonly Role[] = ['requester', ...WORKERS];
const ADMINISTRATORS: readonly Role[] = ['administrator'];

/** Who may send which command, and one of its kind about an incident. */
const COMMANDS: Readonly<Record<CommandName, { readonly roles: readonly Role[]; args(id: string): unknown }>> = {
  'incident.record': {
    roles: EVERYBODY,
    args: () => ({ incidentId: newId(), shortDescription: 'x', channel: 'portal', impact: 3, urgency: 2 }),
  },
  'incident.update': {
    roles: WORKERS,
    args: (incidentId) => ({ incidentId, changes: { description: { from: 'never so', to: 'x' } } }),
  },
  'incident.assign': { roles: WORKERS, args: (incidentId) => ({ incidentId, assignedToId: 'administrator' }) },
  'incident.transfer': {
    roles: WORKERS,
    args: (incidentId) => ({ incidentId, assignmentGroupId: 'gone', note: 'x' }),
  },
  'incident.start': { roles: WORKERS, args: (incidentId) => ({ incidentId }) },
  'incident.hold': { roles: WORKERS, args: (incidentId) => ({ incidentId, reason: 'awaitingVendor' }) },
  'incident.resume': { roles: WORKERS, args: (incidentId) => ({ incidentId }) },
  'incident.resolve': {
    roles: WORKERS,
    args: (incidentId) => ({ incidentId, resolutionCode: 'duplicate', resolutionNotes: 'x' }),
  },
  'incident.close': { roles: WORKERS, args: (incidentId) => ({ incidentId }) },
  'incident.reopen': { roles: WORKERS, args: (incidentId) => ({ incidentId, reason: '' }) },
  'incident.cancel': { roles: WORKERS, args: (incidentId) => ({ incidentId, reason: 'anotherDesk' }) },
  'incident.prioritise': {
    roles: WORKERS,
    args: (incidentId) => ({ incidentId, value: 2, why: '', mode: 'corrected' }),
  },
  'incident.note': { roles: WORKERS, args: (incidentId) => ({ incidentId, entryId: newId(), body: 'x' }) },
  'incident.reply': {
    roles: WORKERS,
    args: (incidentId) => ({ incidentId, entryId: newId(), body: 'x', releaseAt: 0 }),
  },
  'incident.logCall': { roles: WORKERS, args: (incidentId) => ({ incidentId, entryId: newId(), body: 'x' }) },
  'incident.attach': {
    roles: WORKERS,
    args: (incidentId) => ({
      incidentId,
      attachmentId: newId(),
      sha256: 'ab'.repeat(32),
      name: 'x',
      bytes: 1,
      mediaType: 'text/plain',
      visibility: 'public',
    }),
  },
  'incident.detach': { roles: WORKERS, args: (incidentId) => ({ incidentId, attachmentId: newId() }) },
  'command.undo': { roles: ROLES, args: () => ({ commandId: newId() }) },
  'directory.save': {
    roles: ADMINISTRATORS,
    args: () => ({ kind: 'person', record: plantedPerson('caller', () => newId()) }),
  },
  'configuration.setMatrix': { roles: ADMINISTRATORS, args: () => ({ matrix: Array(3).fill([1, 1, 1]) }) },
  'history.adopt': {
    roles: ['supervisor', 'administrator'],
    args: (id) => ({ subject: { kind: 'incident', id }, source: 'old', activities: [] }),
  },
};
const NAMES = Object.keys(COMMANDS) as readonly CommandName[];

/** What a result says, but for which command it is about. */
const said = ({ commandId: _, seq: __, ...rest }: PushResult) => rest;

describe('role × command', { timeout: 300_000 }, () => {
  it('SPEC 7.11, 13.3: each role gets through what it may do, is refused the rest, and learns of nothing unseen', async () => {
    const world = await Aviary.open();
    for (const who of PERSONS) {
      const { role } = PEOPLE[who];
      const [seen, unseen] = [true, false].map((may) =>
        world.incidents.find(({ kind }) => mayRead(who, kind) === may && kind !== 'imported'),
      );
      for (const name of NAMES) {
        const { roles, args } = COMMANDS[name];
        const about = async (id: string) => {
          const [result] = await world.send(who, [{ name, args: args(id) }]);
          return said(result as PushResult);
        };
        const answer = await about(seen?.id ?? '');
        const code = answer.refusal?.code ?? null;
        if (roles.includes(role)) expect(code, `${who} ${name}`).not.toBe('notAllowedForRole');
        else expect(code, `${who} ${name}`).toBe('notAllowedForRole');
        if (unseen === undefined || !name.startsWith('incident.') || name === 'incident.record') continue;
        expect(await about(unseen.id), `${who} ${name}`).toEqual(await about('unknown'));
        expect((await about(unseen.id)).refusal?.code, `${who} ${name}`).toBe('notFound');
      }
    }
    const sent = world.server.logged.join('\n');
    expect(sent).not.toContain('canary');
  });

  it('SPEC 7.11: a link to an incident that is not in sight answers like one to none', async () => {
    const world = await Aviary.open();
    const hidden = world.incidents.filter(({ kind }) => INCIDENTS[kind].confidential && !mayRead('agentOfNet', kind));
    const mine = newId();
    const least = { shortDescription: 'x', channel: 'phone', impact: 3, urgency: 2 };
    const record = (more: object): SentCommand => ({
      name: 'incident.record',
      args: { incidentId: newId(), ...least, ...more },
    });
    const [opened] = await world.send('agentOfNet', [record({ incidentId: mine, callerId: 'boss' })]);
    expect(opened?.status).toBe('accepted');
    const linking = (to: string): readonly SentCommand[] => [
      record({ parentId: to }),
      { name: 'incident.update', args: { incidentId: mine, changes: { parentId: { from: null, to } } } },
      {
        name: 'incident.resolve',
        args: { incidentId: mine, resolutionCode: 'duplicate', resolutionNotes: 'x', duplicateOfId: to },
      },
    ];
    const unknown = (await world.send('agentOfNet', linking('unknown'))).map(said);
    expect(unknown.map(({ refusal }) => refusal?.code)).toEqual(['notFound', 'notFound', 'notFound']);
    const before = await world.root.call('GET', `sync/subjects/${hidden[0]?.id}`);
    for (const { id } of hidden) expect((await world.send('agentOfNet', linking(id))).map(said)).toEqual(unknown);
    expect((await world.root.call('GET', `sync/subjects/${hidden[0]?.id}`)).body).toEqual(before.body);
  });

  it('SPEC 7.11: an undo on an incident that left the sight says nothing of what became of it', async () => {
    const world = await Aviary.open();
    const incidentId = newId();
    const changed = newId();
    const update = (from: string, to: string) => ({ incidentId, changes: { description: { from, to } } });
    const least = { shortDescription: 'x', channel: 'phone', impact: 3, urgency: 2 };
    const did = await world.send('agentOfNet', [
      { name: 'incident.record', args: { incidentId, ...least, description: 'a' } },
      { name: 'incident.update', args: update('a', 'b'), id: changed },
    ]);
    expect(did.map(({ status }) => status)).toEqual(['accepted', 'accepted']);
    await world.accepted([
      { name: 'incident.update', args: update('b', 'c') },
      { name: 'incident.update', args: { incidentId, changes: { confidential: { from: false, to: true } } } },
      { name: 'incident.transfer', args: { incidentId, assignmentGroupId: 'mail', note: 'theirs' } },
    ]);
    const undo = (commandId: string) => world.send('agentOfNet', [{ name: 'command.undo', args: { commandId } }]);
    const [[one], [other]] = [await undo(changed), await undo('unknown')];
    expect(said(one as PushResult)).toEqual(said(other as PushResult));
    expect(one).toMatchObject({ status: 'rejected', number: null, refusal: { code: 'nothingToUndo' } });
  });

  it('SPEC 7.11: who does not see the directory cannot ask by a recording who is in it', async () => {
    const world = await Aviary.open();
    const record = (more: object) => {
      const args = { incidentId: newId(), shortDescription: 'x', channel: 'portal', impact: 3, urgency: 2, ...more };
      return world.send('caller', [{ name: 'incident.record', args }]);
    };
    const probes = [
      (id: string) => ({ callerId: id, affectedId: 'caller' }),
      (id: string) => ({ callerId: 'caller', affectedId: id }),
      (id: string) => ({ callerId: 'caller', configurationItemIds: [id] }),
      (id: string) => ({ callerId: 'caller', newCaller: { personId: id, name: 'x', phone: null } }),
    ];
    for (const probe of probes) {
      const answers = [
        ...(await record(probe('boss'))),
        ...(await record(probe('laser'))),
        ...(await record(probe('?'))),
      ];
      expect(new Set(answers.map(({ refusal }) => refusal?.code))).toEqual(new Set(['notAllowedForRole']));
    }
    expect(await record({ callerId: 'caller' })).toMatchObject([{ status: 'accepted' }]);
  });
});
