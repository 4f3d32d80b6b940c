import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fileFor, mimeTypeOf } from '#electron/protocol/resources.ts';

const root = join('/opt', 'deskbell', 'renderer');

describe('files of the application', () => {
  test('a built file is found below the root', () => {
    expect(fileFor(root, '/desk.html')).toBe(join(root, 'desk.html'));
    expect(fileFor(root, '/assets/desk-BvtRvVA_.js')).toBe(join(root, 'assets', 'desk-BvtRvVA_.js'));
  });

  test.each([
    '',
    '/',
    '//',
    '/assets/',
    '/../main/index.cjs',
    '/..%2fpackage.json',
    '/%2e%2e/package.json',
    '/assets/../../main/index.js',
    '/assets/..\\..\\x.js',
    '/.hidden.js',
    '/assets/.env.json',
    '/C:/windows/x.txt',
    '//server/share/x.js',
    '/desk.html\0.js',
    '/desk.html ',
    '/index.cjs',
    '/package',
    '/x.exe',
    '/déjà.html',
  ])('%j is nothing we serve', (path) => {
    expect(fileFor(root, path)).toBeUndefined();
  });

  test('no path whatever leads outside the root', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (tail) => {
        const file = fileFor(root, `/${tail}.js`);
        if (file !== undefined) expect(file.startsWith(join(root, '/'))).toBe(true);
      }),
    );
  });

  test('every kind has its MIME type, whatever the case of its name', () => {
    expect(mimeTypeOf('a.HTML')).toBe('text/html; charset=utf-8');
    expect(mimeTypeOf('a.woff2')).toBe('font/woff2');
    expect(mimeTypeOf('a')).toBeUndefined();
  });
});
