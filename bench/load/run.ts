import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { script } from '#build/system/run.ts';
import { rounded } from '../report/figure.ts';
import { percentile } from '../report/percentile.ts';
import { type BenchDevice, furnish } from '../server/furnish.ts';
import { type Place, pglitePlace, postgresPlace } from '../server/place.ts';
import { type RunningServer, startServer } from '../server/start-server.ts';
import type { LoadOrder, LoadReport, LoadWord } from './worker.ts';

/**
 * Many desks at one node: `node bench/load/run.ts --database pglite|postgres --devices 1000 --minutes 1 --every 60
 * --linger 5`. Prints one JSON object. Ends with 1 when anything went wrong on the way, and with 2 where there is no such
 * database.
 */

const PROCESSES = 2;

const wordOf = <T extends LoadWord>(child: ChildProcess) =>
  new Promise<T>((resolve, reject) => {
    child.once('message', (word) => resolve(word as T));
    child.once('exit', (code) => reject(new Error(`a process of devices ended with ${code}`)));
  });

const spread = (values: readonly number[]) => ({
  p50: rounded(percentile(values, 0.5)),
  p95: rounded(percentile(values, 0.95)),
  p99: rounded(percentile(values, 0.99)),
});

async function underLoad(
  server: RunningServer,
  devices: readonly BenchDevice[],
  order: Omit<LoadOrder, 'devices' | 'first'>,
) {
  const each = Math.ceil(devices.length / PROCESSES);
  const children: ChildProcess[] = [];
  const loading = performance.now();
  const ready = [];
  for (let first = 0; first < devices.length; first += each) {
    const child = fork(join(import.meta.dirname, 'worker.ts'));
    children.push(child);
    ready.push(wordOf<'ready'>(child));
    child.send({ ...order, devices: devices.slice(first, first + each), first } satisfies LoadOrder);
  }
  await Promise.all(ready);
  const loaded = performance.now() - loading;
  const busy = server.processorTime();
  const reports = children.map((child) => wordOf<LoadReport>(child));
  for (const child of children) child.send('go');
  let memory = 0;
  const looking = setInterval(() => {
    memory = Math.max(memory, server.memory());
  }, 1_000);
  const told = await Promise.all(reports).finally(() => clearInterval(looking));
  return { told, memory, loaded, processor: server.processorTime() - busy };
}

async function measure(place: Place, wanted: { devices: number; seconds: number; every: number; linger: number }) {
  const store = await place.open();
  const devices = await furnish(store, wanted.devices, 50);
  await store.close();
  const server = await startServer(place.env);
  try {
    const { told, memory, loaded, processor } = await underLoad(server, devices, {
      url: server.url,
      length: wanted.seconds * 1_000,
      every: wanted.every * 1_000,
      linger: wanted.linger * 1_000,
    });
    const sentAt = new Map(told.flatMap(({ decided }) => decided.map((one) => [one[0], one[1]] as const)));
    const lags = told.flatMap(({ poked }) =>
      poked.flatMap(([seq, at]) => {
        const sent = sentAt.get(seq);
        return sent === undefined ? [] : [at - sent];
      }),
    );
    const sum = (of: (report: LoadReport) => number) => told.reduce((all, one) => all + of(one), 0);
    const errors: Record<string, number> = {};
    for (const one of told)
      for (const [what, count] of Object.entries(one.errors)) errors[what] = (errors[what] ?? 0) + count;
    return {
      database: place.name,
      ...wanted,
      signedInAndLoadedSeconds: rounded(loaded / 1_000),
      perSecond: {
        commands: rounded(sum(({ commands }) => commands) / wanted.seconds),
        pulls: rounded(sum(({ pulls }) => pulls.length) / wanted.seconds),
        pokes: rounded(sum(({ pokes }) => pokes) / wanted.seconds),
      },
      pushMilliseconds: spread(told.flatMap(({ pushes }) => [...pushes])),
      pokeMilliseconds: spread(lags),
      pullMilliseconds: spread(told.flatMap(({ pulls }) => [...pulls])),
      reconnects: sum(({ reconnects }) => reconnects),
      errors,
      nodeMegabytes: Math.round(memory),
      processorShare: {
        node: rounded(processor / wanted.seconds),
        devices: rounded(sum(({ processor: own }) => own) / wanted.seconds),
      },
    };
  } finally {
    await server.stop();
  }
}

const run = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      database: { type: 'string', default: 'pglite' },
      devices: { type: 'string', default: '1000' },
      minutes: { type: 'string', default: '1' },
      every: { type: 'string', default: '60' },
      linger: { type: 'string', default: '5' },
    },
  });
  const place = values.database === 'postgres' ? await postgresPlace() : await pglitePlace();
  if (place === null) {
    console.error('There is no PostgreSQL on this machine.');
    return 2;
  }
  try {
    const measured = await measure(place, {
      devices: Number(values.devices),
      seconds: Number(values.minutes) * 60,
      every: Number(values.every),
      linger: Number(values.linger),
    });
    process.stdout.write(`${JSON.stringify(measured, null, 2)}\n`);
    const held = measured.perSecond.commands > 0 && Object.keys(measured.errors).length === 0;
    return held ? 0 : 1;
  } finally {
    await place.remove();
  }
};

await script(run);
