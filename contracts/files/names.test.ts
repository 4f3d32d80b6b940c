import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeName } from './names.ts';

describe('the name of a file', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['Grüße  aus Köln.txt', 'Grüße aus Köln.txt'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\system32\\cmd.exe', 'cmd.exe'],
    ['.bashrc', 'bashrc'],
    ['..', 'file'],
    ['', 'file'],
    ['a/', 'file'],
    ['a\0b\r\nc.txt', 'abc.txt'],
    ['photo\u202egpj.exe', 'photogpj.exe'],
    ['NUL', '_NUL'],
    ['con.txt', '_con.txt'],
    ['what? "is" <this>|*.txt', 'what is this.txt'],
    ['end. . .', 'end'],
    [`${'x'.repeat(300)}.tar`, `${'x'.repeat(146)}.tar`],
    ['😀'.repeat(200), '😀'.repeat(150)],
  ])('SPEC 17.8: %j is saved as %j', (name, safe) => {
    expect(safeName(name)).toBe(safe);
  });

  it('SPEC 17.8: is safe whatever it was, and stays as it is from then on', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const safe = safeName(name);
        expect(safe).toMatch(/^[^\p{Cc}\p{Cf}<>:"|?*\\/.\s][^\p{Cc}\p{Cf}<>:"|?*\\/]*$/u);
        expect(safe).toMatch(/[^.\s]$/u);
        expect([...safe].length).toBeLessThanOrEqual(151);
        expect(safeName(safe)).toBe(safe);
      }),
    );
  });
});
