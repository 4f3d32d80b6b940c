import type { Id, Instant } from '#domain/activity/activity.ts';
import { blockCode } from '#domain/incident/numbering.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { AccountStore, Session } from './account-store.ts';
import { hashOf, newSecret, readRefreshToken, refreshToken } from './tokens.ts';

export interface TokenLives {
  /** Milliseconds. */
  readonly access: number;
  readonly refresh: number;
}
export const TOKEN_LIVES: TokenLives = { access: 15 * 60_000, refresh: 60 * 24 * 60 * 60_000 };

export interface Tokens {
  readonly accessToken: string;
  /** Seconds. */
  readonly accessExpiresIn: number;
  readonly refreshToken: string;
}

export interface SessionPorts {
  readonly store: AccountStore;
  readonly now: () => Instant;
  readonly newId: () => Id;
  /** Told of every session that ended, so that what hangs on it ends too. */
  readonly onEnded: (sessionIds: readonly Id[]) => void;
  readonly lives?: TokenLives;
}

/** How often it is written down that a session is in use. */
const SEEN_EVERY = 60_000;

/** Opens, renews and ends sessions. Nothing of a token is remembered here: what the store says holds at once. */
export class Sessions {
  private readonly ports: SessionPorts;
  private readonly lives: TokenLives;

  constructor(ports: SessionPorts) {
    this.ports = ports;
    this.lives = ports.lives ?? TOKEN_LIVES;
  }

  async open(personId: Id, device: Id, deviceName: string | null): Promise<Tokens> {
    const { store, newId, now } = this.ports;
    const at = now();
    const family = newSecret();
    const fresh = this.fresh(family, at);
    const ended = await store.openSession({
      ...fresh.kept,
      id: newId(),
      personId,
      device,
      deviceName,
      createdAt: at,
      lastSeenAt: at,
      clockAhead: null,
      familyHash: hashOf(family),
    });
    if (ended !== null) this.ports.onEnded([ended]);
    return fresh.tokens;
  }

  /** New tokens for a refresh token that is good; one that was good before ends its session. */
  async refresh(
    token: string,
    device: Id | null,
  ): Promise<Result<{ tokens: Tokens; session: Session }, 'unknown' | 'revoked'>> {
    const read = readRefreshToken(token);
    if (read === null) return err('unknown');
    const now = this.ports.now();
    const fresh = this.fresh(read.family, now);
    const next = { ...fresh.kept, now, device };
    const rotated = await this.ports.store.rotate(hashOf(read.family), hashOf(read.secret), next);
    if (rotated.was === 'reused') this.ports.onEnded([rotated.session.id]);
    if (rotated.was === 'good') return ok({ tokens: fresh.tokens, session: rotated.session });
    // A token that comes a second time may be of a desk whose answer was lost: that is nobody's purpose.
    return err(rotated.was === 'revoked' ? 'revoked' : 'unknown');
  }

  /** The open session of an access token. */
  async authenticate(accessToken: string): Promise<Session | null> {
    const session = await this.ports.store.sessionByAccess(hashOf(accessToken));
    return session !== null && session.accessExpiresAt > this.ports.now() ? session : null;
  }

  /** Notes that a device is there, and how far its clock is off if it said what it shows. */
  async seen(session: Session, sentAt: Instant | null): Promise<void> {
    const now = this.ports.now();
    const ahead = sentAt === null ? null : sentAt - now;
    const drifted = ahead !== null && Math.abs(ahead - (session.clockAhead ?? 0)) > 5_000;
    if (drifted || now - session.lastSeenAt >= SEEN_EVERY) await this.ports.store.seen(session.id, now, ahead);
  }

  /** The code under which a device numbers incidents until the log has. */
  async blockOf(device: Id): Promise<string> {
    return blockCode(await this.ports.store.placeOf(device));
  }

  isOpen(id: Id): Promise<boolean> {
    return this.ports.store.isSessionOpen(id);
  }

  async end(id: Id): Promise<void> {
    if (await this.ports.store.endSession(id)) this.ports.onEnded([id]);
  }

  async endAllOf(personId: Id, but: Id | null = null): Promise<void> {
    const ended = await this.ports.store.endSessionsOf(personId, but);
    if (ended.length > 0) this.ports.onEnded(ended);
  }

  private fresh(family: string, now: Instant) {
    const [access, refresh] = [newSecret(), newSecret()];
    const tokens: Tokens = {
      accessToken: access,
      accessExpiresIn: Math.floor(this.lives.access / 1_000),
      refreshToken: refreshToken(family, refresh),
    };
    const kept = {
      accessHash: hashOf(access),
      accessExpiresAt: now + this.lives.access,
      refreshHash: hashOf(refresh),
      refreshExpiresAt: now + this.lives.refresh,
    };
    return { tokens, kept };
  }
}
