import type { ImportProgress, ListSpec, Queries, QueryName } from '#contracts/engine/protocol.ts';
import type { DeskSettings } from '#contracts/host/desk-host.ts';
import type { ImportReport } from '#contracts/import/import.ts';
import { electronDeskHost } from '#renderer/platform/electron-desk-host.ts';
import { createEngineClient } from '#renderer/platform/engine-client.ts';
import { newId } from '#renderer/platform/ids.ts';

/**
 * Put into a desk window by the benchmarks: the window's own client of the engine, on a port of its own. The engine
 * keeps one port a window, so the screen behind it is deaf from then on; it is only used where no screen is measured.
 */
export interface DeskDriver {
  introduce(name: string): Promise<string>;
  writeSettings(changes: Partial<DeskSettings>): Promise<null>;
  /** Imports the file chosen in the element `#bench-file`, from the preview to the report. */
  importChosen(): Promise<ImportReport>;
  status(): Promise<Queries['status']['value']>;
  /** Watches a list until its first value: milliseconds, and what came. */
  list(personId: string, spec: ListSpec): Promise<{ milliseconds: number; total: number; ids: readonly string[] }>;
  session(): Promise<Queries['session']['value']>;
  /** Finds the server and signs in there; answers who one is. Nothing is loaded yet. */
  signInAt(address: string, email: string, password: string): Promise<string>;
  /**
   * Joins, and watches until `n` incidents are here. Milliseconds from the joining until a window has 50 rows, and
   * until the desk is level and its lists, counts and search (for `word`) answer for all of them.
   */
  firstLoad(personId: string, n: number, word: string): Promise<FirstLoad>;
}

export interface FirstLoad {
  readonly rows: number;
  readonly whole: number;
  readonly incidents: number;
  readonly found: number;
}

declare global {
  interface Window {
    benchDesk?: DeskDriver;
  }
}

const makeDriver = (): DeskDriver => {
  const bridge = window.deskbell;
  if (!bridge) throw new Error('This is not a desk window');
  const host = electronDeskHost(bridge);
  const engine = createEngineClient(host);
  const must = async <T>(asked: Promise<{ ok: true; value: T } | { ok: false; error: unknown }>): Promise<T> => {
    const answer = await asked;
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    return answer.value;
  };
  const importEnded = (importId: string): Promise<ImportProgress> =>
    new Promise((resolve) => {
      const watch = engine.watch(
        'importProgress',
        { importId },
        {
          value: (progress) => {
            if (!progress || progress.phase === 'reading' || progress.phase === 'storing') return;
            watch.stop();
            resolve(progress);
          },
        },
      );
    });
  const first = <N extends 'status' | 'session'>(name: N): Promise<Queries[N]['value']> =>
    new Promise((resolve) => {
      const watch = engine.watch(
        name,
        {},
        {
          value: (value) => {
            watch.stop();
            resolve(value);
          },
        },
      );
    });

  /** The first value that holds. */
  const until = <N extends QueryName>(
    name: N,
    args: Queries[N]['args'],
    holds: (value: Queries[N]['value']) => boolean,
  ): Promise<Queries[N]['value']> =>
    new Promise((resolve) => {
      const watch = engine.watch(name, args, {
        value: (value) => {
          if (!holds(value)) return;
          watch.stop();
          resolve(value);
        },
      });
    });
  const newestFirst: ListSpec = {
    queue: 'allIncidents',
    order: { key: 'opened', descending: true },
    filters: [],
    text: '',
  };

  return {
    introduce: async (name) => {
      const { personId } = await must(engine.call('introduce', { name, teamName: 'Bench desk', role: 'agent' }));
      return personId;
    },
    writeSettings: async (changes) => {
      await host.writeSettings(changes);
      return null;
    },
    importChosen: async () => {
      const chosen = document.querySelector<HTMLInputElement>('#bench-file')?.files?.[0];
      if (!chosen) throw new Error('No file was chosen');
      const file = chosen.slice(0, chosen.size);
      const preview = await must(engine.call('previewImport', { file, name: chosen.name, format: null, zone: 'UTC' }));
      const importId = newId();
      const { format, mapping } = preview;
      await must(
        engine.call('startImport', { importId, file, name: chosen.name, format, mapping, zone: 'UTC', dryRun: false }),
      );
      const { phase, report, error } = await importEnded(importId);
      if (phase !== 'done' || !report) throw new Error(`The import ${phase}: ${JSON.stringify(error)}`);
      return { ...report, issues: [] };
    },
    status: () => first('status'),
    session: () => first('session'),
    signInAt: async (address, email, password) => {
      await must(engine.call('findServer', { address }));
      return (await must(engine.call('signIn', { email, password }))).personId;
    },
    firstLoad: async (personId, n, word) => {
      const began = performance.now();
      const since = () => performance.now() - began;
      await must(engine.call('join', { personId, mapping: [] }));
      const page = { personId, spec: newestFirst, from: 0, to: 50 };
      const rows = until('list', page, (list) => list.rows.length === Math.min(50, n)).then(since);
      await until('connection', {}, ({ states }) => states.some(({ kind }) => kind === 'upToDate'));
      const [counts, , search] = await Promise.all([
        until('counts', { personId }, (counted) => (counted.allIncidents ?? 0) >= n),
        until('list', page, ({ total }) => total >= n),
        until('search', { text: word, limit: 10 }, ({ reading }) => reading === null),
      ]);
      return { rows: await rows, whole: since(), incidents: counts.allIncidents ?? 0, found: search.total };
    },
    list: (personId, spec) =>
      new Promise((resolve) => {
        const began = performance.now();
        const watch = engine.watch(
          'list',
          { personId, spec, from: 0, to: 50 },
          {
            value: ({ total, rows }) => {
              const milliseconds = performance.now() - began;
              watch.stop();
              resolve({ milliseconds, total, ids: rows.map((row) => row.id) });
            },
          },
        );
      }),
  };
};

window.benchDesk = makeDriver();
