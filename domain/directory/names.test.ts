import { describe, expect, it } from 'vitest';
import { foldedName, NAME_LIMIT, nameFlaw } from '#domain/directory/names.ts';
import { TEXT_LIMITS } from '#domain/incident/fields.schema.ts';

describe('the name of a directory record', () => {
  it('is missing when nothing of it can be seen', () => {
    for (const name of ['', '   ', '\t\n', '\u00a0\u2003', '\u200b\u200d']) expect(nameFlaw(name)).toBe('missing');
    for (const name of ['x', ' Network ', '٤', '网']) expect(nameFlaw(name)).toBeNull();
  });

  it('is too long from where a command refuses it', () => {
    expect(NAME_LIMIT).toBe(TEXT_LIMITS.name);
    expect(nameFlaw('n'.repeat(NAME_LIMIT))).toBeNull();
    expect(nameFlaw('n'.repeat(NAME_LIMIT + 1))).toBe('tooLong');
  });

  it('is the same to a reader whatever its case, spaces and way to write an accent', () => {
    const written = ['Café Nord', ' CAFÉ  nord', 'Cafe\u0301\u00a0Nord'];
    expect(new Set(written.map(foldedName)).size).toBe(1);
    expect(foldedName('Cafe Nord')).not.toBe(foldedName('Café Nord'));
    expect(foldedName(null)).toBe('');
  });
});
