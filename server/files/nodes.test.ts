import { describe, expect, it } from 'vitest';
import { findPostgres } from '#server/store/testing/postgres.suite.ts';
import { clusterOf, opened } from '#server/store/testing/stores.suite.ts';
import { bytesOf, filesUnderTest, incidentOf, sha256, TusDesk } from './files-under-test.suite.ts';

const postgres = findPostgres();
describe.skipIf(postgres === null)('nodes that share a PostgreSQL and a folder', () => {
  const cluster = clusterOf(postgres ?? '');
  const files = filesUnderTest(async () => opened({ kind: 'postgres', url: await cluster().database() }));

  const started = async (limits = {}) => {
    const under = await files();
    const [one, other] = [await under.node(limits), await under.node(limits)];
    const desks = [new TusDesk(one, await one.login()), new TusDesk(other, await other.login())] as const;
    return { ...under, desks, incident: await incidentOf(desks[0].desk) };
  };

  it('SPEC 17.2: take turns with one upload, and one of several requests writes', async () => {
    const { desks, incident, kept } = await started();
    const bytes = bytesOf(900_000);
    const location = await desks[0].begin(incident, bytes);
    for (const [from, to] of [
      [0, 300_000],
      [300_000, 600_000],
      [600_000, 900_000],
    ] as const) {
      const said = await Promise.all(
        [...desks, ...desks].map((at) => at.patch(location, from, bytes.subarray(from, to))),
      );
      expect(said.map(({ status }) => status).filter((status) => status === 204)).toHaveLength(1);
    }
    expect(await desks[1].offset(location)).toBe(900_000);
    expect((await desks[1].ask('GET', sha256(bytes))).body.equals(bytes)).toBe(true);
    expect(kept()).toHaveLength(1);
  });

  it('SPEC 17.9: count a person’s day together', async () => {
    const { desks, incident } = await started({ day: 10_000 });
    const created = await Promise.all(
      [1, 2, 3, 4].map((seed, at) => {
        const fields = { incidentId: incident, filename: 'x', sha256: sha256(bytesOf(4_000, seed)) };
        return desks[at % 2 === 0 ? 0 : 1].create(fields, 4_000);
      }),
    );
    expect(created.map(({ status }) => status).toSorted()).toEqual([201, 201, 429, 429]);
  });

  it('SPEC 17.5: keep the same bytes once that arrive at both', async () => {
    const { desks, incident, kept } = await started();
    const bytes = bytesOf(300_000);
    const locations = await Promise.all(desks.map((desk, at) => desk.begin(incident, bytes, { filename: `${at}` })));
    const said = await Promise.all(desks.map((desk, at) => desk.patch(locations[at] ?? '', 0, bytes)));
    expect(said.map(({ status }) => status)).toEqual([204, 204]);
    expect(kept()).toHaveLength(1);
  });
});
