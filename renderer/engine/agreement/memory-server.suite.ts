import type { PushAnswer } from '#contracts/sync/wire.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import { blankPerson } from '#domain/directory/blank-person.ts';
import type { Person, Role, Team } from '#domain/directory/directory.ts';
import { blockCode } from '#domain/incident/numbering.ts';
import type { MemoryServer } from '#renderer/platform/memory-network.ts';
import { createMemoryLog, type MemoryLog } from '#sync/authority/memory-log.ts';
import { incidentOfNumber, pullPage, sizeOfScope, subject } from '#sync/authority/pull.ts';
import { push } from '#sync/authority/push.ts';
import { nextId } from '../engine-harness.suite.ts';

/** The server's own judgement over a log in memory, as desks reach it through their networks. */
export interface TestServer extends MemoryServer {
  readonly people: Readonly<Record<'ann' | 'ben' | 'sue' | 'adm', Id>>;
  readonly team: Id;
  readonly log: MemoryLog;
}

const ROLES: Readonly<Record<keyof TestServer['people'], Role>> = {
  ann: 'agent',
  ben: 'technician',
  sue: 'supervisor',
  adm: 'administrator',
};

export const ADDRESS = 'https://desk.test';

/** Ann, Ben, Sue and an administrator, all of one team; the password is their name. */
export async function testServer(): Promise<TestServer> {
  const log = createMemoryLog(nextId());
  const devices = new Map<Id, string>();
  let clock: Instant = Date.UTC(2026, 0, 5, 9);
  const now = () => {
    clock += 1;
    return clock;
  };
  const people = { ann: nextId(), ben: nextId(), sue: nextId(), adm: nextId() };
  const team: Team = { id: nextId(), name: 'Service desk', active: true, source: null };
  const names = Object.keys(people) as (keyof typeof people)[];
  const records = [
    { kind: 'team', record: team },
    ...names.map((name) => ({ kind: 'person', record: personOf(people[name], name, team.id) })),
  ];
  const commands = records.map((args, at) => ({
    seq: at + 1,
    id: nextId(),
    name: 'directory.save',
    args,
    occurredAt: clock,
    recordedAt: clock,
  }));
  const context = () => ({ zone: 'Europe/Berlin', now: now() });
  await push(log, [{ device: nextId(), person: 'deskbell', commands }], context());
  const copied = <T>(value: T): T => JSON.parse(JSON.stringify(value));
  return {
    address: ADDRESS,
    people,
    team: team.id,
    now: () => clock,
    log,
    blockOf: (device) => {
      devices.set(device, devices.get(device) ?? blockCode(devices.size + 1));
      return devices.get(device) ?? null;
    },
    signIn: async (email, password) => {
      const name = names.find((one) => email === `${one}@desk.test` && password === one);
      if (name === undefined) return null;
      return { id: people[name], name, email, role: ROLES[name], teamIds: [team.id] };
    },
    push: async (person, { device, commands: sent }) => {
      const pushed = await push(log, [{ device, person, commands: sent }], context());
      return copied({ epoch: pushed.head.epoch, expected: 1, results: [], ...pushed.answers[0] }) as PushAnswer;
    },
    pull: async (person, device, query) => copied(await pullPage(log, { device, person }, query, { now: now() })),
    subject: async (person, id) => copied(await subject(log, { person }, id, now())),
    find: async (person, number) => {
      const incidentId = await incidentOfNumber(log, { person }, number);
      return incidentId === null ? null : { incidentId };
    },
    size: async (person, scope) => ({ incidents: await sizeOfScope(log, { person }, scope, now()) }),
  };
}

const personOf = (id: Id, name: keyof TestServer['people'], teamId: Id): Person =>
  blankPerson({ id, name, role: ROLES[name], teamIds: [teamId], mail: `${name}@desk.test` });
