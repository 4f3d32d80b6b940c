/** What a run is asked to measure. */
export interface Wanted {
  readonly json: boolean;
  /** Null: everything that a whole run measures. */
  readonly only: readonly string[] | null;
  /** Null: each measurement's own sizes. */
  readonly n: number | null;
}

export type ReadArguments =
  | { readonly ok: true; readonly wanted: Wanted }
  | { readonly ok: false; readonly says: string };

const refuse = (says: string): ReadArguments => ({ ok: false, says });

/** `--json`, `--only ID,ID`, `--n 100000`; both `--n=5` and `--n 5`. */
export const readArguments = (words: readonly string[], known: readonly string[]): ReadArguments => {
  let [json, only, n]: [boolean, string[] | null, number | null] = [false, null, null];
  const waiting = words.flatMap((word) =>
    /^--\w+=/.test(word) ? [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] : [word],
  );
  while (waiting.length > 0) {
    const word = waiting.shift();
    if (word === '--json') json = true;
    else if (word === '--only') only = [...(only ?? []), ...(waiting.shift() ?? '').split(',').filter(Boolean)];
    else if (word === '--n') n = Number(waiting.shift());
    else return refuse(`${word} is not an argument of the benchmarks: --json, --only ID,…, --n incidents`);
  }
  if (n !== null && !(Number.isInteger(n) && n > 0)) return refuse('--n takes a whole number of incidents');
  const unknown = (only ?? []).filter((id) => !known.includes(id));
  if (only?.length === 0) return refuse(`--only takes one or more of ${known.join(', ')}`);
  if (unknown.length > 0) return refuse(`Not measured (yet): ${unknown.join(', ')}. Measured are ${known.join(', ')}.`);
  return { ok: true, wanted: { json, only, n } };
};
