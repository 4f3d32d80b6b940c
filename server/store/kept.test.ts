import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activity } from '#domain/activity/activity.ts';
import type { Role } from '#domain/directory/directory.ts';
import { blankIncident } from '#domain/incident/blank.ts';
import { type Incident, OPEN_STATES } from '#domain/incident/incident.ts';
import { mayRead, type Reader } from '#domain/permissions/permissions.ts';
import { type Keeping, keeps } from '#sync/authority/keeping.ts';
import type { SharedLog } from '#sync/authority/shared-log.ts';
import type { Driver } from './driver.ts';
import { migrate } from './migrate.ts';
import { createSqlLog } from './sql-log.ts';
import { embedded, emptyDatabases } from './testing/stores.suite.ts';

const IDS = [
  'a',
  'b',
  'A',
  '',
  ' ',
  'null',
  'NULL',
  '{}',
  '{"a"}',
  'a,b',
  'a\nb',
  '\u0000',
  '\ud800',
  '😀',
  'x'.repeat(201),
];
const TIMES = [-8_640_000_000_000_000, -1, 0, 1, 1_700_000_000_000, 8_640_000_000_000_000];
const anId = fc.constantFrom(...IDS);
const optional = fc.option(anId);

const incidents = fc.array(
  fc.record({
    state: fc.constantFrom<Incident['state'][]>(...OPEN_STATES, 'resolved', 'closed', 'canceled'),
    updatedAt: fc.constantFrom(...TIMES),
    assignmentGroupId: optional,
    siteId: optional,
    assignedToId: optional,
    openedById: optional,
    callerId: optional,
    affectedId: optional,
    watcherIds: fc.array(anId, { maxLength: 3 }),
    confidential: fc.boolean(),
  }),
  { minLength: 150, maxLength: 150 },
);
const keepings: fc.Arbitrary<Keeping> = fc.record({
  personId: anId,
  scope: fc.record({
    teamIds: fc.array(anId, { maxLength: 3 }),
    siteIds: fc.array(anId, { maxLength: 3 }),
    closedFor: fc.constant(null),
  }),
  since: fc.option(fc.constantFrom(...TIMES)),
  beside: fc.array(fc.oneof(anId, fc.nat(149).map(idAt)), { maxLength: 4 }),
});

const readers = fc.record({
  id: anId,
  role: fc.constantFrom<Role[]>('viewer', 'agent'),
  teamIds: fc.array(anId, { maxLength: 3 }),
});

function idAt(at: number): string {
  return IDS[at] ?? `incident ${at}`;
}

const recorded = (at: number): Activity => ({
  id: `activity ${at}`,
  subject: { kind: 'incident', id: idAt(at) },
  type: 'incident.note',
  payload: {},
  actor: 'p',
  device: 'd',
  seq: at + 1,
  occurredAt: 0,
  recordedAt: 0,
  syncedAt: 0,
  visibility: 'internal',
  origin: 'command',
  cause: { commandId: `command ${at}`, index: 0 },
});

describe('what a device keeps and its person may read, asked of SQL', () => {
  const empty = emptyDatabases(embedded);

  /** A log with these incidents, as they are made. */
  async function filled() {
    const driver = await empty();
    await migrate(driver);
    const log = createSqlLog(driver);
    const [made = []] = fc.sample(incidents, { numRuns: 1, seed: 8 });
    const rows = made.map((fields, at) => ({ ...blankIncident(recorded(at)), throughSeq: at + 1, ...fields }));
    const activities = rows.map((_, at) => recorded(at));
    const batch = { head: rows.length, decided: [], lanes: [], activities };
    await log.push((transaction) =>
      transaction.write({ ...batch, effects: { incidents: rows, records: [], matrix: null } }),
    );
    return { driver, log, rows };
  }

  const found = (log: SharedLog, kept: Keeping, readableBy: Reader) =>
    log.read(async (reader) => {
      const before = (await reader.incidentsBefore(null, 1_000, { kept, readableBy })).map(
        ({ incident }) => incident.id,
      );
      expect(await reader.incidentCount({ kept, readableBy })).toBe(before.length);
      return before.toReversed();
    });
  const kept = (rows: readonly Incident[], keeping: Keeping, reader: Reader) =>
    rows.filter((row) => keeps(keeping, row) && mayRead(reader, row)).map(({ id }) => id);

  it('is what the rule says, whatever the ids are', async () => {
    const { log, rows } = await filled();
    await fc.assert(
      fc.asyncProperty(keepings, readers, async (keeping, reader) => {
        expect(await found(log, keeping, reader)).toEqual(kept(rows, keeping, reader));
      }),
    );
  });

  it('is what the rule says of what was kept before there was a rule', async () => {
    const { driver, log, rows } = await filled();
    await driver.script(`alter table incidents drop column team, drop column site, drop column updated_at,
      drop column concerns, drop column readers, drop column told_through; delete from migrations where name = '0008-scopes'`);
    const bodies = () => driver.query('select id, first_seq, through_seq, open, body from incidents order by id');
    const before = await bodies();
    expect(await migrate(driver)).toEqual({ ok: true, value: ['0008-scopes'] });
    expect(await bodies()).toEqual(before);
    await fc.assert(
      fc.asyncProperty(keepings, readers, async (keeping, reader) => {
        expect(await found(log, keeping, reader)).toEqual(kept(rows, keeping, reader));
      }),
    );
  });

  it('is at least that of rows that an earlier build wrote, before and after this one did', async () => {
    const { driver, log, rows } = await filled();
    await forgets(driver);
    const now = await rewritten(driver, rows);
    await fc.assert(
      fc.asyncProperty(keepings, readers, async (keeping, reader) => {
        expect(await found(log, keeping, reader)).toEqual(expect.arrayContaining([...kept(now, keeping, reader)]));
      }),
    );
  });
});

/** Rows from before the migration. */
const forgets = (driver: Driver): Promise<void> =>
  driver.script(`update incidents set team = null, site = null, updated_at = null, concerns = null, readers = null, told_through = null
    where first_seq % 3 = 0`);

/** A node of an earlier build goes on beside this one: it changes rows, and knows nothing of columns added since. */
async function rewritten(driver: Driver, rows: readonly Incident[]): Promise<readonly Incident[]> {
  const now = rows.map((row, at): Incident => {
    const other = rows[(at + 7) % rows.length] ?? row;
    return at % 3 === 1 ? { ...other, id: row.id, number: row.number, throughSeq: row.throughSeq + 1_000 } : row;
  });
  for (const [at, row] of now.entries()) {
    if (row === rows[at]) continue;
    const open = OPEN_STATES.includes(row.state);
    await driver.query('update incidents set through_seq = $1, open = $2, body = $3 where first_seq = $4', [
      row.throughSeq,
      open,
      JSON.stringify(row),
      at + 1,
    ]);
  }
  return now;
}
