import type { Logger } from 'pino';
import { v7 as newId } from 'uuid';
import type { Instant } from '#domain/activity/activity.ts';
import type { Role } from '#domain/directory/directory.ts';
import type { SharedLog } from '#sync/authority/shared-log.ts';
import type { AccountStore } from './accounts/account-store.ts';
import { Accounts } from './accounts/accounts.ts';
import { Directory } from './accounts/directory.ts';
import { LOGIN_LIMITS, LoginGuard, type LoginLimits } from './accounts/login-guard.ts';
import { createPasswords, type Passwords } from './accounts/passwords.ts';
import { Sessions, TOKEN_LIVES, type TokenLives } from './accounts/sessions.ts';
import { SetupLink } from './accounts/setup-link.ts';
import { keepSealing, type SealKeeper } from './audit.ts';
import type { Attachments } from './files/attachments.ts';
import { type Attached, openAttachments } from './files/open.ts';
import { createMetrics, type Metrics } from './http/metrics.ts';
import { BrowserSignIn } from './sign-in/browser-sign-in.ts';
import { Provider, type ProviderConfig } from './sign-in/provider.ts';
import type { SignInStore } from './sign-in/sign-in-store.ts';
import type { Seal } from './store/seals.ts';
import { PushGatherer } from './sync/gatherer.ts';
import { type Channel, type Newsroom, openNewsroom } from './sync/growth.ts';
import { openPresence, type Presence } from './sync/presence.ts';
import { Releases } from './sync/releases.ts';
import { Streams } from './sync/streams.ts';

/** What the server stands on. */
export interface Foundations {
  readonly log: SharedLog;
  readonly accounts: AccountStore;
  readonly channel: Channel;
  readonly logger: Logger;
  readonly now: () => Instant;
  /** IANA zone of the organisation. */
  readonly zone: string;
  /** Where attachments are kept. Without it nothing can be attached. */
  readonly attached?: Attached;
  /** Without it nobody signs in through a browser. */
  readonly browser?: BrowserFoundations;
  /** True unless it says otherwise. */
  readonly passwordSignIn?: boolean;
  /** Where seals are kept. Without it none are made. */
  readonly seals?: SealKeeper;
  readonly lives?: TokenLives;
  readonly loginLimits?: LoginLimits;
}

/** The identity provider, and where sign-ins wait that are under way there. */
export interface BrowserFoundations {
  readonly provider: ProviderConfig;
  readonly signIns: SignInStore;
  /** As people know it. */
  readonly name: string;
  readonly newcomers: Role | null;
}

/** Everything that routes use. */
export interface Services {
  readonly log: SharedLog;
  readonly now: () => Instant;
  readonly gatherer: PushGatherer;
  readonly directory: Directory;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly passwords: Passwords;
  readonly guard: LoginGuard;
  readonly link: SetupLink;
  readonly streams: Streams;
  readonly news: Newsroom;
  readonly presence: Presence;
  readonly metrics: Metrics;
  readonly attachments: Attachments | null;
  readonly browser: { readonly name: string; readonly signIn: BrowserSignIn } | null;
  readonly passwordSignIn: boolean;
  readonly seals: SealKeeper | null;
  /** Decides what was taken, then lets go of the channel. */
  close(): Promise<void>;
}

export async function createServices(foundations: Foundations): Promise<Services> {
  const { log, now, zone, channel, logger } = foundations;
  const streams = new Streams();
  const metrics = createMetrics(() => streams.count);
  const onTrouble = (error: unknown) => logger.warn({ err: error }, 'the database could not be asked');
  const sessions = new Sessions({
    store: foundations.accounts,
    now,
    newId,
    onEnded: (ids) => news.tellEnded(ids),
    lives: foundations.lives ?? TOKEN_LIVES,
  });
  const end = () => log.read(async ({ head }) => head.seq);
  const releases = new Releases(
    { log, now, onTrouble, onReleased: (people) => end().then((seq) => streams.released(people, seq), onTrouble) },
    await end(),
  );
  const news = await openNewsroom({
    channel,
    end,
    onTrouble,
    news: {
      grew: (seq) => {
        streams.grew(seq);
        releases.grew(seq);
      },
      ended: (ids) => {
        if (ids === null) streams.endClosed((id) => sessions.isOpen(id)).catch(onTrouble);
        else streams.endOf(ids);
      },
    },
  });
  const presence = await openPresence({
    channel,
    now,
    node: newId(),
    onTrouble,
    tell: (session, event) => {
      for (const listener of streams.of(session)) listener.present(event);
    },
  });
  const gatherer = new PushGatherer({
    log,
    now,
    zone,
    onDecided: (facts) => {
      metrics.decided(facts);
      news.tellGrown(facts.head.seq);
    },
  });
  const attachments = foundations.attached && (await openAttachments(foundations.attached, { log, now, logger }));
  const passwords = await createPasswords();
  const directory = new Directory({ log, gatherer, now });
  const accounts = new Accounts({ store: foundations.accounts, directory, passwords, sessions, now });
  const browserOver = ({ provider, signIns, name, newcomers }: BrowserFoundations) => {
    const people = { store: foundations.accounts, accounts, directory, newcomers };
    return { name, signIn: new BrowserSignIn({ ...people, provider: new Provider(provider, now), signIns, now }) };
  };
  const seals = foundations.seals ?? null;
  const onSealed = ({ day, seq, seal }: Seal) => logger.info({ day, seq, seal }, 'sealed');
  const stopSealing = seals && keepSealing({ seals, now, onSealed, onTrouble });
  return {
    log,
    now,
    gatherer,
    directory,
    accounts,
    sessions,
    passwords,
    guard: new LoginGuard(foundations.loginLimits ?? LOGIN_LIMITS),
    link: new SetupLink(foundations.accounts),
    streams,
    news,
    presence,
    metrics,
    attachments: attachments?.attachments ?? null,
    browser: foundations.browser === undefined ? null : browserOver(foundations.browser),
    passwordSignIn: foundations.passwordSignIn ?? true,
    seals,
    close: async () => {
      await stopSealing?.();
      await attachments?.close();
      await gatherer.close();
      await releases.close();
      await presence.close();
      await news.close();
    },
  };
}
