// Before Dexie, which looks for the browser's database once, when it is loaded.
import 'fake-indexeddb/auto';
import { DeskDb } from '#renderer/data/desk-db.ts';

/** What must be the same however the database came about. Kept indexes and saving times may differ. */
const COMPARED = [
  'basePages',
  'baseHistories',
  'baseHashes',
  'incidents',
  'activities',
  'directory',
  'commands',
  'alerts',
  'sync',
] as const;

/** All rows of all tables, as plain values. */
export async function tablesOf(databaseName: string): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const db = new DeskDb(databaseName);
  await db.open();
  const tables: Record<string, readonly unknown[]> = {};
  for (const name of COMPARED) tables[name] = (await db.table(name).toArray()).map(plain);
  const meta = await db.meta.toArray();
  tables.meta = meta.map((row) =>
    row.key === 'applied' && 'savedAt' in row.value ? { ...row, value: { ...row.value, savedAt: null } } : row,
  );
  db.close();
  return tables;
}

/** Typed arrays as plain ones: the fake database hands out those of another realm. */
function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as Uint8Array);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

/** Overwrites rows behind the engine's back. */
export async function tamper(databaseName: string, change: (db: DeskDb) => Promise<unknown>): Promise<void> {
  const db = new DeskDb(databaseName);
  await db.open();
  await change(db);
  db.close();
}
