import { expect, test } from 'vitest';
import type { SignedInUser } from '#contracts/api/auth.ts';
import { testId } from '#contracts/host/host-samples.suite.ts';
import { describeNetworkHost } from '#contracts/host/network-host.suite.ts';
import type { PullAnswer } from '#contracts/sync/wire.ts';
import { createMemoryDisk, createMemoryHost } from './memory-host.ts';
import type { MemoryServer } from './memory-network.ts';

const PASSWORD = 'correct horse battery';
const user = (id: string): SignedInUser => ({ id, name: id, email: `${id}@desk.example`, role: 'agent', teamIds: [] });
const users = [user('mia'), user('root')];

const page: PullAnswer = {
  cursor: 'end',
  more: false,
  epoch: 'epoch',
  expected: 1,
  begins: true,
  ends: true,
  throughSeq: 0,
  loading: null,
  matrix: null,
  records: [],
  incidents: [],
  activities: [],
  whole: [],
  removed: [],
};

/** Passes over whatever it is sent. `sits`: who comes back from its sign-in page. */
const serverAt = (address: string, sits: () => string | null = () => null): MemoryServer => {
  const ends = new Map<string, number>();
  return {
    address,
    signIn: async (email, password) => (password === PASSWORD && users.find((one) => one.email === email)) || null,
    blockOf: (device) => (device === testId(0xd1) ? 'A2' : 'A3'),
    page: {
      name: 'Example sign-in',
      signIn: async () => users.find((one) => one.email === sits()) ?? new Promise(() => undefined),
    },
    push: async (person, { device, commands }) => {
      const lane = `${device} ${person}`;
      const expected = (ends.get(lane) ?? 1) + commands.length;
      ends.set(lane, expected);
      const results = commands.map(({ seq, id }) => ({ seq, commandId: id, status: 'skipped' as const, decidedAt: 0 }));
      return { epoch: 'epoch', expected, results };
    },
    pull: async () => page,
    subject: async () => null,
    find: async () => null,
    size: async () => ({ incidents: 0 }),
    now: () => 0,
  };
};

describeNetworkHost('in memory', async () => {
  const disk = createMemoryDisk();
  let sits: string | null = null;
  const server = serverAt('https://desk.example.org', () => sits);
  const begin = () => {
    const { network } = createMemoryHost(disk);
    network.server = server;
    return network;
  };
  let network = begin();
  let end = 0;
  return {
    network,
    address: server.address,
    nobody: 'https://nobody.example.org',
    account: { email: 'mia@desk.example', password: PASSWORD },
    other: { email: 'root@desk.example', password: PASSWORD },
    page: {
      name: 'Example sign-in',
      sits: (email) => {
        sits = email;
      },
    },
    grow: async () => {
      end += 1;
      network.poke({ throughSeq: end });
    },
    incident: async () => 'incident',
    company: async (incidentId, typing) => {
      network.present({ incidentId, people: [{ personId: 'root', typing }] });
      return 'root';
    },
    restart: async () => {
      network = begin();
      return network;
    },
    dispose: async () => {},
  };
});

test('a trouble that a test sets meets every question until it is taken away, and a session can be ended', async () => {
  const { network } = createMemoryHost();
  network.server = serverAt('https://desk.example.org');
  network.trouble = { code: 'busy', retryAfter: 7 };
  const connect = () => network.connect({ address: 'https://desk.example.org' });
  expect(await connect()).toEqual({ ok: false, error: { code: 'busy', retryAfter: 7 } });
  network.trouble = null;
  await connect();
  await network.signIn({ email: 'mia@desk.example', password: PASSWORD, device: 'd' });
  network.endSession('mia');
  expect(await network.state()).toMatchObject({ people: [{ open: false }] });
  expect(await network.subject({ person: 'mia', incidentId: 'i' })).toMatchObject({ error: { code: 'signInNeeded' } });
});
