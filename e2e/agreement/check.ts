import type { Conflict } from '#contracts/engine/agreement.ts';
import type { QueueRow } from '#contracts/engine/protocol.ts';
import type { Deed, Deeds } from './deeds.ts';
import { EVERYTHING } from './hand.ts';
import { read } from './port.ts';
import type { Seat } from './seat.ts';
import type { Book, Entry, Row, Told } from './truth.ts';

/** Holds desks, log and deeds against each other. Whatever differs is a sentence; none is what the house promises. */

/** With its keys in one order, so that equal values are equal texts. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );

const PIECE = 2_000;

async function listed(seat: Seat): Promise<readonly QueueRow[]> {
  const { page, person } = seat;
  if (!page) throw new Error(`${seat.name} is down`);
  const rows: QueueRow[] = [];
  for (let from = 0, total = 1; from < total; from += PIECE) {
    const piece = await read(page, 'list', { personId: person, spec: EVERYTHING, from, to: from + PIECE });
    rows.push(...piece.rows);
    total = piece.total;
  }
  return rows;
}

const face = ({ number, shortDescription, state, updatedAt }: Row | QueueRow): string =>
  canonical({ number, shortDescription, state, updatedAt });

/** Why this desk is not level with the log, or null when it is: in its own words, and row by row. */
export async function behind(seat: Seat, book: Book): Promise<string | null> {
  const { page } = seat;
  if (!page) return 'down';
  const { states, waiting } = await read(page, 'connection', {});
  const trouble = states.find(({ kind }) => !['upToDate', 'parked', 'clockOff'].includes(kind));
  if (trouble) return trouble.kind;
  if (waiting > 0) return `${waiting} waiting`;
  const rows = await listed(seat);
  const other = rows.find((row) => row.pending || face(row) !== faceIn(book, row.id));
  if (other) return `${other.number} differs`;
  return rows.length === book.rows.size ? null : `${rows.length} of ${book.rows.size} incidents`;
}

const faceIn = (book: Book, id: string): string | null => {
  const row = book.rows.get(id);
  return row === undefined ? null : face(row);
};

/** Rows and timelines of one desk, held against what an administrator is told. */
export async function compareDesk(seat: Seat, told: Told): Promise<readonly string[]> {
  const { page, name } = seat;
  if (!page) return [`${name} is down`];
  const wrong: string[] = [];
  const rows = await listed(seat);
  const ids = new Set(rows.map(({ id }) => id));
  if (ids.size !== rows.length) wrong.push(`${name}: an incident is listed twice`);
  for (const [id, { number }] of told.rows) if (!ids.has(id)) wrong.push(`${name}: ${number} is missing`);
  for (const { id, number } of rows) {
    const seen = await read(page, 'incident', { idOrNumber: id });
    const row = told.rows.get(id);
    if (!seen || !row) wrong.push(`${name}: ${number} is ${seen ? 'nowhere else' : 'not to be opened'}`);
    else {
      wrong.push(...unlike(`${name}: ${number}`, seen.incident, row));
      wrong.push(...unlikeLines(`${name}: ${number}`, seen.timeline, told.timelines.get(id) ?? []));
    }
  }
  return wrong;
}

function unlike(what: string, here: object, there: object): readonly string[] {
  const [mine, theirs] = [here, there].map((one) => new Map<string, unknown>(Object.entries(one)));
  const keys = new Set([...(mine?.keys() ?? []), ...(theirs?.keys() ?? [])]);
  return [...keys].flatMap((key) => {
    const [a, b] = [canonical(mine?.get(key)), canonical(theirs?.get(key))];
    return a === b ? [] : [`${what}: ${key} is ${a} instead of ${b}`];
  });
}

function unlikeLines(what: string, here: readonly Entry[], there: readonly Entry[]): readonly string[] {
  const [mine, theirs] = [here, there].map((entries) => entries.map(canonical).sort());
  if (canonical(mine) === canonical(theirs)) return [];
  return [`${what}: its timeline has ${here.length} entries instead of ${there.length}, or they say something else`];
}

export interface Settled {
  accepted: number;
  parked: number;
  /** What they wanted was so already. */
  already: number;
  /** Not called saved, and there: nobody had said no either. */
  openAndThere: number;
}

/** Refused commands by desk and person. */
export type Inboxes = ReadonlyMap<string, readonly Conflict[]>;

/** What every person of every desk has in their inbox. */
export async function inboxes(seats: readonly Seat[]): Promise<Inboxes> {
  const found = new Map<string, readonly Conflict[]>();
  for (const { page, name, people } of seats) {
    for (const { personId } of page ? people : []) {
      if (!page) continue;
      const { items } = await read(page, 'conflicts', { personId });
      found.set(`${name} ${personId}`, items);
    }
  }
  return found;
}

/** Where every deed is: once in the log, or with its words in the inbox of its person, and nothing else is anywhere. */
export function settle(
  deeds: Deeds,
  book: Book,
  boxes: Inboxes,
): { readonly counts: Settled; readonly wrong: readonly string[] } {
  const counts: Settled = { accepted: 0, parked: 0, already: 0, openAndThere: 0 };
  const wrong = book.ofTwoMinds.map((id) => `command ${id} was decided in two ways`);
  const byCommand = new Map<string, Entry[]>();
  for (const entry of book.entries) {
    const id = entry.cause?.commandId ?? '';
    byCommand.set(id, [...(byCommand.get(id) ?? []), entry]);
  }
  const known = new Set<string>();
  for (const deed of deeds.all) {
    const there = commandsOf(deed, book, byCommand);
    for (const id of there) known.add(id);
    const box = boxes.get(`${deed.desk} ${deed.person}`) ?? [];
    const inBox = box.some((item) => isOf(deed, item));
    const verdict = deed.commandId === null ? undefined : book.verdicts.get(deed.commandId);
    const name = `${deed.kind} ${deed.commandId ?? ''} "${deed.words}" of ${deed.desk}, ${deed.said}`;
    if (there.length > 1) wrong.push(`doubled: ${name}`);
    if (there.length > 0 && inBox) wrong.push(`both in the log and refused: ${name}`);
    if (deed.said === 'refused' && there.length > 0) wrong.push(`refused, and in the log: ${name}`);
    if (deed.said === 'open' && there.length > 0) counts.openAndThere += 1;
    if (deed.said !== 'saved') continue;
    if (there.length > 0) counts.accepted += 1;
    else if (inBox) counts.parked += 1;
    else if (verdict?.code === 'nothingChanged') counts.already += 1;
    else
      wrong.push(`lost: ${name} (${verdict === undefined ? 'never decided' : `${verdict.outcome} ${verdict.code}`})`);
  }
  return { counts, wrong: [...wrong, ...fromNobody(known, book), ...repeated(book)] };
}

/** Through the screen there are recordings and notes only. */
const isOf = ({ commandId, kind, words }: Deed, item: Conflict): boolean =>
  (commandId === null ? item.name === `incident.${kind}` : item.commandId === commandId) &&
  JSON.stringify(item.args).includes(words);

/** The commands in the log that are this deed. */
function commandsOf(deed: Deed, book: Book, byCommand: ReadonlyMap<string, readonly Entry[]>): readonly string[] {
  if (deed.commandId !== null) {
    const entries = byCommand.get(deed.commandId) ?? [];
    return entries.some((entry) => says(entry, deed.words)) ? [deed.commandId] : [];
  }
  const type = deed.kind === 'record' ? 'incident.recorded' : 'incident.note';
  return book.entries.flatMap((entry) =>
    entry.type === type && says(entry, deed.words) ? [entry.cause?.commandId ?? entry.id] : [],
  );
}

const says = ({ payload }: Entry, words: string): boolean => JSON.stringify(payload).includes(words);

/** Entries of incidents that no deed made. */
const fromNobody = (known: ReadonlySet<string>, book: Book): readonly string[] =>
  book.entries
    .filter(({ cause, subject }) => subject.kind === 'incident' && !known.has(cause?.commandId ?? ''))
    .map(({ type, subject }) => `from nobody: ${type} in ${subject.id}`);

/** Entries that stand in the log twice. */
function repeated(book: Book): readonly string[] {
  const seen = new Set<string>();
  return book.entries.flatMap(({ id, cause }) => {
    const keys = [id, ...(cause ? [`${cause.commandId} ${cause.index}`] : [])];
    const again = keys.some((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    return again ? [`twice in the log: ${id}`] : [];
  });
}
