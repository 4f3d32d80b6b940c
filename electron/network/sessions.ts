import type { LoginAnswer, SignedInUser } from '#contracts/api/auth.ts';
import type { Id, Result } from '#contracts/host/host-rules.ts';
import { ok } from '#contracts/host/host-rules.ts';
import type { NetworkCode, SignedIn } from '#contracts/host/network.ts';
import { type Refused, refused } from '#electron/network/faults.ts';
import type { KeptPerson } from '#electron/network/kept.ts';

/** An access token is renewed this long before its end, so that none runs out on its way. Milliseconds. */
const EARLY = 30_000;

/** What the server says of a token that will never be good again. */
const OVER = ['sessionEnded', 'sessionRevoked', 'argumentsInvalid'];

interface Session {
  user: SignedInUser;
  device: Id;
  block: string | null;
  /** Null: over, or it could not be kept. */
  refreshToken: string | null;
  /** The server said that somebody ended it on purpose. */
  revoked: boolean;
  /** Its own person ends it: what the server says of that is nobody else's purpose. */
  leaving: boolean;
  access: { readonly token: string; readonly until: number } | null;
  /** One refresh at a time: a token that comes a second time ends the session on the server. */
  renewing: { readonly device: Id; readonly done: Promise<Result<string, Refused>> } | null;
}

export interface SessionPorts {
  /** New tokens for old. `device` when the session has to change its device. */
  readonly refresh: (refreshToken: string, device: Id | null) => Promise<Result<LoginAnswer, Refused>>;
  /** Writes down what `kept` says; resolves when that is durable, or could not be. */
  readonly save: () => Promise<void>;
  /** Milliseconds of a clock that is never set. */
  readonly steady: () => number;
}

/** Who is signed in here, and the tokens they act by. Access tokens are never written down. */
export class Sessions {
  private readonly ports: SessionPorts;
  private readonly byPerson = new Map<Id, Session>();

  constructor(ports: SessionPorts, kept: readonly KeptPerson[]) {
    this.ports = ports;
    for (const one of kept) {
      this.byPerson.set(one.user.id, { ...one, leaving: false, access: null, renewing: null });
    }
  }

  people(): readonly SignedIn[] {
    return [...this.byPerson.values()].map(signedInOf);
  }

  kept(): readonly KeptPerson[] {
    return [...this.byPerson.values()].map(({ user, device, block, refreshToken, revoked }) => ({
      user,
      device,
      block,
      refreshToken,
      revoked,
    }));
  }

  /** Whoever signed in last and still has a session. */
  viewer(): Id | null {
    return this.people().findLast(({ open }) => open)?.user.id ?? null;
  }

  async open(answer: LoginAnswer, device: Id): Promise<SignedIn> {
    const { user, block = null, refreshToken } = answer;
    const access = this.accessOf(answer);
    const begun = { revoked: false, leaving: false, access, renewing: null };
    const session: Session = { user, device, block, refreshToken, ...begun };
    this.byPerson.delete(user.id);
    this.byPerson.set(user.id, session);
    await this.ports.save();
    return signedInOf(session);
  }

  /** They sign out: from now on until it is closed, their session may end at any moment. */
  leave(person: Id): void {
    const session = this.byPerson.get(person);
    if (session) session.leaving = true;
  }

  /** One that they began since they left stays. */
  async close(person: Id): Promise<void> {
    if (this.byPerson.get(person)?.leaving && this.byPerson.delete(person)) await this.ports.save();
  }

  /**
   * A good access token of this person on this device, renewed if need be.
   * @param device null: whichever the session has
   * @param stale a token that the server did not take
   */
  async token(person: Id, device: Id | null, stale: string | null): Promise<Result<string, Refused>> {
    const session = this.byPerson.get(person);
    if (!session) return refused('signInNeeded');
    for (;;) {
      const { access, renewing } = session;
      const here = device === null || device === session.device;
      const fits = access !== null && access.token !== stale && access.until > this.ports.steady();
      if (renewing === null && fits && here) return ok(access.token);
      const { device: taken, done } = renewing ?? this.begin(session, device, here && stale === null);
      const renewed = await done;
      // They have another session meanwhile, or none.
      if (this.byPerson.get(person) !== session) return this.token(person, device, null);
      // What came of a renewal holds for all who waited for it; only for another device it has to be asked again.
      if (device === null || device === taken) return renewed;
    }
  }

  /** Resolves when every rotation that was begun has been written down. */
  async settled(): Promise<void> {
    await Promise.all([...this.byPerson.values()].map(({ renewing }) => renewing?.done));
  }

  /** @param known false: the server is told the device, since it may have this session on another than we believe. */
  private begin(session: Session, device: Id | null, known: boolean): NonNullable<Session['renewing']> {
    const done = this.renew(session, known ? null : device).finally(() => {
      session.renewing = null;
    });
    session.renewing = { device: device ?? session.device, done };
    return session.renewing;
  }

  /**
   * The new refresh token is durable before its access token is used: whatever happens from here on, the newest one
   * that ever worked is on disk. When the answer is lost, the server may have rotated and this desk can't know; it
   * tries with what it has, and at worst the person signs in again.
   */
  private async renew(session: Session, device: Id | null): Promise<Result<string, Refused>> {
    if (session.refreshToken === null) return signInNeeded(session);
    const answer = await this.ports.refresh(session.refreshToken, device);
    if (!answer.ok) {
      if (!OVER.includes(answer.error.problem ?? '')) return ofTheRefresh(answer);
      session.refreshToken = null;
      session.access = null;
      session.revoked = answer.error.problem === 'sessionRevoked' && !session.leaving;
      await this.ports.save();
      return signInNeeded(session);
    }
    session.user = answer.value.user;
    session.refreshToken = answer.value.refreshToken;
    if (device !== null && device !== session.device) {
      session.device = device;
      session.block = null;
    }
    session.block = answer.value.block ?? session.block;
    await this.ports.save();
    session.access = this.accessOf(answer.value);
    return ok(answer.value.accessToken);
  }

  private accessOf({ accessToken, accessExpiresIn }: LoginAnswer): Session['access'] {
    const life = accessExpiresIn * 1_000;
    return { token: accessToken, until: this.ports.steady() + Math.max(life - EARLY, life / 2) };
  }
}

/** Said whenever it is asked for, in the next run too, since whoever asked first may not be who has to know. */
const signInNeeded = ({ revoked }: Session): { readonly ok: false; readonly error: Refused } =>
  revoked ? { ok: false, error: { fault: { code: 'signInNeeded', revoked }, problem: null } } : refused('signInNeeded');

/** What is said of the refresh must not be taken for what is said of the request that waits for it. */
const ofTheRefresh = (answer: { readonly ok: false; readonly error: Refused }) =>
  ABOUT_THE_WAY.includes(answer.error.fault.code) ? answer : refused('serverFailed');
const ABOUT_THE_WAY: readonly NetworkCode[] = ['offline', 'timedOut', 'certificate', 'notOurServer', 'busy'];

const signedInOf = ({ user, device, block, refreshToken, revoked }: Session): SignedIn => ({
  user,
  device,
  block,
  open: refreshToken !== null,
  ...(revoked ? { revoked } : {}),
});
