import type { NetworkHost } from '#contracts/host/network.ts';
import { describeNetworkHost, type NetworkFixture } from '#contracts/host/network-host.suite.ts';
import { engineHostOver } from '#electron/ipc/engine-over-ipc.suite.ts';
import { createMemoryHost } from '#renderer/platform/memory-host.ts';
import { ADMIN, recordArgs, recorded } from '#server/server-under-test.suite.ts';
import { NAME, startWithBrowser } from '#server/sign-in/under-test.suite.ts';
import { nastyWay } from './nasty-way.suite.ts';
import type { Network } from './network.ts';
import { networkUnderTest, testFile } from './network-under-test.suite.ts';

/** Whatever the engine stores is not asked for here. */
const host = createMemoryHost();
const rooms = { rooms: host, database: host.database };
const OTHER = { email: 'mia@desk.example', password: ADMIN.password };

/** Desks on one file after another, each the copy that a kill of the former left. */
const fixture = async (seenAs: (network: Network) => NetworkHost): Promise<NetworkFixture> => {
  const server = await startWithBrowser();
  const way = await nastyWay(server.address);
  const admin = await server.login();
  const other = await server.newcomer(admin, 'agent', OTHER.email);
  const closed = await nastyWay(null);
  await closed.close();
  const openBrowser = async (url: string) => {
    if (server.provider.who !== null) void server.newBrowser().open(url);
    return true;
  };
  const first = networkUnderTest({ openBrowser });
  const desks = [first];
  return {
    network: seenAs(first.network),
    address: way.address,
    nobody: closed.address,
    account: ADMIN,
    other: OTHER,
    page: {
      name: NAME,
      sits: (email) => {
        server.provider.who = email === null ? null : { sub: email, email, email_verified: true };
      },
    },
    grow: async () => {
      await admin.push(recorded('printer'));
    },
    incident: async () => {
      const args = recordArgs('printer');
      await admin.push({ name: 'incident.record', args });
      return args.incidentId;
    },
    company: async (incidentId, typing) => {
      await other.call('POST', 'sync/presence', { incidentId, typing });
      return other.tokens.user.id;
    },
    restart: async () => {
      const next = networkUnderTest({ openBrowser, file: testFile(desks.at(-1)?.file.text) });
      desks.push(next);
      return seenAs(next.network);
    },
    dispose: async () => {
      for (const { network } of desks) await network.close();
      await way.close();
    },
  };
};

describeNetworkHost('main, to our own server', () => fixture((network) => network));

describeNetworkHost('main, to our own server, through the IPC table', () =>
  fixture((network) => engineHostOver({ ...rooms, network }).network),
);
