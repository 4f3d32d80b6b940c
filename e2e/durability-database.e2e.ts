import { join } from 'node:path';
import {
  backup,
  backupDatabase,
  dataFolder,
  deleteDatabase,
  garbleDatabase,
  truncateDatabase,
} from './durability/damage.ts';
import { Ledger } from './durability/ledger.ts';
import { randomFrom, seedOf } from './durability/random.ts';
import { expectReady } from './durability/reading.ts';
import { expectEverything, work } from './durability/work.ts';
import { expect, test } from './harness/fixtures.ts';
import { introduce } from './steps/people.ts';

/** The browser's database is a projection: whatever happens to it, the journal and its snapshots make it anew. */

test('deleted, truncated, filled with noise or put back from yesterday, it is made anew without a question', async ({
  launch,
  profile,
}) => {
  test.setTimeout(240_000);
  const seed = seedOf();
  console.log(`    DESKBELL_SEED=${seed} repeats this`);
  const random = randomFrom(seed);
  const ledger = new Ledger();
  let desk = await launch();
  await introduce(await desk.page());
  await work(await desk.page(), ledger, random, 3);
  await desk.close();
  const yesterday = await backupDatabase(profile, join(profile, 'yesterday'));

  desk = await launch();
  await expectReady(await desk.page());
  const damages: readonly (readonly [string, () => Promise<void>])[] = [
    ['put back from yesterday', yesterday.putBack],
    ['truncated', () => truncateDatabase(profile)],
    ['filled with noise', () => garbleDatabase(profile, random)],
    ['deleted', () => deleteDatabase(profile)],
  ];
  for (const [name, damage] of damages) {
    await test.step(name, async () => {
      await work(await desk.page(), ledger, random, 2);
      await desk.kill();
      await damage();
      desk = await launch();
      await expectEverything(await desk.page(), ledger);
    });
  }
});

test('newer than a journal put back from yesterday, it keeps everything, and the journal goes on after it', async ({
  launch,
  profile,
}) => {
  test.setTimeout(240_000);
  const random = randomFrom(seedOf());
  const ledger = new Ledger();
  let desk = await launch();
  await introduce(await desk.page());
  await work(await desk.page(), ledger, random, 2);
  await desk.close();
  const yesterday = await backup(dataFolder(profile), join(profile, 'yesterday'));
  const oldDatabase = await backupDatabase(profile, join(profile, 'old-database'));
  desk = await launch();
  await expectReady(await desk.page());
  await work(await desk.page(), ledger, random, 3);
  await desk.close();

  await yesterday.putBack();
  desk = await launch();
  await expectEverything(await desk.page(), ledger);
  await work(await desk.page(), ledger, random, 2);
  await desk.kill();

  // Now the journal begins where the database was: one that is older than that has only the snapshot.
  await oldDatabase.putBack();
  desk = await launch();
  await expectEverything(await desk.page(), ledger);
  await expect((await desk.page()).getByRole('status', { name: 'Sync' })).toContainText('Rebuilt');
  await work(await desk.page(), ledger, random, 1);
  await desk.kill();
  await deleteDatabase(profile);
  desk = await launch();
  await expectEverything(await desk.page(), ledger);
});
