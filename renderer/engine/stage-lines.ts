/** What lies in an import stage, one JSON line each; the same page text serves snapshots. Written once, read at rebuild. */

import type { Activity, Id } from '#domain/activity/activity.ts';
import type { BasePage } from '#renderer/data/base-pages.ts';
import type { DirectoryEntry } from './import/adoption.ts';

export type StageLine =
  | { readonly line: 'page'; readonly page: BasePage }
  | { readonly line: 'directory'; readonly entries: readonly DirectoryEntry[] }
  | { readonly line: 'grown'; readonly incidentId: Id; readonly activities: readonly Activity[] };

/** `body` of `adoptBegin` and `adoptCommit`: `beginLsn` is the seq that the activities of the pages carry. */
export interface AdoptBody {
  readonly stageId: Id;
  readonly beginLsn: number;
}

/** Rows and timelines are JSON already, so the line is put together without parsing them again. */
export function pageText({ page, history }: BasePage): string {
  const { page: key, stageId, lsn, ids } = page;
  const head = JSON.stringify({ page: key, stageId, lsn, ids }).slice(0, -1);
  return `{"line":"page","head":${head}},"rows":[${page.rows.join(',')}],"lines":[${history.lines.join(',')}]}`;
}

interface PageText {
  readonly line: 'page';
  readonly head: { readonly page: string; readonly stageId: Id; readonly lsn: number; readonly ids: readonly Id[] };
  readonly rows: readonly unknown[];
  readonly lines: readonly unknown[];
}

/** Text made here and checked by the machine's checksums: its shape is trusted, its kind is looked at. */
export function parseStageLine(text: string): StageLine {
  const parsed: PageText | Exclude<StageLine, { line: 'page' }> = JSON.parse(text);
  if (parsed.line !== 'page') return parsed;
  const rows = parsed.rows.map((row) => JSON.stringify(row));
  const lines = parsed.lines.map((line) => JSON.stringify(line));
  return { line: 'page', page: { page: { ...parsed.head, rows }, history: { page: parsed.head.page, lines } } };
}

export const adoptBody = (body: unknown): AdoptBody | null =>
  body instanceof Object &&
  'stageId' in body &&
  typeof body.stageId === 'string' &&
  'beginLsn' in body &&
  typeof body.beginLsn === 'number'
    ? { stageId: body.stageId, beginLsn: body.beginLsn }
    : null;
