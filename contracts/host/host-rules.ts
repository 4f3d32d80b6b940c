/** Rules every EngineHost keeps in the same way, whatever it stores on. Pure. */
import type { Id, Instant } from '#domain/activity/activity.ts';
import { err, ok, type Result } from '#domain/result.ts';
import {
  type Draft,
  FRAME_FORMAT_VERSION,
  type Frame,
  type JournalError,
  type JournalErrorCode,
  type SnapshotManifest,
} from './engine-host.ts';
import { HOST_LIMITS } from './host-limits.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const SHA256 = /^[0-9a-f]{64}$/;

export type { Id, Instant } from '#domain/activity/activity.ts';
export { ok, type Result } from '#domain/result.ts';

/** Ids become names of files and keys, so nothing but a lower-case UUID passes. */
export const isId = (value: unknown): value is Id => typeof value === 'string' && UUID.test(value);
export const isPageHash = (value: unknown): value is string => typeof value === 'string' && SHA256.test(value);

export const refuse = (code: JournalErrorCode, detail?: string): Result<never, JournalError> =>
  err(detail === undefined ? { code } : { code, detail });

/** The import stage an `adoptCommit` frame makes visible, or null for any other frame. */
export function committedStage(frame: Pick<Frame, 'kind' | 'body'>): Id | null {
  if (frame.kind !== 'adoptCommit' || typeof frame.body !== 'object' || frame.body === null) return null;
  const stageId = 'stageId' in frame.body ? frame.body.stageId : null;
  return isId(stageId) ? stageId : null;
}

/** Raises a person's counter to `seq`: the maximum ever seen counts, whatever order frames come in. */
export function raiseCounter(counters: Record<Id, number>, person: Id, seq: number): void {
  if (Number.isSafeInteger(seq) && seq > (counters[person] ?? 0)) counters[person] = seq;
}

interface LogEnd {
  readonly fence: number;
  readonly lastLsn: number;
}

/**
 * Judges a batch before a byte is written: current fence, the expected lsn, consecutive lsns, known format, sizes.
 * Returns the JSON of each frame, so that what was measured is what gets stored.
 */
export function encodeBatch(
  end: LogEnd,
  args: { readonly fence: number; readonly expectedLsn: number; readonly frames: readonly Frame[] },
): Result<readonly string[], JournalError> {
  if (args.fence !== end.fence) return refuse('staleFence');
  if (args.expectedLsn !== end.lastLsn + 1) return refuse('unexpectedLsn', `the log ends at ${end.lastLsn}`);
  if (args.frames.length > HOST_LIMITS.framesPerBatch) return refuse('tooLarge', 'too many frames in one batch');
  const texts: string[] = [];
  let total = 0;
  for (const [index, frame] of args.frames.entries()) {
    const lsn = args.expectedLsn + index;
    const fault = frameFault(frame, lsn);
    if (fault) return fault;
    const text = JSON.stringify(frame);
    total += text.length;
    if (text.length > HOST_LIMITS.frame || total > HOST_LIMITS.batch) return refuse('tooLarge', `frame ${lsn}`);
    texts.push(text);
  }
  return ok(texts);
}

function frameFault(frame: Frame, lsn: number): Result<never, JournalError> | null {
  if (frame.lsn !== lsn) return refuse('badArguments', `frame ${lsn} calls itself ${frame.lsn}`);
  if (frame.formatVersion !== FRAME_FORMAT_VERSION) return refuse('newerFormat', `frame format ${frame.formatVersion}`);
  if (frame.draftId !== undefined && !isId(frame.draftId)) return refuse('badArguments', 'draftId is no UUID');
  return null;
}

/** Lines of an import stage: JSON on one line each, bounded. */
export function stageLinesFault(stageId: Id, lines: readonly string[]): Result<never, JournalError> | null {
  if (!isId(stageId)) return refuse('badArguments', 'stageId is no UUID');
  let total = 0;
  for (const line of lines) {
    total += line.length + 1;
    if (line.length > HOST_LIMITS.stageLine || total > HOST_LIMITS.stageChunk) return refuse('tooLarge', 'stage');
    if (line.includes('\n')) return refuse('badArguments', 'a stage line holds a newline');
  }
  return null;
}

/** The JSON of a draft, or why it can't be kept. */
export function encodeDraft(draft: Draft): Result<string, JournalError> {
  if (!isId(draft.id)) return refuse('badArguments', 'draft id is no UUID');
  const text = JSON.stringify(draft);
  return text.length > HOST_LIMITS.draft ? refuse('tooLarge', 'draft') : ok(text);
}

/** When a frame consumed its draft. A draft touched later than this is a new text under an old id, and is kept. */
export const consumedAt = ({ command, body }: Pick<Frame, 'command' | 'body'>): Instant =>
  command?.recordedAt ?? recordedAtOf(body) ?? Number.MAX_SAFE_INTEGER;

const recordedAtOf = (body: unknown): Instant | null =>
  body instanceof Object && 'recordedAt' in body && typeof body.recordedAt === 'number' ? body.recordedAt : null;

/** The JSON of a settings object, or why it can't be kept. */
export function encodeSettings(values: Readonly<Record<string, unknown>>): Result<string, JournalError> {
  const text = JSON.stringify(values);
  return text.length > HOST_LIMITS.settings ? refuse('tooLarge', 'settings') : ok(text);
}

/** A manifest names only what can lie in a store: ids, SHA-256 names of pages, a bounded number of them. */
export function manifestFault(manifest: SnapshotManifest): Result<never, JournalError> | null {
  if (!isId(manifest.snapshotId) || !isId(manifest.journalId)) return refuse('badArguments', 'id');
  if (manifest.pages.length > HOST_LIMITS.pagesPerSnapshot) return refuse('tooLarge', 'pages');
  return manifest.pages.every((page) => isPageHash(page.hash)) ? null : refuse('badArguments', 'page hash');
}
