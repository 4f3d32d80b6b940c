import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BaseLocator } from './base-locator.ts';
import { idHash } from './id-hash.ts';

const pages = fc.uniqueArray(fc.uuid(), { maxLength: 60 }).map((ids) => {
  const rows = [];
  for (let at = 0; at < ids.length; at += 7) rows.push({ page: `p${at}`, ids: ids.slice(at, at + 7) });
  return rows;
});
const hashed = ({ page, ids }: { page: string; ids: string[] }) => ({ page, hashes: Uint32Array.from(ids, idHash) });

it('finds the page of every id, whether it was there at first or came later', () => {
  fc.assert(
    fc.property(pages, pages, fc.uuid(), (first, later, stranger) => {
      const locator = BaseLocator.of(first.map(hashed));
      const added = later.map((row) => ({ ...row, page: `later ${row.page}` }));
      for (const row of added) locator.add(hashed(row));
      for (const { page, ids } of [...first, ...added]) {
        for (const id of ids) expect(locator.candidates(id)).toContain(page);
      }
      const known = [...first, ...added].flatMap((row) => row.ids);
      if (!known.some((id) => idHash(id) === idHash(stranger))) expect(locator.candidates(stranger)).toEqual([]);
    }),
  );
});

it('hashes an id the same way for good, because hashes are stored', () => {
  expect(idHash('')).toBe(0x811c9dc5);
  expect(idHash('a')).toBe(0xe40c292c);
  expect(idHash('foobar')).toBe(0xbf9cf968);
});
