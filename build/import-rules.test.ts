import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { refusals, sourceFiles } from './import-rules.ts';

const root = join(import.meta.dirname, '..');

describe('the import table', () => {
  it('is kept by every source file', () => {
    const files = sourceFiles(root);
    expect(files.length).toBeGreaterThan(20);
    expect(files.flatMap(({ file, source }) => refusals(file, source))).toEqual([]);
  });

  it.each([
    ['domain/incident/fold.ts', `import { channels } from '#contracts/ipc/channels.ts';`],
    ['domain/incident/fold.ts', `import { z } from 'zod';`],
    ['domain/incident/fold.ts', `import { readFileSync } from 'node:fs';`],
    ['domain/incident/fold.ts', `export const now = () => Date.now();`],
    ['domain/incident/fold.ts', `const id = crypto.randomUUID();`],
    ['domain/incident/fold.test.ts', `import { desk } from '#renderer/entries/desk.tsx';`],
    ['contracts/ipc/table.ts', `import { app } from 'electron';`],
    ['contracts/ipc/table.ts', `import type { Client } from '../../sync/client/client.ts';`],
    ['sync/authority/judge.ts', `import Dexie from 'dexie';`],
    ['sync/authority/judge.ts', `import { db } from '#renderer/data/db.ts';`],
    ['sync/client/outbox.ts', `import { openStore } from '#server/store/open.ts';`],
    ['sync/authority/judge.ts', `import { Pool } from 'pg';`],
    ['server/http/push.ts', `import { Outbox } from '#sync/client/outbox.ts';`],
    ['server/http/push.ts', `import { Pool } from 'pg';`],
    ['server/store/open.ts', `import Dexie from 'dexie';`],
    ['server/store/open.ts', `import { journal } from '#electron/storage/journal.ts';`],
    ['renderer/shell/shell.tsx', `import type { Store } from '#server/store/open.ts';`],
    ['electron/main/index.ts', `import { fold } from '#domain/incident/fold.ts';`],
    ['electron/storage/journal.ts', `import { decide } from '#domain/command/decide.ts';`],
    ['electron/main/index.ts', `import { call } from '#electron/preload/channels.ts';`],
    ['electron/main/index.ts', `import type { Client } from '#sync/client/client.ts';`],
    ['electron/preload/desk.ts', `import { journal } from '../main/journal.ts';`],
    ['electron/preload/desk.ts', `import { readFileSync } from 'node:fs';`],
    ['renderer/shell/shell.tsx', `import { ipcRenderer } from 'electron';`],
    ['renderer/shell/shell.tsx', `const { join } = await import('node:path');`],
    ['renderer/shell/shell.tsx', `export * from '#electron/main/index.ts';`],
    ['renderer/shell/shell.tsx', `import { liveQuery } from 'dexie';`],
    ['renderer/features/queue/grid.tsx', `import { useLiveQuery } from 'dexie-react-hooks';`],
    ['renderer/features/queue/grid.tsx', `import { Peek } from '../incident/peek.tsx';`],
    ['renderer/features/queue/grid.tsx', `import { Peek } from '#renderer/features/incident/peek.tsx';`],
    ['e2e/desk.e2e.ts', `import { db } from '#renderer/data/db.ts';`],
    ['build/start.ts', `import { append } from '#electron/storage/journal.ts';`],
    ['build/start.ts', `import { fold } from '#domain/incident/fold.ts';`],
  ])('refuses in %s: %s', (file, source) => {
    expect(refusals(file, source)).toHaveLength(1);
  });

  it.each([
    ['domain/incident/incident.schema.ts', `import { z } from 'zod';`],
    ['domain/sla/clock.ts', `import { Temporal } from 'temporal-polyfill';`],
    ['domain/incident/fold.ts', `// Date.now is never read here\nimport { ok } from '../result.ts';`],
    ['domain/incident/fold.test.ts', `import { expect, it } from 'vitest';`],
    ['contracts/ipc/table.ts', `import type { Incident } from '#domain/incident/incident.ts';`],
    ['sync/authority/judge.ts', `import { decide } from '#domain/command/decide.ts';`],
    [
      'server/http/push.ts',
      `import { push } from '#sync/authority/push.ts';\nimport { createServer } from 'node:http';`,
    ],
    ['server/store/open.ts', `import { Pool } from 'pg';`],
    ['electron/main/index.ts', `import { app } from 'electron';\nimport { join } from 'node:path';`],
    ['electron/main/index.ts', `import { journal } from '#electron/storage/journal.ts';`],
    ['build/web/server.ts', `import { fileFor } from '#electron/protocol/resources.ts';`],
    ['renderer/data/db.ts', `import Dexie from 'dexie';`],
    ['renderer/features/queue/grid.tsx', `import { Row } from './row.tsx';\nimport { t } from '#renderer/words/t.ts';`],
    ['e2e/desk.e2e.ts', `import type { Settings } from '#contracts/settings/settings.ts';`],
  ])('allows in %s: %s', (file, source) => {
    expect(refusals(file, source)).toEqual([]);
  });
});
