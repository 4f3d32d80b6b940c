import { execFile, spawn } from 'node:child_process';
import { fsyncSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { EMBEDDED_VERSION, openFolder, versionOf } from './durable-folder.ts';
import { lockFolder } from './folder-lock.ts';
import { openStore } from './open.ts';
import { opened } from './testing/stores.suite.ts';

const emptyFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'deskbell-folder-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

it('keeps a second process, and a second store of this one, out of the folder', async () => {
  const folder = emptyFolder();
  const unlock = lockFolder(folder);
  expect(await openStore({ kind: 'folder', folder })).toEqual({ ok: false, error: { code: 'folderInUse' } });
  const question = `import { lockFolder } from ${JSON.stringify(join(import.meta.dirname, 'folder-lock.ts'))};
    process.stdout.write(lockFolder(${JSON.stringify(folder)}) === null ? 'locked' : 'free');`;
  const ask = async () => (await promisify(execFile)(process.execPath, ['--input-type=module', '-e', question])).stdout;
  expect(await ask()).toBe('locked');
  unlock?.();
  expect(await ask()).toBe('free');
});

it('reaches the disk with every commit', async () => {
  const folder = join(emptyFolder(), 'database');
  let syncs = 0;
  const database = await openFolder(folder, (descriptor) => {
    syncs += 1;
    fsyncSync(descriptor);
  });
  await database.exec('create table things (name text)');
  const before = syncs;
  for (let at = 0; at < 5; at += 1) await database.query('insert into things values ($1)', ['x']);
  expect(syncs - before).toBeGreaterThanOrEqual(5);
  await database.close();
});

it('begins anew after a first start that was interrupted', async () => {
  const folder = emptyFolder();
  const unfinished = join(folder, 'database.unfinished');
  mkdirSync(unfinished);
  writeFileSync(join(unfinished, 'PG_VERSION'), '17\n');
  const store = await opened({ kind: 'folder', folder });
  expect(await store.log.read(async ({ head }) => head.seq)).toBe(0);
  await store.close();
  expect(
    readdirSync(folder)
      .filter((name) => name !== 'lock-journal')
      .toSorted(),
  ).toEqual(['database', 'lock']);
});

it('SPEC 3.5: has everything that was answered when its process is killed and another starts', async () => {
  const folder = emptyFolder();
  const kept: string[] = [];
  for (const device of ['first', 'second']) {
    const script = join(import.meta.dirname, 'testing/embedded-pusher.suite.ts');
    const child = spawn(process.execPath, [script, folder, device], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    let told = 0;
    for await (const line of createInterface(child.stdout)) {
      kept.push(line);
      told += 1;
      if (told === 40) child.kill('SIGKILL');
    }
    await ended;
  }
  const store = await opened({ kind: 'folder', folder });
  const found = await store.log.read(async (reader) => ({
    seqs: (await reader.activitiesAfter(0, reader.head.seq, 1_000)).map(({ seq }) => seq),
    records: (await reader.records()).map(({ seq, record }) => `accepted ${record.id} ${seq}`),
  }));
  await store.close();
  expect(kept.length).toBeGreaterThanOrEqual(80);
  expect(found.records).toEqual(expect.arrayContaining(kept));
  expect(found.seqs).toEqual(found.seqs.map((_, at) => at + 1));
});

it('refuses a folder of another PostgreSQL by name, and leaves it as it is', async () => {
  const folder = emptyFolder();
  await (await opened({ kind: 'folder', folder })).close();
  const database = join(folder, 'database');
  expect(versionOf(database)).toBe(EMBEDDED_VERSION);
  writeFileSync(join(database, 'PG_VERSION'), '17\n');
  const refusal = { code: 'otherVersion', found: '17', embedded: EMBEDDED_VERSION };
  for (let tries = 0; tries < 2; tries += 1) {
    expect(await openStore({ kind: 'folder', folder })).toEqual({ ok: false, error: refusal });
  }
  expect(versionOf(database)).toBe('17');
  writeFileSync(join(database, 'PG_VERSION'), `${EMBEDDED_VERSION}\n`);
  await (await opened({ kind: 'folder', folder })).close();
});
