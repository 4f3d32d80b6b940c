import { expect, test } from 'vitest';
import { ledgerFile } from './attachments-under-test.suite.ts';
import { Ledger } from './ledger.ts';

const upload = {
  person: 'anna',
  incidentId: 'incident 1',
  sha256: 'a'.repeat(64),
  name: 'log.txt',
  visibility: 'internal',
  begun: null,
} as const;

test('an upload that the disk did not take waits for nothing, and is taken when it is asked for again', async () => {
  const file = ledgerFile();
  let isFull = true;
  const write = (value: unknown) => (isFull ? Promise.reject(new Error('no room')) : file.write(value));
  const ledger = new Ledger({ read: file.read, write });
  await expect(ledger.addUpload(upload)).rejects.toThrow('no room');
  expect(ledger.uploads).toEqual([]);
  isFull = false;
  expect(await ledger.addUpload(upload)).toBe(true);
  expect(await ledger.addUpload(upload)).toBe(false);
  expect(new Ledger(file).uploads).toEqual([upload]);
});
