import { expect, test } from './harness/fixtures.ts';
import { countOf, introduce, openIncident, openQueue, record } from './steps/people.ts';

/** The shortest proof that an application works: it starts, somebody sits down, and work survives its end. */

test('started, introduced, recorded, quit and started again: everything is still there', async ({ launch }) => {
  const first = await launch();
  const page = await first.page();
  await introduce(page);
  const number = await record(page, 'Projector dark');
  await expect(page.getByRole('status', { name: 'Sync' })).toContainText('Saved on this device');
  await first.close();

  const again = await (await launch()).page();
  await expect(again.getByRole('navigation', { name: 'Queues' })).toBeVisible();
  await openQueue(again, 'All incidents');
  await expect.poll(() => countOf(again, 'All incidents')).toBe(1);
  await openIncident(again, number);
  await expect(again.getByRole('textbox', { name: 'Short description' })).toHaveValue('Projector dark');
});

test('killed at once after the screen called it saved, the incident is there', async ({ launch }) => {
  const first = await launch();
  const page = await first.page();
  await introduce(page);
  const number = await record(page, 'Power cut in the basement');
  await first.kill();

  const again = await (await launch()).page();
  await openQueue(again, 'All incidents');
  await expect(
    again.getByRole('grid', { name: 'All incidents' }).getByRole('row').filter({ hasText: number }),
  ).toHaveCount(1);
});
