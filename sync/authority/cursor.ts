import { SYNC_LIMITS } from '#contracts/sync/wire.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import { fromBase64url, toBase64url } from './base64url.ts';
import type { IncidentKey } from './shared-log.ts';

/** Where a desk stands in the log. To the desk it is a text without meaning; only the server looks inside. */
export interface Cursor {
  readonly epoch: Id;
  /** Everything up to here is held, or will be when the first load ends. */
  readonly seq: number;
  /** Of the log as it stood when this was given (`markOf`): without it, this is another log (SPEC 5.3). */
  readonly mark: string | null;
  /** What the person could see when this was given (`View.version`). */
  readonly view: string;
  /** Incidents of which a public entry is kept back until its release. */
  readonly held: readonly Id[];
  /** What the device keeps of the view, as its first load fixed it; null: all. */
  readonly keeps: Keeps | null;
  /** While a first load goes on. */
  readonly load: Load | null;
}

export interface Keeps {
  /** As in `Keeping`. */
  readonly since: Instant | null;
  /** Incidents that were told because the device keeps them beside its scope. */
  readonly beside: readonly Id[];
}

export interface Load {
  /** First all rows, then the timelines of some. `directory`: rows, and the directory with the next of them. */
  readonly phase: 'incidents' | 'timelines' | 'directory';
  /** The last row of the phase so far. */
  readonly after: IncidentKey | null;
  /** Rows walked through in the first phase, and how many there were when it began. */
  readonly done: number;
  readonly total: number;
  /** Of what is not open, timelines come that changed after this. */
  readonly since: Instant;
}

/** Raised when an older cursor can no longer be understood: its desk then loads anew. */
const FORM = 2;
const PHASES = ['incidents', 'timelines', 'directory'] as const;

type Fields = readonly unknown[];

/** As sent to the desk. Of what is kept back, and of what is kept beside, as much as the text has room for. */
export function formatCursor(cursor: Cursor): string {
  let { held, keeps } = cursor;
  for (;;) {
    const text = textOf({ ...cursor, held, keeps });
    if (text.length <= SYNC_LIMITS.cursor) return text;
    if (held.length > 0) held = held.slice(1);
    else if (keeps !== null && keeps.beside.length > 0) keeps = { ...keeps, beside: keeps.beside.slice(0, -1) };
    else return text;
  }
}

/** The cursor in a text of `formatCursor`; null for any other text, the empty one and `0` included. */
export function parseCursor(text: string): Cursor | null {
  const cursor = cursorOf(fieldsOf(text));
  return cursor !== null && textOf(cursor) === text ? cursor : null;
}

function textOf({ epoch, seq, mark, view, held, keeps, load }: Cursor): string {
  const after = load?.after ?? null;
  const place = after && [after.firstSeq, after.id];
  const loading = load && [PHASES.indexOf(load.phase), load.done, load.total, place, load.since];
  const kept = keeps && [keeps.since, keeps.beside];
  return toBase64url(inAscii(JSON.stringify([FORM, epoch, seq, mark, view, held, kept, loading])));
}

/** Ids may hold any character. */
const inAscii = (json: string): string =>
  json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

function fieldsOf(text: string): Fields | null {
  const json = text.length > SYNC_LIMITS.cursor ? null : fromBase64url(text);
  if (json === null) return null;
  try {
    const parsed: unknown = JSON.parse(json);
    return Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function cursorOf(fields: Fields | null): Cursor | null {
  if (fields === null || fields.length !== 8) return null;
  const [form, epoch, seq, mark, view, held, kept, loading] = fields;
  const [load, keeps] = [loadOf(loading), keepsOf(kept)];
  if (form !== FORM || !isText(epoch) || !isCount(seq) || !isText(view)) return null;
  if (!(mark === null || isText(mark)) || !areTexts(held) || load === undefined || keeps === undefined) return null;
  return { epoch, seq, mark, view, held, keeps, load };
}

/** Undefined when it is neither that nor null. */
function keepsOf(fields: unknown): Keeps | null | undefined {
  if (fields === null) return null;
  if (!Array.isArray(fields) || fields.length !== 2) return undefined;
  const [since, beside]: Fields = fields;
  if (!(since === null || Number.isSafeInteger(since)) || !areTexts(beside)) return undefined;
  return { since: since as Instant | null, beside };
}

/** Undefined when it is neither a load nor null. */
function loadOf(fields: unknown): Load | null | undefined {
  if (fields === null) return null;
  if (!Array.isArray(fields) || fields.length !== 5) return undefined;
  const [place, done, total, last, since]: Fields = fields;
  const phase = isCount(place) ? PHASES[place] : undefined;
  const after = keyOf(last);
  if (phase === undefined || !isCount(done) || !isCount(total) || after === undefined) return undefined;
  return Number.isSafeInteger(since) ? { phase, done, total, after, since: since as Instant } : undefined;
}

function keyOf(fields: unknown): IncidentKey | null | undefined {
  if (fields === null) return null;
  if (!Array.isArray(fields) || fields.length !== 2) return undefined;
  const [firstSeq, id]: Fields = fields;
  return isCount(firstSeq) && isText(id) ? { firstSeq, id } : undefined;
}

const areTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);
const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
