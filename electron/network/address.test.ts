import { expect, test } from 'vitest';
import { isSpokenTo, originOf } from './address.ts';

test.each([
  ['desk.example.org', 'https://desk.example.org'],
  [' https://Desk.example.org/ ', 'https://desk.example.org'],
  ['desk.example.org:8443', 'https://desk.example.org:8443'],
  ['https://desk.example.org:443', 'https://desk.example.org'],
  ['http://127.0.0.1:8460', 'http://127.0.0.1:8460'],
  ['http://localhost:8460/', 'http://localhost:8460'],
  ['http://[::1]:8460', 'http://[::1]:8460'],
  ['https://büro.example', 'https://xn--bro-hoa.example'],
])('%j is the server at %s', (typed, origin) => {
  expect(originOf(typed)).toEqual({ ok: true, value: origin });
});

test.each([
  ['http://desk.example.org', 'notSecure'],
  ['http://192.168.1.10', 'notSecure'],
  ['http://127.0.0.1.example.org', 'notSecure'],
  ['http://localhost.example.org', 'notSecure'],
  ['', 'badAddress'],
  ['https://', 'badAddress'],
  ['https://a b', 'badAddress'],
  ['ftp://desk.example.org', 'badAddress'],
  ['file:///etc/passwd', 'badAddress'],
  ['javascript:alert(1)', 'badAddress'],
  ['https://desk.example.org/portal', 'badAddress'],
  ['https://desk.example.org/?a=1', 'badAddress'],
  ['https://desk.example.org/#a', 'badAddress'],
  ['https://mia:secret@desk.example.org', 'badAddress'],
])('%j is refused as %s', (typed, code) => {
  expect(originOf(typed)).toEqual({ ok: false, error: { code } });
});

test.each([
  ['https://desk.example.org/api', true],
  ['http://127.0.0.1:1/api', true],
  ['http://desk.example.org/api', false],
  ['ws://127.0.0.1', false],
  ['file:///etc/passwd', false],
  ['nonsense', false],
])('a request to %s may go out: %s', (url, may) => {
  expect(isSpokenTo(url)).toBe(may);
});
