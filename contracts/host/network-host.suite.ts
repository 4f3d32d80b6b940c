/** What every way to a server must do, run against each implementation of it. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PROTOCOL, type PushRequest } from '#contracts/sync/wire.ts';
import type { Id } from '#domain/activity/activity.ts';
import { formatBlockNumber, parseBlockNumber } from '#domain/incident/numbering.ts';
import type { Result } from '#domain/result.ts';
import { testId } from './host-samples.suite.ts';
import type { NetworkFault, NetworkHost, Poke, Present } from './network.ts';

export interface NetworkFixture {
  readonly network: NetworkHost;
  /** A server of ours that answers. */
  readonly address: string;
  /** An address at which nobody answers. */
  readonly nobody: string;
  readonly account: { readonly email: string; readonly password: string };
  readonly other: { readonly email: string; readonly password: string };
  /** The organisation's sign-in page: whose e-mail the one has who is through at once; null: nobody comes back. */
  readonly page: { readonly name: string; sits(email: string | null): void };
  /** Makes the server's log longer, or has it say so. */
  grow(): Promise<void>;
  /** An incident that everybody here may see. */
  incident(): Promise<Id>;
  /** Somebody else looks at it. Answers who. */
  company(incidentId: Id, typing: boolean): Promise<Id>;
  /** Ends the desk as a kill would, and begins another on what it left behind. */
  restart(): Promise<NetworkHost>;
  dispose(): Promise<void>;
}

const codeOf = (result: Result<unknown, NetworkFault>) => (result.ok ? 'ok' : result.error.code);
const must = <T>(result: Result<T, NetworkFault>): T => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

const DEVICE = testId(0xd1);
const NEXT_DEVICE = testId(0xd2);
const QUERY = { cursor: '', limit: 10 };
/** A place that is passed over: what any server can decide without knowing what is in it. */
const skipAt = (seq: number, device: Id = DEVICE): PushRequest => ({
  protocol: PROTOCOL,
  device,
  sentAt: 0,
  commands: [{ seq, id: testId(900 + seq), skip: true }],
});

/** Of a desk that works alone: what hosts have that know no server. */
export const alone: NetworkHost = {
  state: async () => ({ mode: 'alone' }),
  connect: async () => ({ ok: false, error: { code: 'offline' } }),
  signIn: async () => ({ ok: false, error: { code: 'notConnected' } }),
  signInByBrowser: async () => ({ ok: false, error: { code: 'notConnected' } }),
  cancelSignIn: async () => ({ ok: true, value: null }),
  signOut: async () => ({ ok: false, error: { code: 'notConnected' } }),
  disconnect: async () => ({ ok: true, value: null }),
  push: async () => ({ ok: false, error: { code: 'notConnected' } }),
  pull: async () => ({ ok: false, error: { code: 'notConnected' } }),
  subject: async () => ({ ok: false, error: { code: 'notConnected' } }),
  find: async () => ({ ok: false, error: { code: 'notConnected' } }),
  size: async () => ({ ok: false, error: { code: 'notConnected' } }),
  onPoke: () => () => undefined,
  look: () => undefined,
  onPresence: () => () => undefined,
};

export function describeNetworkHost(name: string, factory: () => Promise<NetworkFixture>): void {
  describe(`the way to a server "${name}"`, () => {
    let fixture: NetworkFixture;
    let network: NetworkHost;
    const connect = () => network.connect({ address: fixture.address });
    const signIn = async (who = fixture.account, device: Id = DEVICE) => {
      must(await connect());
      return must(await network.signIn({ ...who, device }));
    };
    const ask = async (person: Id) => [
      codeOf(await network.push({ person, request: skipAt(1) })),
      codeOf(await network.pull({ person, device: DEVICE, query: QUERY })),
      codeOf(await network.subject({ person, incidentId: testId(1) })),
      codeOf(await network.find({ person, number: 'INC0000001' })),
      codeOf(await network.size({ person, scope: null })),
    ];

    beforeEach(async () => {
      fixture = await factory();
      network = fixture.network;
    });
    afterEach(() => fixture.dispose());

    test('a new desk works alone, and everything that needs a server says that there is none', async () => {
      expect(await network.state()).toEqual({ mode: 'alone' });
      expect(await ask(testId(1))).toEqual(Array(5).fill('notConnected'));
      expect(codeOf(await network.signIn({ ...fixture.account, device: DEVICE }))).toBe('notConnected');
      expect(codeOf(await network.signInByBrowser({ device: DEVICE }))).toBe('notConnected');
      expect(codeOf(await network.cancelSignIn())).toBe('ok');
      expect(codeOf(await network.signOut({ person: testId(1) }))).toBe('notConnected');
      expect(codeOf(await network.disconnect())).toBe('ok');
    });

    test('what is no address, and an address at which nobody answers, are not kept', async () => {
      expect(codeOf(await network.connect({ address: 'https://' }))).toBe('badAddress');
      expect(codeOf(await network.connect({ address: fixture.nobody }))).toBe('offline');
      expect(await network.state()).toEqual({ mode: 'alone' });
    });

    test('a server that answers is kept, also over a restart, and a second one is refused', async () => {
      expect(must(await connect())).toMatchObject({ address: fixture.address, protocols: [PROTOCOL] });
      expect(codeOf(await connect())).toBe('ok');
      expect(codeOf(await network.connect({ address: fixture.nobody }))).toBe('alreadyConnected');
      const connected = { mode: 'connected', address: fixture.address, people: [] };
      expect(await network.state()).toMatchObject(connected);
      expect(await (await fixture.restart()).state()).toMatchObject(connected);
    });

    test('a wrong password signs nobody in', async () => {
      must(await connect());
      const wrong = { email: fixture.account.email, password: 'not the password', device: DEVICE };
      expect(codeOf(await network.signIn(wrong))).toBe('credentialsWrong');
      expect(await network.state()).toMatchObject({ people: [] });
    });

    test('a desk is told how people sign in at the server, and knows it after a restart', async () => {
      const offers = { password: true, browser: fixture.page.name };
      expect(must(await connect())).toMatchObject({ offers });
      expect(await network.state()).toMatchObject({ offers });
      expect(await (await fixture.restart()).state()).toMatchObject({ offers });
    });

    test('SPEC 13.8: whoever is through at the sign-in page in the browser is signed in at the desk', async () => {
      must(await connect());
      fixture.page.sits(fixture.other.email);
      const { user, device, block, open } = must(await network.signInByBrowser({ device: DEVICE }));
      expect(block).toEqual(expect.any(String));
      expect({ email: user.email, device, open }).toEqual({ email: fixture.other.email, device: DEVICE, open: true });
      expect(await network.state()).toMatchObject({ people: [{ user: { id: user.id }, device: DEVICE, open: true }] });
      expect(codeOf(await network.push({ person: user.id, request: skipAt(1) }))).toBe('ok');
    });

    test('a sign-in in the browser can be given up, and another one takes its place', async () => {
      must(await connect());
      fixture.page.sits(null);
      const first = network.signInByBrowser({ device: DEVICE });
      const second = network.signInByBrowser({ device: DEVICE });
      expect(codeOf(await first)).toBe('signInCancelled');
      // Not given up before it waits: whoever presses the button sees that it does.
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(codeOf(await network.cancelSignIn())).toBe('ok');
      expect(codeOf(await second)).toBe('signInCancelled');
      expect(await network.state()).toMatchObject({ people: [] });
      fixture.page.sits(fixture.account.email);
      expect(codeOf(await network.signInByBrowser({ device: DEVICE }))).toBe('ok');
    });

    test('whoever signed in may push, pull and read, also after a restart', async () => {
      const { user, device, open } = await signIn();
      expect({ email: user.email, device, open }).toEqual({ email: fixture.account.email, device: DEVICE, open: true });
      const person = user.id;
      const pushed = must(await network.push({ person, request: skipAt(1) }));
      expect(pushed.body).toMatchObject({ expected: 2, results: [{ seq: 1, status: 'skipped' }] });
      expect(pushed.serverNow).toEqual(expect.any(Number));
      expect(must(await network.pull({ person, device: DEVICE, query: QUERY })).body).toMatchObject({ begins: true });
      expect(codeOf(await network.subject({ person, incidentId: testId(1) }))).toBe('notFound');
      expect(codeOf(await network.find({ person, number: 'INC0000001' }))).toBe('notFound');
      const scope = { teamIds: [testId(1)], siteIds: [], closedFor: 30 };
      expect(must(await network.size({ person, scope })).body).toEqual({ incidents: 0 });
      const part = { ...QUERY, scope, beside: [testId(1)] };
      expect(must(await network.pull({ person, device: DEVICE, query: part })).body).toMatchObject({ begins: true });
      network = await fixture.restart();
      expect(await network.state()).toMatchObject({ people: [{ user: { id: person }, device: DEVICE, open: true }] });
      const next = must(await network.push({ person, request: skipAt(2) }));
      expect(next.body).toMatchObject({ expected: 3 });
    });

    test('SPEC 13.5: a session follows its desk to a new device id', async () => {
      const person = (await signIn()).user.id;
      must(await network.push({ person, request: skipAt(1) }));
      const pushed = must(await network.push({ person, request: skipAt(1, NEXT_DEVICE) }));
      expect(pushed.body).toMatchObject({ expected: 2 });
      expect(await network.state()).toMatchObject({ people: [{ device: NEXT_DEVICE }] });
      must(await network.pull({ person, device: DEVICE, query: QUERY }));
      expect(await network.state()).toMatchObject({ people: [{ device: DEVICE }] });
    });

    test('SPEC 14.6: a device has one code for its own numbers, whoever signs in and also after a restart', async () => {
      const { block } = await signIn();
      expect(parseBlockNumber(formatBlockNumber(block ?? '', 42))).toEqual({ block, n: 42 });
      expect((await signIn(fixture.other)).block).toBe(block);
      network = await fixture.restart();
      expect(await network.state()).toMatchObject({ people: [{ block }, { block }] });
      const other = (await signIn(fixture.account, NEXT_DEVICE)).block;
      expect(other).toMatch(/^[A-Z2-9]+$/);
      expect(other).not.toBe(block);
      must(await network.push({ person: (await signIn()).user.id, request: skipAt(1, NEXT_DEVICE) }));
      const state = await network.state();
      expect(state.mode === 'connected' && state.people.at(-1)).toMatchObject({ device: NEXT_DEVICE, block: other });
    });

    test('SPEC 13.2: two people at one desk act each for themselves, and one who leaves takes nobody along', async () => {
      const first = (await signIn()).user.id;
      const second = (await signIn(fixture.other)).user.id;
      expect(await network.state()).toMatchObject({ people: [{ user: { id: first } }, { user: { id: second } }] });
      expect(must(await network.signOut({ person: first }))).toEqual({ told: true });
      expect(await ask(first)).toEqual([
        'signInNeeded',
        'signInNeeded',
        'signInNeeded',
        'signInNeeded',
        'signInNeeded',
      ]);
      expect(codeOf(await network.push({ person: second, request: skipAt(1) }))).toBe('ok');
      expect(await network.state()).toMatchObject({ people: [{ user: { id: second } }] });
    });

    test('a desk that disconnects works alone again and knows nobody, also after a restart', async () => {
      const person = (await signIn()).user.id;
      must(await network.disconnect());
      expect(await network.state()).toEqual({ mode: 'alone' });
      expect(await ask(person)).toEqual([
        'notConnected',
        'notConnected',
        'notConnected',
        'notConnected',
        'notConnected',
      ]);
      expect(await (await fixture.restart()).state()).toEqual({ mode: 'alone' });
    });

    test('growth of the log is told to whoever listens, until they stop', async () => {
      await signIn();
      const heard: Poke[] = [];
      let told = (): void => undefined;
      const next = () =>
        new Promise<void>((resolve) => {
          told = resolve;
        });
      const poked = next();
      const stop = network.onPoke((poke) => {
        heard.push(poke);
        told();
      });
      await fixture.grow();
      await poked;
      expect(heard.at(-1)?.throughSeq).toEqual(expect.any(Number));
      stop();
      const before = heard.length;
      await fixture.grow();
      expect(heard).toHaveLength(before);
    });

    test('SPEC 18.1: whoever says at what they look is told who else does, until they stop listening', async () => {
      const person = (await signIn()).user.id;
      const incidentId = await fixture.incident();
      const heard: Present[] = [];
      const stopPokes = network.onPoke(() => undefined);
      const stop = network.onPresence((present) => heard.push(present));
      const other = await fixture.company(incidentId, true);
      // Said again until it is heard: the stream may not be there yet.
      await vi.waitFor(
        () => {
          network.look({ person, incidentId, typing: false });
          expect(heard).toContainEqual({ incidentId, people: [{ personId: other, typing: true }] });
        },
        { timeout: 10_000, interval: 100 },
      );
      stop();
      const before = heard.length;
      await fixture.company(incidentId, false);
      network.look({ person, incidentId: null, typing: false });
      expect(heard).toHaveLength(before);
      stopPokes();
    });
  });
}
