/** What lies in an import stage, one JSON line each; the same page text serves snapshots. Written once, read at rebuild. */

import type { Activity, Id } from '#domain/activity/activity.ts';
import type { BasePage } from '#renderer/data/base-pages.ts';
import { fromBase64, toBase64 } from '#renderer/data/packed-lines.ts';
import type { BasePageRow } from '#renderer/data/rows.ts';
import type { DirectoryEntry } from './import/adoption.ts';

export type StageLine =
  | { readonly line: 'page'; readonly page: BasePage }
  | { readonly line: 'directory'; readonly entries: readonly DirectoryEntry[] }
  | { readonly line: 'grown'; readonly incidentId: Id; readonly activities: readonly Activity[] };

/**
 * `body` of `adoptBegin` and `adoptCommit`: `beginLsn` is the seq that the activities of the pages carry. `adoptBegin`
 * also names the person who imports (`by`, null for sample data).
 */
export interface AdoptBody {
  readonly stageId: Id;
  readonly beginLsn: number;
}

interface PageLine {
  readonly line: 'page';
  readonly head: Omit<BasePageRow, 'rows'>;
  /** Packed lines as base64. */
  readonly rows: readonly string[];
  readonly history: string;
}

export function pageText({ page: { rows, ...head }, history }: BasePage): string {
  return JSON.stringify({
    line: 'page',
    head,
    rows: rows.map(toBase64),
    history: toBase64(history.lines),
  } satisfies PageLine);
}

/** Text made here and checked by the machine's checksums: its shape is trusted, its kind is looked at. */
export function parseStageLine(text: string): StageLine {
  const parsed: PageLine | Exclude<StageLine, { line: 'page' }> = JSON.parse(text);
  if (parsed.line !== 'page') return parsed;
  const page = { ...parsed.head, rows: parsed.rows.map(fromBase64) };
  return { line: 'page', page: { page, history: { page: page.page, lines: fromBase64(parsed.history) } } };
}

export const adoptBody = (body: unknown): AdoptBody | null =>
  body instanceof Object &&
  'stageId' in body &&
  typeof body.stageId === 'string' &&
  'beginLsn' in body &&
  typeof body.beginLsn === 'number'
    ? { stageId: body.stageId, beginLsn: body.beginLsn }
    : null;
