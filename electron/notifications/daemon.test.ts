import { expect, test } from 'vitest';
import { forDaemon } from '#electron/notifications/daemon.ts';

test('a daemon that reads markup gets the words without it, any other gets them as they are', () => {
  const body = '<a href="x">Mail & more</a>';
  expect(forDaemon({ readsMarkup: true }, body)).toBe('&lt;a href="x"&gt;Mail &amp; more&lt;/a&gt;');
  expect(forDaemon({ readsMarkup: false }, body)).toBe(body);
});
