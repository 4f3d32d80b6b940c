import type { QueueRow } from '#contracts/engine/protocol.ts';

/** A stretch of a list as the engine last told it. */
export interface ListPart {
  readonly total: number;
  readonly from: number;
  readonly rows: readonly QueueRow[];
  /** The log position it reflects. */
  readonly lsn: number;
}

/** Nothing moved; one of the parts may reach further because more of the list is in sight. */
export function sameOrder(a: ListPart, b: ListPart): boolean {
  const both = Math.min(a.rows.length, b.rows.length);
  return a.total === b.total && a.rows.slice(0, both).every((row, index) => row.id === b.rows[index]?.id);
}

const isSameRow = (a: QueueRow, b: QueueRow): boolean =>
  (Object.keys(b) as (keyof QueueRow)[]).every((field) => Object.is(a[field], b[field]));

/** The fresh part with every unchanged row as the very object shown before, so that only changed rows draw again. */
export function keepUnchanged(shown: ListPart | undefined, fresh: ListPart): ListPart {
  if (!shown) return fresh;
  const before = new Map(shown.rows.map((row) => [row.id, row]));
  const rows = fresh.rows.map((row) => {
    const was = before.get(row.id);
    return was && isSameRow(was, row) ? was : row;
  });
  return { ...fresh, rows };
}

/** The shown rows in their places, each with its newest content. */
export function renewInPlace(shown: ListPart, fresh: ListPart): ListPart {
  const newest = new Map(fresh.rows.map((row) => [row.id, row]));
  return { ...shown, rows: shown.rows.map((row) => newest.get(row.id) ?? row) };
}

/** How many rows would come, go or change places: the number in "4 changes, show". */
export function countChanges(shown: ListPart, fresh: ListPart): number {
  const before = new Set(shown.rows.map((row) => row.id));
  const after = new Set(fresh.rows.map((row) => row.id));
  const came = fresh.rows.filter((row) => !before.has(row.id)).length;
  const went = shown.rows.filter((row) => !after.has(row.id)).length;
  // A full window pushes one row out for each that comes in; that is one change, not two.
  const exchanged = Math.max(came, went, Math.abs(fresh.total - shown.total));
  if (exchanged > 0) return exchanged;
  const moved = fresh.rows.filter((row, index) => shown.rows[index]?.id !== row.id).length;
  return Math.max(1, Math.ceil(moved / 2));
}
