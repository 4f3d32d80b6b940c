import 'fake-indexeddb/auto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DeskDb } from './desk-db.ts';
import snapshot from './schema-snapshot.json' with { type: 'json' };
import { assertContiguous, DESK_VERSIONS, type DeskVersion, KNOWN_VERSION } from './versions/registry.ts';

const folder = join(import.meta.dirname, 'versions');
const files = readdirSync(folder).filter((name) => /^v\d{4}-/.test(name));

/** The schema of an opened database: what IndexedDB itself says, not what was declared. */
async function schemaOf(db: DeskDb): Promise<Record<string, { key: unknown; indexes: unknown[] }>> {
  await db.open();
  const backend = db.backendDB();
  const names = [...backend.objectStoreNames];
  const transaction = backend.transaction(names);
  const schema: Record<string, { key: unknown; indexes: unknown[] }> = {};
  for (const name of names.sort()) {
    const store = transaction.objectStore(name);
    const indexes = [...store.indexNames].sort().map((index) => ({ index, key: store.index(index).keyPath }));
    schema[name] = { key: store.keyPath, indexes };
  }
  db.close();
  return structuredClone(schema);
}

describe('versions of the database', () => {
  it('each have a file and a test of their own', () => {
    const sources = files.filter((name) => !name.endsWith('.db.test.ts'));
    expect(sources).toHaveLength(KNOWN_VERSION);
    for (const name of sources) expect(files).toContain(name.replace(/\.ts$/, '.db.test.ts'));
    for (const [at, name] of sources.entries()) expect(Number(name.slice(1, 5))).toBe(at + 1);
  });

  it('rise without a gap, and say why', () => {
    const [first] = DESK_VERSIONS as [DeskVersion];
    expect(() => assertContiguous([first, { ...first, version: 3 }])).toThrow('version 3');
    expect(() => assertContiguous([{ ...first, why: ' ' }])).toThrow('why');
  });

  it('lead to the same shape however a database comes to the newest', async () => {
    const fresh = await schemaOf(new DeskDb('fresh'));
    for (const { version } of DESK_VERSIONS) {
      const old = new DeskDb('stepwise', { upTo: version });
      await old.open();
      old.close();
    }
    expect(await schemaOf(new DeskDb('stepwise'))).toEqual(fresh);
  });

  it('make the shape that was shipped: a change of schema text needs a version of its own', async () => {
    for (const [at, shipped] of snapshot.versions.entries()) {
      expect(DESK_VERSIONS[at]).toMatchObject({ version: shipped.version, stores: shipped.stores });
    }
    expect(snapshot.versions).toHaveLength(KNOWN_VERSION);
    expect(await schemaOf(new DeskDb('shape'))).toEqual(snapshot.shape);
  });
});
