import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '#build/system/places.ts';

const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** The rules of sync/SPEC.md, as `section.number`. */
function rules(): readonly string[] {
  let section = '';
  return read('sync/SPEC.md')
    .split('\n')
    .flatMap((line) => {
      section = /^## (\d+)/.exec(line)?.[1] ?? section;
      const number = /^(\d+)\. /.exec(line)?.[1];
      return number === undefined ? [] : [`${section}.${number}`];
    });
}

/** Those that the titles of tests name. */
function cited(): ReadonlySet<string> {
  const folders = '{sync,server,electron,renderer,domain,contracts,e2e}';
  const files = globSync(`${folders}/**/*.{test,suite,e2e}.{ts,tsx}`, { cwd: root });
  const titles = files.flatMap((file) => read(file).match(/SPEC \d+\.\d+(?:(?:, | and )\d+\.\d+)*/g) ?? []);
  return new Set(titles.flatMap((title) => title.match(/\d+\.\d+/g) ?? []));
}

test('every rule of how machines agree is cited by a test that proves it, and no test cites a rule that is not there', () => {
  const [known, named] = [rules(), cited()];
  expect(known.length).toBeGreaterThan(100);
  expect(known.filter((rule) => !named.has(rule))).toEqual([]);
  expect([...named].filter((rule) => !known.includes(rule))).toEqual([]);
});
