import type { LoginAnswer } from '#contracts/api/auth.ts';
import { type Id, ok, type Result } from '#contracts/host/host-rules.ts';
import type { NetworkCode, NetworkFault, NetworkHost, NetworkState, Poke, Present } from '#contracts/host/network.ts';
import { PROTOCOL, type PresenceEvent, pushRequest } from '#contracts/sync/wire.ts';
import { originOf } from '#electron/network/address.ts';
import type { Wire } from '#electron/network/ask.ts';
import { type BrowserPorts, signInByBrowser } from '#electron/network/browser-sign-in.ts';
import { fault, type Refused, refused } from '#electron/network/faults.ts';
import type { FileRoutes } from '#electron/network/file-routes.ts';
import { Kept, type KeptFile, type KeptNetwork, PASSWORD_ONLY, type Vault } from '#electron/network/kept.ts';
import { Link, type LinkPorts } from '#electron/network/link.ts';
import { type Look, Looks } from '#electron/network/looks.ts';
import { PokeLine } from '#electron/network/poke-line.ts';
import { follow, SILENCE } from '#electron/network/poke-stream.ts';
import { LIMITS, type Limits, Server } from '#electron/network/server.ts';
import { createSerial } from '#electron/storage/serial.ts';

export interface NetworkPorts extends Wire, BrowserPorts {
  readonly file: KeptFile;
  readonly vault: Vault;
  /** Milliseconds of a clock that is never set. */
  readonly steady: () => number;
  /** At least 0, below 1. */
  readonly random: () => number;
  /** Resolves after so many milliseconds, or when `given` is aborted. */
  readonly pause: (milliseconds: number, given: AbortSignal) => Promise<void>;
  /** As people call this machine, for the server's list of devices. */
  readonly deviceName: string;
  /** Codes only: neither addresses nor people, and never a token. */
  readonly log: (level: 'info' | 'warn', event: string, fields: Readonly<Record<string, string | number>>) => void;
  readonly limits?: Limits;
  readonly silence?: number;
}

type Args<
  Verb extends 'connect' | 'signIn' | 'signInByBrowser' | 'signOut' | 'push' | 'pull' | 'subject' | 'find' | 'size',
> = Parameters<NetworkHost[Verb]>[0];

/** Faults of the way to the server, and of a server that is in no state to answer anybody. */
const OF_THE_WAY: readonly NetworkCode[] = ['offline', 'timedOut', 'notOurServer', 'serverFailed', 'busy'];

/** The desk's side of `/api/v1`: where the server is, who is signed in, and what is asked of it. */
export class Network implements NetworkHost {
  private readonly ports: NetworkPorts;
  private readonly kept: Kept;
  private readonly inTurn = createSerial();
  private readonly listeners = new Set<(poke: Poke) => void>();
  private readonly observers = new Set<(present: Present) => void>();
  private readonly looks: Looks;
  private readonly signIns = new Set<() => void>();
  private readonly line: PokeLine;
  private link: Link | null;
  /** The last thing asked for did not get through. */
  private isCutOff = false;
  /** Ends what waits for the browser. */
  private browsing = new AbortController();

  constructor(ports: NetworkPorts) {
    this.ports = ports;
    this.kept = new Kept(ports.file, ports.vault);
    this.line = new PokeLine({
      ...ports,
      connect: async (given, taken, heard) => this.link?.follow(given, taken, heard) ?? refused('signInNeeded'),
      heard: (event) => {
        if (event.event === 'presence') this.tellPresent(event);
        else for (const listener of this.listeners) listener({ throughSeq: event.throughSeq });
      },
      lost: () => {
        for (const listener of this.listeners) listener({ throughSeq: null });
      },
      log: (code, wait) => ports.log('info', 'stream.ended', { code, wait }),
    });
    // Not logged: whoever has no network would hear of it all day.
    this.looks = new Looks(async ({ person, ...looking }) => {
      const { link } = this;
      await link?.withToken(person, null, (token) => link.server.look(token, looking));
    });
    const before = this.kept.read();
    this.link = before && this.linkTo(before);
  }

  async state(): Promise<NetworkState> {
    if (this.link === null) return { mode: 'alone' };
    const { server, sessions, offers } = this.link;
    const tokens = this.kept.keeping;
    return { mode: 'connected', address: server.origin, people: sessions.people(), tokens, offers };
  }

  connect({ address }: Args<'connect'>): ReturnType<NetworkHost['connect']> {
    return this.inTurn(async () => {
      const origin = originOf(address);
      if (!origin.ok) return origin;
      if (this.link !== null && this.link.server.origin !== origin.value) return fault('alreadyConnected');
      const link = this.link ?? this.linkTo({ address: origin.value, people: [], offers: PASSWORD_ONLY });
      const about = await link.server.about();
      if (!about.ok) {
        const { code } = about.error.fault;
        return this.failed('connect', code === 'notFound' ? { code: 'notOurServer' } : about.error.fault);
      }
      const { protocols, signIn = PASSWORD_ONLY } = about.value.body;
      if (!protocols.includes(PROTOCOL)) return this.failed('connect', { code: 'versionTooOld' });
      const offers = { password: signIn.password, browser: signIn.browser };
      const isNews = offers.password !== link.offers.password || offers.browser !== link.offers.browser;
      link.offers = offers;
      if (this.link === null) {
        this.link = link;
        this.ports.log('info', 'connected', {});
        await this.save(link);
      } else if (isNews) await this.save(link);
      return ok({ address: origin.value, protocols, offers });
    });
  }

  async signIn({ email, password, device }: Args<'signIn'>): ReturnType<NetworkHost['signIn']> {
    const { link } = this;
    if (link === null) return fault('notConnected');
    const answer = await link.server.login({ email, password, device, deviceName: this.ports.deviceName });
    return answer.ok ? this.opened(link, answer.value.body, device) : this.failed('signIn', answer.error.fault);
  }

  async signInByBrowser({ device }: Args<'signInByBrowser'>): ReturnType<NetworkHost['signInByBrowser']> {
    const { link } = this;
    if (link === null) return fault('notConnected');
    this.browsing.abort();
    this.browsing = new AbortController();
    const answer = await signInByBrowser(this.ports, link.server, device, this.browsing.signal);
    return answer.ok ? this.opened(link, answer.value, device) : this.failed('signInByBrowser', answer.error);
  }

  async cancelSignIn(): ReturnType<NetworkHost['cancelSignIn']> {
    this.browsing.abort();
    return ok(null);
  }

  async signOut({ person }: Args<'signOut'>): ReturnType<NetworkHost['signOut']> {
    const { link } = this;
    if (link === null) return fault('notConnected');
    const told = await link.logOut(person);
    this.listen();
    return ok({ told });
  }

  disconnect(): ReturnType<NetworkHost['disconnect']> {
    return this.inTurn(async () => {
      const { link } = this;
      if (link === null) return ok(null);
      this.link = null;
      this.line.stop();
      this.browsing.abort();
      // Written first: whatever becomes of the farewells, no token outlives this.
      await this.kept.write(null);
      await Promise.all(link.sessions.people().map(({ user }) => link.logOut(user.id)));
      link.server.leave();
      this.ports.log('info', 'disconnected', {});
      return ok(null);
    });
  }

  async push({ person, request }: Args<'push'>): ReturnType<NetworkHost['push']> {
    // What no server could read need not travel, nor what is no part of a push.
    if (!pushRequest.safeParse(request).success) return this.failed('push', { code: 'unreadable' });
    return this.asPerson('push', person, request.device, (token, server) => server.push(token, request));
  }

  pull({ person, device, query }: Args<'pull'>): ReturnType<NetworkHost['pull']> {
    return this.asPerson('pull', person, device, (token, server) => server.pull(token, query));
  }

  subject({ person, incidentId }: Args<'subject'>): ReturnType<NetworkHost['subject']> {
    return this.asPerson('subject', person, null, (token, server) => server.subject(token, incidentId));
  }

  find({ person, number }: Args<'find'>): ReturnType<NetworkHost['find']> {
    return this.asPerson('find', person, null, (token, server) => server.find(token, number));
  }

  size({ person, scope }: Args<'size'>): ReturnType<NetworkHost['size']> {
    return this.asPerson('size', person, null, (token, server) => server.size(token, scope));
  }

  /** Origin of the server, or null without one. */
  get address(): string | null {
    return this.link?.server.origin ?? null;
  }

  /** Asks about attachments with a good token of this person; the server's own code can be read in a refusal. */
  async withFiles<T>(
    person: Id,
    ask: (routes: FileRoutes, token: string) => Promise<Result<T, Refused>>,
  ): Promise<Result<T, Refused>> {
    const { link } = this;
    if (link === null) return refused('notConnected');
    return link.withToken(person, null, (token) => ask(link.server.files, token));
  }

  /** Told when somebody signed in: what waited for them can go on. Answers the way to end it. */
  onSignIn(listener: () => void): () => void {
    this.signIns.add(listener);
    return () => void this.signIns.delete(listener);
  }

  onPoke(listener: (poke: Poke) => void): () => void {
    this.listeners.add(listener);
    if (this.listeners.size === 1) this.listen();
    return () => {
      if (this.listeners.delete(listener) && this.listeners.size === 0) this.line.stop();
    };
  }

  look(look: Look): void {
    if (this.link !== null) this.looks.put(look);
  }

  onPresence(listener: (present: Present) => void): () => void {
    this.observers.add(listener);
    return () => this.observers.delete(listener);
  }

  /** The machine woke, or the network came back: whatever the stream waits for, it need not any more. */
  wake(): void {
    this.listen();
  }

  /** Ends what lasts, and resolves when every token that came has been written down. */
  async close(): Promise<void> {
    this.line.stop();
    this.browsing.abort();
    this.listeners.clear();
    this.observers.clear();
    this.signIns.clear();
    await this.link?.sessions.settled();
    await this.kept.settled();
  }

  private async opened(link: Link, answer: LoginAnswer, device: Id): ReturnType<NetworkHost['signIn']> {
    if (this.link !== link) return fault('notConnected');
    const signedIn = await link.sessions.open(answer, device);
    this.ports.log('info', 'signedIn', { tokens: this.kept.keeping });
    this.listen();
    for (const listener of this.signIns) listener();
    return ok(signedIn);
  }

  private linkTo(kept: KeptNetwork): Link {
    const { ports } = this;
    const { steady, pause, silence = SILENCE } = ports;
    const server = new Server(ports, kept.address, ports.limits ?? LIMITS);
    const log = (what: string, code: string) => ports.log('warn', 'failed', { what, code });
    const save = (link: Link) => this.save(link);
    const one: LinkPorts['follow'] = (following) => follow(ports, { ...following, silence });
    return new Link({ server, follow: one, save, steady, log, pause }, kept);
  }

  /** What a link that was left says is written down no more. */
  private async save(link: Link): Promise<void> {
    if (this.link !== link) return;
    await this.kept.write(link.kept());
    if (this.kept.keeping === 'notWritten') this.ports.log('warn', 'notWritten', {});
  }

  private async asPerson<T>(
    what: string,
    person: Id,
    device: Id | null,
    send: (token: string, server: Server) => Promise<Result<T, Refused>>,
  ): Promise<Result<T, NetworkFault>> {
    const { link } = this;
    if (link === null) return fault('notConnected');
    const answer = await link.withToken(person, device, (token) => send(token, link.server));
    this.noteWay(answer);
    return answer.ok ? answer : this.failed(what, answer.error.fault);
  }

  /** What gets through again after something did not says that the stream, too, may be had. */
  private noteWay(answer: Result<unknown, Refused>): void {
    if (answer.ok && this.isCutOff) this.line.reached();
    if (answer.ok || OF_THE_WAY.includes(answer.error.fault.code)) this.isCutOff = !answer.ok;
  }

  private tellPresent({ incidentId, people }: PresenceEvent): void {
    const present = { incidentId, people: people.map(({ personId, typing }) => ({ personId, typing })) };
    for (const observer of this.observers) observer(present);
  }

  private failed(what: string, error: NetworkFault): { readonly ok: false; readonly error: NetworkFault } {
    this.ports.log('warn', 'failed', { what, code: error.code });
    return { ok: false, error };
  }

  private listen(): void {
    const someone = this.link?.sessions.viewer() ?? null;
    if (this.listeners.size > 0 && someone !== null) this.line.start();
    else this.line.stop();
  }
}
