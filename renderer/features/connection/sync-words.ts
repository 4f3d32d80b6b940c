import type { Connection } from '#contracts/engine/agreement.ts';
import type { SyncState } from '#contracts/sync/state.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { DeskCondition } from '#renderer/platform/hooks.ts';
import { span } from '#renderer/ui/time.ts';
import type { Words } from '#renderer/words/areas.ts';
import { isSharing } from './is-sharing.ts';

/** Where what was saved here is. Null of it while the desk itself is fine and another phrase may come first. */
function deskWords(say: Words<'app'>, status: DeskCondition | undefined, waiting: boolean): string | null {
  if (!status) return say(waiting ? 'sync.waiting' : 'sync.starting');
  if (status.trouble) return say(`sync.${status.trouble}`);
  if (status.progress && status.phase !== 'ready') return say('sync.rebuilding', { ...status.progress });
  if (status.phase === 'starting') return say('sync.starting');
  if (status.phase === 'reconciling') return say('sync.reconciling');
  return waiting ? say('sync.waiting') : null;
}

function savedWords(say: Words<'app'>, status: DeskCondition): string {
  if (status.keptIn === 'browser') return say('sync.browser');
  if (status.quarantined > 0) return say('sync.quarantined', { count: status.quarantined });
  if (status.rebuilt && status.rebuilt.reason !== 'empty') {
    return say('sync.rebuilt', { count: status.rebuilt.incidents });
  }
  return say('sync.device');
}

/** What the mark before the phrase is: a full ring, a hollow one, a triangle, a square. */
export type SyncMark = 'fine' | 'underWay' | 'needsYou' | 'trouble';

/** The truth of the status line. */
export interface SyncTruth {
  /** The most urgent thing, in one phrase. */
  readonly phrase: string;
  /** What holds besides: that all is saved here, while it is not everywhere yet. */
  readonly besides: string | null;
  readonly mark: SyncMark;
  /** What a click on the phrase leads to. */
  readonly leadsTo: { readonly dialog: 'conflicts' } | { readonly dialog: 'signIn'; readonly email: string } | null;
}

/** What the status line is made of. */
export interface SyncFacts {
  readonly status: DeskCondition | undefined;
  readonly waiting: boolean;
  readonly connection: Connection | undefined;
  /** Who looks at the screen, and how many refused commands wait for them. */
  readonly personId: Id | null;
  readonly needsMe: number;
}

interface Sayers {
  readonly app: Words<'app'>;
  readonly say: Words<'connection'>;
  /** "10:42", with the date on any other day. */
  readonly when: (at: Instant) => string;
}

type Told = Omit<SyncTruth, 'besides'>;

function clockWords({ say }: Sayers, by: number): string {
  const { unit, count } = span(by);
  const length = say(`sync.clock.${unit === 'now' ? 'minutes' : unit}`, { count });
  return say(by < 0 ? 'sync.clockBehind' : 'sync.clockAhead', { span: length });
}

function signInTold({ say }: Sayers, connection: Connection, me: Id | null, count: number): Told {
  const over = connection.people.filter(({ open }) => !open);
  const mine = over.find(({ personId }) => personId === me);
  const [first] = over;
  const isSomebodyElses = count > 0 && connection.people.some(({ personId, open }) => personId === me && open);
  const leadsTo = { dialog: 'signIn', email: (mine ?? first)?.email ?? '' } as const;
  if (!isSomebodyElses) return { phrase: say('sync.signIn', { count }), mark: 'needsYou', leadsTo };
  const phrase =
    over.length === 1 && first
      ? say('sync.signInOf', { count, name: first.name })
      : say('sync.signInOfOthers', { count });
  return { phrase, mark: 'underWay', leadsTo };
}

/** The list is empty, and nobody at this desk did that: the words come before what is to be done about it. */
function revokedTold(sayers: Sayers, connection: Connection, me: Id | null, count: number): Told {
  return { ...signInTold(sayers, connection, me, count), phrase: sayers.say('sync.revoked', { count }) };
}

function parkedTold({ say }: Sayers, needsMe: number, count: number): Told {
  return needsMe > 0
    ? { phrase: say('sync.parked', { count: needsMe }), mark: 'needsYou', leadsTo: { dialog: 'conflicts' } }
    : { phrase: say('sync.parkedOfOthers', { count }), mark: 'underWay', leadsTo: null };
}

function stateTold(sayers: Sayers, facts: SyncFacts, connection: Connection, state: SyncState): Told {
  const { say, when } = sayers;
  const plain = (phrase: string, mark: SyncMark): Told => ({ phrase, mark, leadsTo: null });
  const count = connection.waiting;
  switch (state.kind) {
    case 'offline': {
      const left = connection.handingOver && connection.handingOver.total - connection.handingOver.done;
      return plain(
        left && count === 0 ? say('sync.offlineHandingOver', { left }) : say('sync.offline', { count }),
        'underWay',
      );
    }
    case 'notOurServer':
      return plain(say('sync.notOurServer', { count }), 'trouble');
    case 'versionTooOld':
      return plain(say('sync.versionTooOld', { count }), 'trouble');
    case 'signInNeeded':
      if (state.revoked) return revokedTold(sayers, connection, facts.personId, state.waiting);
      return signInTold(sayers, connection, facts.personId, state.waiting);
    case 'clockOff':
      return plain(clockWords(sayers, state.by), 'trouble');
    case 'serverRestored':
      return plain(say('sync.serverRestored', { count: state.again }), 'underWay');
    case 'loading':
      return plain(say('sync.loading', { done: state.done, total: state.total }), 'underWay');
    case 'sending':
      return plain(say('sync.sending', { count: state.count }), 'underWay');
    case 'parked':
      return parkedTold(sayers, facts.needsMe, state.count);
    case 'upToDate': {
      const at = connection.syncedAt;
      return plain(at === null ? say('sync.upToDateNow') : say('sync.upToDate', { time: when(at) }), 'fine');
    }
  }
}

/** These come before a history that is handed over; whatever else is going on is part of it. */
const BEFORE_HANDING_OVER: readonly SyncState['kind'][] = [
  'offline',
  'notOurServer',
  'versionTooOld',
  'signInNeeded',
  'clockOff',
  'serverRestored',
];

function joinedTold(sayers: Sayers, facts: SyncFacts, connection: Connection): Told | null {
  const [first] = connection.states;
  const { handingOver } = connection;
  if (handingOver && !(first && BEFORE_HANDING_OVER.includes(first.kind))) {
    return { phrase: sayers.say('sync.handingOver', { ...handingOver }), mark: 'underWay', leadsTo: null };
  }
  return first ? stateTold(sayers, facts, connection, first) : null;
}

/** The truth about where what was saved is, the most urgent first: this desk's own trouble, then the way to the server. */
export function syncTruth(sayers: Sayers, facts: SyncFacts): SyncTruth {
  const { status, waiting, connection } = facts;
  const mark = waiting || status?.trouble ? 'trouble' : 'fine';
  const own = deskWords(sayers.app, status, waiting);
  if (own !== null || !status) return { phrase: own ?? '', besides: null, mark, leadsTo: null };
  const saved = savedWords(sayers.app, status);
  const told = connection && isSharing(connection) ? joinedTold(sayers, facts, connection) : null;
  if (!connection || !told) return { phrase: saved, besides: null, mark, leadsTo: null };
  const isUpToDate = connection.states.some(({ kind }) => kind === 'upToDate');
  const nothingMore = isUpToDate && saved === sayers.app('sync.device');
  const synced = stateTold(sayers, facts, connection, { kind: 'upToDate' }).phrase;
  if (!nothingMore) return { ...told, besides: saved };
  return { ...told, besides: told.phrase === synced ? null : synced };
}
