import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveRuntime } from '#build/electron-runtime/resolve.ts';
import { prepareGround } from '#build/system/headless.ts';
import { ensureBuilt } from '#build/system/outputs.ts';
import { capture, script } from '#build/system/run.ts';
import { readArguments, type Wanted } from './arguments.ts';
import type { Case, Ground } from './cases/case.ts';
import { importCase } from './cases/import.ts';
import { p1 } from './cases/p1-first-load.ts';
import { p2 } from './cases/p2-edit.ts';
import { p3 } from './cases/p3-lists.ts';
import { p3Rows } from './cases/p3-rows.ts';
import { p4 } from './cases/p4-counts.ts';
import { p5, p6 } from './cases/p5-start.ts';
import { p7 } from './cases/p7-memory.ts';
import { p13 } from './cases/p13-push.ts';
import { p14 } from './cases/p14-pokes.ts';
import { p15 } from './cases/p15-catch-up.ts';
import { buildKey, preparedFolder } from './data/build-key.ts';
import { type Figure, jsonLine } from './report/figure.ts';
import { describeMachine, type Machine, machineLine } from './report/machine.ts';
import { table } from './report/table.ts';

/** `npm run bench`: measures, prints, and keeps a whole run as data. */

const cases: readonly Case[] = [importCase, p1, p2, p3, p3Rows, p4, p5, p6, p7, p13, p14, p15];

const chosen = ({ only }: Wanted): readonly Case[] =>
  cases.filter((one) => (only ? only.includes(one.id) : !one.onlyWhenNamed));

const keep = async (machine: Machine, figures: readonly Figure[]): Promise<void> => {
  const folder = join(import.meta.dirname, 'results');
  await mkdir(folder, { recursive: true });
  const kept = { at: new Date().toISOString().slice(0, 10), machine, figures };
  await writeFile(join(folder, 'last-run.json'), `${JSON.stringify(kept, null, 2)}\n`);
};

const measureAll = async (wanted: Wanted, ground: Ground): Promise<Figure[]> => {
  const figures: Figure[] = [];
  for (const one of chosen(wanted)) {
    for (const n of wanted.n === null ? one.sizes : [wanted.n]) {
      ground.say(`${one.id}, ${n.toLocaleString('en-US')} incidents`);
      const measured = await one.measure(n, ground);
      figures.push(...measured);
      if (wanted.json) for (const figure of measured) process.stdout.write(`${jsonLine(figure)}\n`);
    }
  }
  return figures;
};

const run = async (): Promise<number> => {
  const read = readArguments(
    process.argv.slice(2),
    cases.map((one) => one.id),
  );
  if (!read.ok) {
    console.error(read.says);
    return 2;
  }
  if (!(await ensureBuilt())) return 1;
  const { dist, executable } = await resolveRuntime();
  process.env.ELECTRON_OVERRIDE_DIST_PATH = dist;
  const around = await prepareGround();
  if (!around) return 1;
  Object.assign(process.env, around.env);
  try {
    await mkdir(preparedFolder(), { recursive: true });
    // Asked as Node: a browser process does not start for root without its sandbox switched off.
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    const version = await capture(executable, ['-p', 'process.versions.electron'], { env });
    const machine = await describeMachine(version.stdout.trim(), preparedFolder());
    const ground: Ground = { key: buildKey(), say: (what) => console.error(`· ${what}`) };
    const figures = await measureAll(read.wanted, ground);
    if (read.wanted.json) return 0;
    process.stdout.write(`${machineLine(machine)}\n\n${table(figures)}\n`);
    if (read.wanted.only === null && read.wanted.n === null) await keep(machine, figures);
    return 0;
  } finally {
    around.stop();
  }
};

await script(run);
