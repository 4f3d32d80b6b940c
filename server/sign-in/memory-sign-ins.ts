import type { Begun, Passed, SignInStore } from './sign-in-store.ts';

/** Sign-ins in their simplest form: maps. For tests. */
export function createMemorySignIns(): SignInStore {
  const begun = new Map<string, Begun>();
  const passed = new Map<string, Passed>();
  const forget = (rows: Map<string, { readonly expiresAt: number }>, now: number) => {
    for (const [key, { expiresAt }] of rows) if (expiresAt <= now) rows.delete(key);
  };
  const take = <T extends { readonly expiresAt: number }>(rows: Map<string, T>, key: string, now: number): T | null => {
    const row = rows.get(key);
    rows.delete(key);
    return row !== undefined && row.expiresAt > now ? row : null;
  };
  return {
    begin: async (row, now, most) => {
      forget(begun, now);
      if (begun.size >= most) return false;
      begun.set(row.stateHash, row);
      return true;
    },
    takeBegun: async (stateHash, now) => take(begun, stateHash, now),
    pass: async (row, now) => {
      forget(passed, now);
      passed.set(row.codeHash, row);
    },
    takePassed: async (codeHash, now) => take(passed, codeHash, now),
  };
}
