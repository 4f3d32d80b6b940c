import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { activityId, nameBasedId, systemCommandId } from '#domain/activity/ids.ts';
import { sha256 } from '#domain/activity/sha256.ts';
import { utf8 } from '#domain/activity/utf8.ts';

const hexOf = (words: Uint32Array) => [...words].map((word) => word.toString(16).padStart(8, '0')).join('');

describe('ids from names', () => {
  it('hashes like the platform does, at every length around a block', () => {
    for (let length = 0; length < 200; length++) {
      const bytes = new Uint8Array(length).map((_, i) => (i * 31 + length) % 256);
      expect(hexOf(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
    const long = new Uint8Array(100_003).fill(7);
    expect(hexOf(sha256(long))).toBe(createHash('sha256').update(long).digest('hex'));
  });

  it('encodes text as the platform does', () => {
    for (const text of ['', 'plain', 'Zürich', '日本語', 'emoji 🙈 end', '\u0000\u007f\u0080\u07ff\u0800\uffff']) {
      expect([...utf8(text)]).toEqual([...Buffer.from(text)]);
    }
  });

  it('keeps texts apart that differ only in a lone surrogate', () => {
    expect(nameBasedId('n', '\ud800')).not.toBe(nameBasedId('n', '\udfff'));
  });

  it('makes UUIDs of version 8', () => {
    const form = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    for (let i = 0; i < 500; i++) expect(nameBasedId('n', i)).toMatch(form);
  });

  it('gives the same name the same id for good', () => {
    expect(nameBasedId('incident', 'uci', 'INC0000045')).toBe(nameBasedId('incident', 'uci', 'INC0000045'));
    expect(activityId('command', 0)).toBe('a9c4a5c6-10f7-83cd-9672-6f51dc642854');
  });

  it('does not mistake where one part ends and the next begins', () => {
    expect(nameBasedId('n', 'ab', 'c')).not.toBe(nameBasedId('n', 'a', 'bc'));
    expect(nameBasedId('n', 'ab')).not.toBe(nameBasedId('n', 'ab', ''));
    expect(nameBasedId('n', '1:a')).not.toBe(nameBasedId('n', '1', 'a'));
    expect(systemCommandId('a', 'b', 'c')).not.toBe(activityId('a', 0));
  });

  it('never makes one id of two of 150,000 names', () => {
    const ids = new Set<string>();
    for (let i = 0; i < 150_000; i++) ids.add(nameBasedId('observed', 'INC0000045', i));
    expect(ids.size).toBe(150_000);
  });
});
