import { expect, it } from 'vitest';
import { BlockCache } from './block-cache.ts';

const said = (length: number) => new Map([['i', 'x'.repeat(length)]]);
const held = (cache: BlockCache) => [1, 2, 3, 4, 5].filter((block) => cache.get(block) !== undefined);

it('keeps the blocks read last: not too many, and not too long together', () => {
  const cache = new BlockCache(3, 100);
  for (const block of [1, 2, 3, 4]) cache.set(block, said(10));
  expect(held(cache)).toEqual([2, 3, 4]);
  cache.set(5, said(85));
  expect(held(cache)).toEqual([4, 5]);
  cache.delete(4);
  cache.set(3, said(15));
  cache.set(3, said(15));
  expect(held(cache)).toEqual([3, 5]);
});

it('keeps one that is too long by itself until another is read', () => {
  const cache = new BlockCache(3, 100);
  cache.set(1, said(10));
  cache.set(2, said(500));
  expect(held(cache)).toEqual([2]);
  cache.set(3, said(10));
  expect(held(cache)).toEqual([3]);
});
