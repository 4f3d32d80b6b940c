import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { World } from '#sync/authority/log-world.suite.ts';
import { complaintOf, newFolder } from './process.suite.ts';
import { Seals } from './store/seals.ts';
import { opened } from './store/testing/stores.suite.ts';

describe('npm run server -- verify', { timeout: 300_000 }, () => {
  it('SPEC 15.2, 15.6: says that a database is whole, or where it is not, and leaves with it', async () => {
    const folder = join(newFolder(), 'data');
    const store = await opened({ kind: 'folder', folder });
    const world = await World.staffed(store.log);
    await world.opened('one');
    await new Seals(store.driver).seal(0);
    await store.close();
    const whole = await complaintOf({ DATA_DIR: folder }, 'verify');
    expect(whole).toMatchObject({ code: 0, complained: '' });
    expect(whole.said).toMatch(/^\d+ activities in \d+ chains, 1 seals: whole\n$/);

    const again = await opened({ kind: 'folder', folder });
    await again.driver.query(`update activities set body = replace(body, 'on fire', 'in order') where subject = 'one'`);
    await again.close();
    const { code, said } = await complaintOf({ DATA_DIR: folder }, 'verify');
    expect(code).toBe(1);
    expect(said).toMatch(/^seq \d+, incident "one", entry 1, activity ".+": payload: its content is not what was/m);
    expect(said).toMatch(/: 1 flaws\n$/);
    expect(said).not.toContain('in order');
  });
});
