import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { errorFields } from '#electron/logs/error-fields.ts';
import { formatLine, openLog } from '#electron/logs/log.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskbell-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const read = () => readFileSync(join(folder, 'deskbell.log'), 'utf8');

describe('the log', () => {
  test('a line is JSON with its time, level, event and fields', async () => {
    const { log, settled } = openLog(folder, () => new Date(0));
    log('warn', 'engine.lost', { delay: 500 });
    await settled();
    expect(read()).toBe('{"at":"1970-01-01T00:00:00.000Z","level":"warn","event":"engine.lost","delay":500}\n');
  });

  test('lines keep their order, however they come', async () => {
    const { log, settled, flush } = openLog(folder);
    for (let n = 0; n < 50; n += 1) log('info', 'n', { n });
    await settled();
    for (let n = 50; n < 60; n += 1) log('info', 'n', { n });
    flush();
    const seen = read()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).n);
    expect(seen).toEqual(Array.from({ length: 60 }, (_, n) => n));
  });

  test('five files of about a megabyte are kept, the oldest goes', async () => {
    const { log, settled } = openLog(folder);
    const filler = 'x'.repeat(400);
    for (let file = 0; file < 8; file += 1) {
      for (let n = 0; n < 2_400; n += 1) log('info', 'fill', { file, filler });
      await settled();
    }
    const names = readdirSync(folder).sort();
    expect(names).toEqual(['deskbell.1.log', 'deskbell.2.log', 'deskbell.3.log', 'deskbell.4.log', 'deskbell.log']);
    for (const name of names) expect(statSync(join(folder, name)).size).toBeLessThan(2.5 * 1024 * 1024);
  });

  test('a folder that vanished stops nothing', async () => {
    const { log, settled, flush } = openLog(join(folder, 'gone'));
    rmSync(join(folder, 'gone'), { recursive: true });
    log('info', 'x');
    await settled();
    log('info', 'y');
    flush();
  });

  test('a folder that can’t be made stops nothing', async () => {
    writeFileSync(join(folder, 'logs'), 'in the way');
    const { log, settled, flush } = openLog(join(folder, 'logs'));
    log('info', 'x');
    await settled();
    log('info', 'y');
    flush();
  });

  test('long fields are cut', () => {
    expect(formatLine(new Date(0), 'info', 'x', { text: 'y'.repeat(9_999) }).length).toBeLessThan(700);
  });
});

test('of an error only name, code and own frames are told, never its message', () => {
  const error = Object.assign(new Error('Frau Müller cannot log in\n    at her desk'), { code: 'ENOSPC' });
  const fields = errorFields(error);
  expect(fields).toMatchObject({ error: 'Error', code: 'ENOSPC' });
  expect(JSON.stringify(fields)).not.toContain('Müller');
  expect(errorFields('text of an incident')).toEqual({ error: 'string', code: '', at: '' });
});
