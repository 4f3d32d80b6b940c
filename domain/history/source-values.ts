import type {
  Channel,
  HoldReason,
  Impact,
  IncidentState,
  Priority,
  ResolutionCode,
} from '#domain/incident/incident.ts';

/**
 * What other desks' words mean in ours. Every function answers `undefined` for a word it does not know; the caller
 * reports it with its line and keeps the cell, so nothing is dropped in silence.
 */

const fold = (text: string) => text.trim().toLowerCase().replace(/\s+/g, ' ');

/** What a table says of a word. Only its own entries count: a cell may well read `constructor`. */
const meaningOf = <T>(words: Readonly<Record<string, T>>, text: string): T | undefined =>
  Object.hasOwn(words, fold(text)) ? words[fold(text)] : undefined;

/** "2 - Medium", "2", "P2", "High": the leading digit decides; else the word does. */
function levelOf(text: string, words: Readonly<Record<string, number>>, highest: number): number | undefined {
  const folded = fold(text);
  const digit = /^p?([1-9])(?:\b|$)/.exec(folded)?.[1];
  if (digit !== undefined) return Number(digit) <= highest ? Number(digit) : undefined;
  return meaningOf(words, folded);
}

const LEVEL_WORDS = { high: 1, medium: 2, low: 3, hoch: 1, mittel: 2, niedrig: 3, critical: 1 };
const PRIORITY_WORDS = {
  blocker: 1,
  critical: 1,
  highest: 1,
  urgent: 1,
  kritisch: 1,
  high: 2,
  major: 2,
  hoch: 2,
  medium: 3,
  moderate: 3,
  normal: 3,
  mittel: 3,
  low: 4,
  minor: 4,
  niedrig: 4,
  lowest: 5,
  trivial: 5,
  planning: 5,
};

/** Impact or urgency, 1 to 3. */
export const sourceLevel = (text: string) => levelOf(text, LEVEL_WORDS, 3) as Impact | undefined;
export const sourcePriority = (text: string) => levelOf(text, PRIORITY_WORDS, 5) as Priority | undefined;

export interface SourceState {
  readonly state: IncidentState;
  readonly holdReason: HoldReason | null;
}

const on = (holdReason: HoldReason | null): SourceState => ({ state: 'onHold', holdReason });
const plain = (state: IncidentState): SourceState => ({ state, holdReason: null });
const STATES: Readonly<Record<string, SourceState>> = {
  new: plain('new'),
  open: plain('new'),
  neu: plain('new'),
  offen: plain('new'),
  novo: plain('new'),
  active: plain('inProgress'),
  assigned: plain('inProgress'),
  'in progress': plain('inProgress'),
  'work in progress': plain('inProgress'),
  'in bearbeitung': plain('inProgress'),
  'on hold': on(null),
  pending: on(null),
  waiting: on(null),
  pendente: on(null),
  'awaiting user info': on('awaitingCaller'),
  'awaiting caller': on('awaitingCaller'),
  'awaiting vendor': on('awaitingVendor'),
  'awaiting problem': on('awaitingProblem'),
  'awaiting change': on('awaitingChange'),
  'awaiting evidence': on('awaitingEvidence'),
  'awaiting approval': on('awaitingApproval'),
  'awaiting parts': on('awaitingParts'),
  resolved: plain('resolved'),
  solved: plain('resolved'),
  gelöst: plain('resolved'),
  solucionado: plain('resolved'),
  closed: plain('closed'),
  done: plain('closed'),
  geschlossen: plain('closed'),
  fechado: plain('closed'),
  canceled: plain('canceled'),
  cancelled: plain('canceled'),
  rejected: plain('canceled'),
  'closed/skipped': plain('canceled'),
};

/** A state by name; `more` are a preset's own words, as `state` or `onHold:reason`. */
export function sourceState(text: string, more: Readonly<Record<string, string>>): SourceState | undefined {
  const own = meaningOf(more, text);
  if (own === undefined) return meaningOf(STATES, text);
  const [state, holdReason] = own.split(':');
  return { state: state as IncidentState, holdReason: (holdReason as HoldReason | undefined) ?? null };
}

const CHANNELS: Readonly<Record<string, Channel>> = {
  phone: 'phone',
  telephone: 'phone',
  ivr: 'phone',
  telefon: 'phone',
  email: 'email',
  'e-mail': 'email',
  mail: 'email',
  portal: 'portal',
  'self service': 'portal',
  'self-service': 'portal',
  web: 'portal',
  monitoring: 'monitoring',
  event: 'monitoring',
  alert: 'monitoring',
  chat: 'chat',
  'virtual agent': 'chat',
  'walk-in': 'walkIn',
  'walk in': 'walkIn',
  'direct opening': 'walkIn',
};
export const sourceChannel = (text: string, more: Readonly<Record<string, string>>) =>
  (meaningOf(more, text) as Channel | undefined) ?? meaningOf(CHANNELS, text);

const CODES: Readonly<Record<string, ResolutionCode>> = {
  'solution provided': 'solutionProvided',
  'solved (permanently)': 'solutionProvided',
  done: 'solutionProvided',
  fixed: 'solutionProvided',
  'workaround provided': 'workaroundProvided',
  'solved (work around)': 'workaroundProvided',
  'resolved by caller': 'resolvedByCaller',
  'closed/resolved by caller': 'resolvedByCaller',
  'resolved by change': 'resolvedByChange',
  'resolved by problem': 'resolvedByProblem',
  'resolved by request': 'resolvedByRequest',
  'known error': 'knownError',
  duplicate: 'duplicate',
  'no resolution provided': 'noResolutionProvided',
  "won't do": 'noResolutionProvided',
  "won't fix": 'noResolutionProvided',
  'cannot reproduce': 'cannotReproduce',
  'not solved (not reproducible)': 'cannotReproduce',
  'no response from caller': 'noResponseFromCaller',
};
export const sourceResolutionCode = (text: string) => meaningOf(CODES, text);
