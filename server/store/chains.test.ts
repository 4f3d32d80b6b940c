import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#sync/authority/canonical-json.ts';
import { pureHash } from '#sync/authority/chain.ts';
import { World } from '#sync/authority/log-world.suite.ts';
import { verifyLog } from '#sync/authority/verify-log.ts';
import { CHAINING } from './chaining.ts';
import type { Driver } from './driver.ts';
import { migrate, ownMigrations } from './migrate.ts';
import { Seals } from './seals.ts';
import { createSqlLog } from './sql-log.ts';
import { findPostgres } from './testing/postgres.suite.ts';
import { clusterOf, embedded, emptyDatabases, ownDatabase } from './testing/stores.suite.ts';

const DAY = 86_400_000;
const NOON = Date.UTC(2026, 0, 31, 12);

interface Row {
  readonly seq: number;
  readonly place: number;
  readonly body: string;
}

function chainsIn(name: string, empty: () => Promise<Driver>): void {
  describe(`chains in ${name}`, () => {
    const verified = async (driver: Driver) => {
      const seals = await new Seals(driver).list(1_000);
      return createSqlLog(driver).read((reader) => verifyLog(reader, seals, CHAINING.hash));
    };
    const flawsOf = async (driver: Driver) =>
      (await verified(driver)).flaws.map(({ flaw, subject, at }) => `${flaw} ${subject?.id} ${at}`);
    /** Two incidents; the timeline of `one` has four entries. */
    const filled = async () => {
      const driver = await empty();
      await migrate(driver);
      const world = await World.staffed(createSqlLog(driver));
      await world.opened('one');
      await world.opened('two');
      for (const entryId of ['n1', 'n2', 'n3']) await world.note('ann', 'one', entryId);
      await world.note('ann', 'two', 'n4');
      expect(await flawsOf(driver)).toEqual([]);
      return { driver, world };
    };
    const rowsOf = (driver: Driver, subject: string) =>
      driver.query<Row>('select seq, place, body from activities where subject = $1 order by seq, place', [subject]);
    const rewrite = async (driver: Driver, at: number, change: (body: Record<string, unknown>) => unknown) => {
      const row = (await rowsOf(driver, 'one'))[at];
      const body = JSON.stringify(change(JSON.parse(row?.body ?? '')));
      await driver.query('update activities set body = $1 where seq = $2 and place = $3', [body, row?.seq, row?.place]);
    };

    it.each([
      ['a payload', 2, (body: object) => ({ ...body, payload: { body: 'never said' } }), ['payload one 2']],
      ['an actor', 2, (body: object) => ({ ...body, actor: 'ben' }), ['link one 2']],
      ['a time', 1, (body: object) => ({ ...body, occurredAt: 1 }), ['link one 1']],
      ['a seq', 1, (body: object) => ({ ...body, seq: 1 }), ['misfiled one 1']],
      ['something left out', 1, ({ device: _, ...body }: Record<string, unknown>) => body, ['link one 1']],
      ['everything', 1, () => 'nothing', ['unreadable undefined null', 'link one 1', 'head one 3']],
    ] as const)('SPEC 15.2: name where %s was changed', async (_, at, change, flaws) => {
      const { driver } = await filled();
      await rewrite(driver, at, change);
      expect(await flawsOf(driver)).toEqual(flaws);
    });

    it('SPEC 15.2: name where an entry was taken away: in the middle, at the end, a whole chain', async () => {
      const { driver } = await filled();
      const rows = await rowsOf(driver, 'one');
      const remove = (row: Row | undefined) =>
        driver.query('delete from activities where seq = $1 and place = $2', [row?.seq, row?.place]);
      await remove(rows.at(-1));
      expect(await flawsOf(driver)).toEqual(['gap undefined null', 'head one 3']);
      await remove(rows[1]);
      expect(await flawsOf(driver)).toEqual(['gap undefined null', 'link one 1', 'gap undefined null', 'head one 2']);
      await driver.query(`delete from activities where subject = 'two'`);
      expect((await flawsOf(driver)).at(-1)).toBe('head undefined 0');
    });

    it('SPEC 15.2: name where an entry was added: in the middle, at the end, with links that look well', async () => {
      const { driver } = await filled();
      const rows = await rowsOf(driver, 'one');
      const copy = (row: Row | undefined, seq: number, place: number) =>
        driver.query(
          `insert into activities select $1, $2, subject, body, salt, sealed, hash from activities
           where seq = $3 and place = $4`,
          [seq, place, row?.seq, row?.place],
        );
      await copy(rows[1], rows[2]?.seq ?? 0, 50);
      expect(await flawsOf(driver)).toEqual(['misfiled one 3', 'link one 4', 'head one 5']);
      await driver.query('delete from activities where place = 50');
      await copy(rows[1], (rows.at(-1)?.seq ?? 0) + 50, 0);
      expect(await flawsOf(driver)).toContain('misfiled one 4');
      await driver.query('delete from activities where place = 0 and seq > (select seq from log_head)');
      await copy(rows[1], -5, 0);
      expect(await flawsOf(driver)).toContain('misfiled one 0');
    });

    it('SPEC 15.2: name where an entry was moved: to another place, to another subject', async () => {
      const { driver } = await filled();
      const [, first, second] = await rowsOf(driver, 'one');
      const move = (from: number | undefined, to: number | undefined) =>
        driver.query('update activities set seq = $2 where seq = $1', [from, to]);
      await move(first?.seq, -1);
      await move(second?.seq, first?.seq);
      await move(-1, second?.seq);
      expect(await flawsOf(driver)).toEqual(['misfiled one 1', 'misfiled one 2', 'link one 3']);
      const { driver: other } = await filled();
      await other.query(`update activities set subject = 'two' where seq = $1`, [first?.seq]);
      expect(await flawsOf(other)).toEqual(['misfiled one 1']);
      await rewrite(other, 1, (body) => body);
      await other.query(`update activities set subject = 'one' where seq = $1`, [first?.seq]);
      expect(await flawsOf(other)).toEqual([]);
    });

    it('SPEC 15.2: name what stands outside of the entries: a head, a link, a salt', async () => {
      const { driver } = await filled();
      const row = (await rowsOf(driver, 'one'))[2];
      for (const [change, flaws] of [
        [`hash = 'x'`, ['link one 2', 'link one 3']],
        [`sealed = 'x'`, ['payload one 2']],
        [`salt = 'x'`, ['payload one 2']],
        ['salt = null', ['payload one 2']],
      ] as const) {
        const kept = await driver.query<object>('select salt, sealed, hash from activities where seq = $1', [row?.seq]);
        await driver.query(`update activities set ${change} where seq = $1`, [row?.seq]);
        expect(await flawsOf(driver)).toEqual(flaws);
        const { salt, sealed, hash } = { salt: '', sealed: '', hash: '', ...kept[0] };
        const back = 'update activities set salt = $2, sealed = $3, hash = $4 where seq = $1';
        await driver.query(back, [row?.seq, salt, sealed, hash]);
      }
      await driver.query(`update chain_heads set length = length + 1 where name = 'incident two'`);
      expect(await flawsOf(driver)).toEqual(['head two 2']);
      await driver.query(`delete from chain_heads where name = 'incident two'`);
      expect(await flawsOf(driver)).toEqual(['head two 2']);
    });

    it('SPEC 15.3: verify when payload and salt of an entry were taken away', async () => {
      const { driver, world } = await filled();
      const row = (await rowsOf(driver, 'one'))[2];
      const redact = `update activities set body = (body::jsonb - 'payload')::text, salt = null where seq = $1`;
      await driver.query(redact, [row?.seq]);
      expect((await rowsOf(driver, 'one'))[2]?.body).not.toContain('n2');
      expect(await flawsOf(driver)).toEqual([]);
      await world.note('ann', 'two', 'n5');
      expect(await flawsOf(driver)).toEqual([]);
    });

    it('SPEC 15.5: chain what a build before them has kept, and go on from there', async () => {
      const { driver: source } = await filled();
      const rows = await source.query<Row & { subject: string }>('select seq, place, subject, body from activities');
      const tables = ['incidents', 'numbers', 'lanes', 'log_head'];
      const others = await Promise.all(
        tables.map((table) => source.query<{ row: string }>(`select row_to_json(${table})::text as row from ${table}`)),
      );
      const earlier = ownMigrations().filter(({ name: migration }) => migration < '0006');
      const driver = await empty();
      await migrate(driver, earlier);
      await driver.query('delete from log_head');
      for (const [at, table] of tables.entries()) {
        for (const { row } of others[at] ?? []) {
          await driver.query(`insert into ${table} select * from json_populate_record(null::${table}, $1::json)`, [
            row,
          ]);
        }
      }
      for (const { seq, place, subject, body } of rows) {
        await driver.query('insert into activities (seq, place, subject, body) values ($1, $2, $3, $4)', [
          seq,
          place,
          subject,
          body,
        ]);
      }
      expect((await migrate(driver)).ok).toBe(true);
      expect(await verified(driver)).toMatchObject({ activities: rows.length, flawed: 0 });
      const world = new World(createSqlLog(driver));
      await world.accepted(
        'deskbell',
        'incident.note',
        { incidentId: 'one', entryId: 'n9', body: 'x' },
        { device: 'd' },
      );
      expect(await verified(driver)).toMatchObject({ activities: rows.length + 1, flawed: 0 });
      const unchained = `insert into activities (seq, place, subject, body) values (99, 0, 'one', '{}')`;
      await expect(driver.query(unchained)).rejects.toThrow('null');
    });

    it('SPEC 15.7: are sealed once a day of UTC, by whoever comes first', async () => {
      const { driver, world } = await filled();
      const seals = new Seals(driver);
      const [one, other] = await Promise.all([seals.seal(NOON), new Seals(driver).seal(NOON + 1)]);
      const first = one ?? other;
      expect([one, other].filter((made) => made !== null)).toHaveLength(1);
      expect(first).toMatchObject({ day: '2026-01-31', seq: await world.log.read(async ({ head }) => head.seq) });
      expect(await seals.seal(NOON + DAY / 2 - 1)).toBe(null);
      await world.note('ann', 'one', 'n6');
      const second = await seals.seal(NOON + DAY / 2);
      expect(second).toMatchObject({ day: '2026-02-01', seq: (first?.seq ?? 0) + 1, chains: first?.chains });
      expect(await seals.list(9)).toEqual([second, first]);
      expect(await seals.list(9, '2026-02-01')).toEqual([first]);
      expect(await verified(driver)).toMatchObject({ seals: 2, flawed: 0 });
    });

    it('SPEC 15.6: are found to be rewritten by the seal, when every link was made anew', async () => {
      const { driver } = await filled();
      const { seq = 0 } = (await new Seals(driver).seal(NOON)) ?? {};
      await driver.script('delete from chain_heads; alter table activities alter column hash drop not null');
      await rewrite(driver, 2, (body) => ({ ...body, payload: { body: 'never said' } }));
      const again = ownMigrations().find(({ name: migration }) => migration === '0006-chains')?.then;
      await driver.transaction('write', async (queries) => again?.(queries));
      expect((await verified(driver)).flaws).toMatchObject([{ flaw: 'seal', seq }]);
    });
  });
}

describe('the hash of the platform', () => {
  it('SPEC 15.1: is the one of every other log', () => {
    for (const text of ['', 'Zürich 🙈', '\ud800', '\udc00 nul \u0000', canonicalJson({ b: '\udfff', a: [1] })]) {
      expect(CHAINING.hash(text)).toBe(pureHash(text));
    }
    expect(CHAINING.newSalt()).not.toBe(CHAINING.newSalt());
    expect(CHAINING.newSalt()).toMatch(/^[\w-]{22}$/);
  });
});

chainsIn('an embedded database', emptyDatabases(embedded));
const postgres = findPostgres();
describe.skipIf(postgres === null)('PostgreSQL', () => {
  const cluster = clusterOf(postgres ?? '');
  chainsIn('PostgreSQL', emptyDatabases(ownDatabase(cluster)));
});
