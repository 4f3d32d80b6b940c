import { describe, expect, test } from 'vitest';
import { mayNavigate } from '#electron/windows/navigation-policy.ts';

describe('where a page may go', () => {
  test('to itself: a reload, or another fragment', () => {
    expect(mayNavigate('desk.html', 'app://deskbell/desk.html')).toBe(true);
    expect(mayNavigate('desk.html', 'app://deskbell/desk.html#queue')).toBe(true);
  });

  test.each([
    '',
    'about:blank',
    'app://deskbell/',
    'app://deskbell/engine.html',
    'app://deskbell/desk.html/../engine.html',
    'app://deskbell/desk.html?x=1',
    'app://deskbell:80/desk.html',
    'app://user@deskbell/desk.html',
    'app://deskbell.evil/desk.html',
    'app://evil/desk.html',
    'appx://deskbell/desk.html',
    'https://deskbell/desk.html',
    'http://localhost/desk.html',
    'file:///opt/deskbell/desk.html',
    'javascript:alert(1)',
    'data:text/html,<h1>x',
    'blob:app://deskbell/1b2c',
    'view-source:app://deskbell/desk.html',
    'chrome://settings',
    'devtools://devtools/bundled/inspector.html',
    'deskbell://incident/INC0012345',
    '//deskbell/desk.html',
    'desk.html',
  ])('not to %j', (target) => {
    expect(mayNavigate('desk.html', target)).toBe(false);
  });
});
