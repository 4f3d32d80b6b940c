import { expect, test, vi } from 'vitest';

vi.mock('electron', () => ({}));
const { plainFileName } = await import('#electron/files/personal-files.ts');

test.each([
  ['refused rows.csv', 'refused rows.csv'],
  ['Störungen (März).csv', 'Störungen (März).csv'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Windows\\system32\\x.dll', 'x.dll'],
  ['.bashrc', 'bashrc'],
  ['a\0b|c?.csv', 'a-b-c-.csv'],
  ['\u202egnp.exe', '-gnp.exe'],
  ['', 'deskbell.txt'],
  ['../..', 'deskbell.txt'],
])('a page that suggests %j gets %j', (suggested, name) => {
  expect(plainFileName(suggested)).toBe(name);
});
