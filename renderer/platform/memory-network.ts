/**
 * A way to a server that is in memory too: for tests of the engine. It keeps what the real one keeps (address, who is
 * signed in) and asks a server that the test hands in, or that isn't there.
 */
import type { SignedInUser } from '#contracts/api/auth.ts';
import type {
  Answered,
  NetworkFault,
  NetworkHost,
  NetworkResult,
  Offers,
  Poke,
  Present,
  SignedIn,
} from '#contracts/host/network.ts';
import type { Scope } from '#contracts/sync/scope.ts';
import type {
  NumberAnswer,
  PullAnswer,
  PullQuery,
  PushAnswer,
  PushRequest,
  SizeAnswer,
  SubjectAnswer,
} from '#contracts/sync/wire.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import { err, ok, type Result } from '#domain/result.ts';

/** A server as a test plays it. Null: wrong password, or nothing there. */
export interface MemoryServer {
  readonly address: string;
  signIn(email: string, password: string): Promise<SignedInUser | null>;
  /** The device's code in numbers that it gives itself. */
  blockOf(device: Id): string | null;
  /** Its sign-in page. Null: it said no. */
  readonly page?: { readonly name: string; signIn(): Promise<SignedInUser | null> };
  push(person: Id, request: PushRequest): Promise<PushAnswer>;
  pull(person: Id, device: Id, query: PullQuery): Promise<PullAnswer>;
  subject(person: Id, incidentId: Id): Promise<SubjectAnswer | null>;
  find(person: Id, number: string): Promise<NumberAnswer | null>;
  size(person: Id, scope: Scope | null): Promise<SizeAnswer>;
  /** What a person said last. */
  look?(person: Id, incidentId: Id | null, typing: boolean): void;
  now(): Instant;
}

/** What outlives the run. */
export interface KeptInMemory {
  address: string | null;
  people: readonly SignedIn[];
}

export interface MemoryNetwork extends NetworkHost {
  /** Where this desk can get; null: nowhere. */
  server: MemoryServer | null;
  /** While set, every question meets this. */
  trouble: NetworkFault | null;
  poke(poke: Poke): void;
  present(present: Present): void;
  /** The server ended this person's session, on purpose or not. */
  endSession(person: Id, revoked?: 'revoked'): void;
}

const refuse = (code: NetworkFault['code']) => err({ code });

/** Nothing there is a refusal. */
function found<T>(answer: Result<Answered<T | null>, NetworkFault>): Result<Answered<T>, NetworkFault> {
  if (!answer.ok) return answer;
  const { body, serverNow } = answer.value;
  return body === null ? refuse('notFound') : ok({ body, serverNow });
}

export function createMemoryNetwork(kept: KeptInMemory): MemoryNetwork {
  const listeners = new Set<(poke: Poke) => void>();
  const observers = new Set<(present: Present) => void>();
  const reached = (): Result<MemoryServer, NetworkFault> => {
    if (kept.address === null) return refuse('notConnected');
    if (network.trouble !== null) return err(network.trouble);
    return network.server?.address === kept.address ? ok(network.server) : refuse('offline');
  };
  const put = (person: Id, changed: SignedIn | null): void => {
    const others = kept.people.filter(({ user }) => user.id !== person);
    kept.people = changed === null ? others : [...others, changed];
  };
  const asPerson = async <T>(
    person: Id,
    device: Id | null,
    work: (server: MemoryServer) => Promise<T>,
  ): NetworkResult<Answered<T>> => {
    if (kept.address === null) return refuse('notConnected');
    const session = kept.people.find(({ user }) => user.id === person);
    if (session?.revoked) return err({ code: 'signInNeeded', revoked: true });
    if (!session?.open) return refuse('signInNeeded');
    const server = reached();
    if (!server.ok) return server;
    if (device !== null) {
      const moved = { ...session, device, block: server.value.blockOf(device) };
      kept.people = kept.people.map((one) => (one === session ? moved : one));
    }
    return ok({ body: await work(server.value), serverNow: server.value.now() });
  };
  const offers = (): Offers => ({ password: true, browser: network.server?.page?.name ?? null });
  const take = ({ blockOf }: MemoryServer, user: SignedInUser, device: Id) => {
    const signedIn: SignedIn = { user, device, block: blockOf(device), open: true };
    put(user.id, signedIn);
    return ok(signedIn);
  };
  let giveUp = (): void => undefined;
  const network: MemoryNetwork = {
    server: null,
    trouble: null,
    poke: (poke) => {
      for (const listener of listeners) listener(poke);
    },
    present: (present) => {
      for (const observer of observers) observer(present);
    },
    endSession: (person, revoked) => {
      const over = { open: false, ...(revoked ? { revoked: true as const } : {}) };
      kept.people = kept.people.map((one) => (one.user.id === person ? { ...one, ...over } : one));
    },
    state: async () =>
      kept.address === null
        ? { mode: 'alone' }
        : { mode: 'connected', address: kept.address, people: kept.people, tokens: 'kept', offers: offers() },
    connect: async ({ address }) => {
      if (!/^https?:\/\/[^/\s]+$/.test(address)) return refuse('badAddress');
      if (kept.address !== null && kept.address !== address) return refuse('alreadyConnected');
      if (network.trouble !== null) return err(network.trouble);
      if (network.server?.address !== address) return refuse('offline');
      kept.address = address;
      return ok({ address, protocols: [1], offers: offers() });
    },
    signIn: async ({ email, password, device }) => {
      const server = reached();
      if (!server.ok) return server;
      const user = await server.value.signIn(email, password);
      return user === null ? refuse('credentialsWrong') : take(server.value, user, device);
    },
    signInByBrowser: async ({ device }) => {
      const server = reached();
      if (!server.ok) return server;
      const { page } = server.value;
      if (page === undefined) return refuse('signInWayOff');
      giveUp();
      const given = new Promise<'given up'>((resolve) => {
        giveUp = () => resolve('given up');
      });
      const user = await Promise.race([page.signIn(), given]);
      if (user === 'given up') return refuse('signInCancelled');
      return user === null ? refuse('signInDeclined') : take(server.value, user, device);
    },
    cancelSignIn: async () => {
      giveUp();
      return ok(null);
    },
    signOut: async ({ person }) => {
      if (kept.address === null) return refuse('notConnected');
      const told = reached().ok && kept.people.some(({ user, open }) => user.id === person && open);
      put(person, null);
      return ok({ told });
    },
    disconnect: async () => {
      kept.address = null;
      kept.people = [];
      return ok(null);
    },
    push: ({ person, request }) => asPerson(person, request.device, (server) => server.push(person, request)),
    pull: ({ person, device, query }) => asPerson(person, device, (server) => server.pull(person, device, query)),
    subject: async ({ person, incidentId }) =>
      found(await asPerson(person, null, (server) => server.subject(person, incidentId))),
    find: async ({ person, number }) => found(await asPerson(person, null, (server) => server.find(person, number))),
    size: ({ person, scope }) => asPerson(person, null, (server) => server.size(person, scope)),
    look: ({ person, incidentId, typing }) => {
      void asPerson(person, null, async (server) => server.look?.(person, incidentId, typing));
    },
    onPresence: (listener) => {
      observers.add(listener);
      return () => observers.delete(listener);
    },
    onPoke: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return network;
}
