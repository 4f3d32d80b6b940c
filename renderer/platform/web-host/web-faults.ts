import { Dexie } from 'dexie';
import type { JournalError } from '#contracts/host/engine-host.ts';
import { refuse } from '#contracts/host/host-rules.ts';
import type { Result } from '#domain/result.ts';
import type { JournalDatabase } from './journal-database.ts';

/** Thrown inside a transaction to end it with nothing kept and a coded answer. */
export class Refused extends Error {
  readonly error: JournalError;
  constructor(error: JournalError) {
    super(error.code);
    this.error = error;
  }
}

/** Names of an error and of everything inside it: Dexie wraps what the browser said, in bulk work several times. */
function namesOf(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error || error instanceof DOMException) || depth > 4) return [];
  const { inner, failures } = error as { inner?: unknown; failures?: unknown };
  const inside = [inner, ...(Array.isArray(failures) ? failures.slice(0, 3) : [])];
  return [error.name, ...inside.flatMap((one) => namesOf(one, depth + 1))];
}

function faultOf(error: unknown): JournalError {
  if (error instanceof Refused) return error.error;
  if (!(error instanceof Dexie.DexieError || error instanceof DOMException)) throw error;
  const names = namesOf(error);
  if (names.includes('QuotaExceededError')) return { code: 'diskFull', detail: 'QuotaExceededError' };
  if (names.includes('VersionError')) return { code: 'newerFormat', detail: 'database' };
  return { code: 'ioError', detail: names.at(-1) ?? error.name };
}

/** Runs work on the database and answers with its coded result; what is no failure of the store goes on being thrown. */
export async function coded<T>(
  db: JournalDatabase,
  work: () => Promise<Result<T, JournalError>>,
): Promise<Result<T, JournalError>> {
  try {
    if (await db.isNewer()) return refuse('newerFormat', 'database');
    return await work();
  } catch (error) {
    const { code, detail } = faultOf(error);
    return refuse(code, detail);
  }
}

/** A transaction over everything that only the engine with the current fence may make. A refusal in it undoes it. */
export function guarded<T>(
  db: JournalDatabase,
  fence: number,
  work: () => Promise<Result<T, JournalError>>,
): Promise<Result<T, JournalError>> {
  return coded(db, () =>
    db.transaction('rw', db.tables, async () => {
      if ((await db.journalRow())?.fence !== fence) return refuse('staleFence');
      const result = await work();
      if (!result.ok) throw new Refused(result.error);
      return result;
    }),
  );
}
