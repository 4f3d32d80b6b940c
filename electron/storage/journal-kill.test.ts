import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { must, readAll } from '#contracts/host/host-samples.suite.ts';
import { loopFrame } from './append-loop.suite.ts';
import { asHost, openQuietly, temporaryFolder } from './test-host.suite.ts';

/** Lets a process append until it printed `lines` confirmations, kills it, and answers the last lsn it confirmed. */
function appendAndKill(folder: string, lines: number): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'append-loop.suite.ts'), folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let complaint = '';
  child.stderr.on('data', (data) => {
    complaint += data;
  });
  child.stdout.on('data', (data) => {
    printed += data;
    if (printed.split('\n').length > lines) child.kill('SIGKILL');
  });
  return new Promise((resolve, reject) => {
    child.on('close', (_, signal) => {
      const confirmed = Number(printed.trim().split('\n').at(-1));
      if (signal === 'SIGKILL') resolve(confirmed);
      else reject(new Error(complaint));
    });
  });
}

test('ten processes killed while they append leave every confirmed frame, in order, unchanged', async () => {
  const folder = await temporaryFolder();
  for (let round = 0; round < 10; round += 1) {
    const confirmed = await appendAndKill(folder, 1 + ((round * 7) % 25));
    const storage = await openQuietly(folder);
    const opening = must(await storage.journal.open());
    expect(opening.quarantined).toEqual([]);
    expect(opening.lastLsn).toBeGreaterThanOrEqual(confirmed);
    const found = await readAll(asHost(storage), 1);
    expect(found).toEqual(Array.from({ length: opening.lastLsn }, (_, index) => loopFrame(index + 1)));
    await storage.close();
  }
  await rm(folder, { recursive: true });
}, 60_000);

test('a folder that a living process writes is not opened a second time, and is free after its kill', async () => {
  const folder = await temporaryFolder();
  const holder = spawn(process.execPath, [join(import.meta.dirname, 'append-loop.suite.ts'), folder]);
  await new Promise((resolve) => holder.stdout.once('data', resolve));
  await expect(openQuietly(folder)).rejects.toThrow('locked');
  holder.kill('SIGKILL');
  await new Promise((resolve) => holder.once('close', resolve));
  const storage = await openQuietly(folder);
  await expect(openQuietly(folder)).rejects.toThrow('locked');
  await storage.close();
  await (await openQuietly(folder)).close();
  await rm(folder, { recursive: true });
}, 30_000);
