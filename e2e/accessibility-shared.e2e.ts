import { test } from './harness/fixtures.ts';
import { expectClean, expectFits } from './harness/reading.ts';
import { JOINING } from './scenes/joining.ts';
import { ROLES } from './scenes/roles.ts';
import { SHARING } from './scenes/sharing.ts';
import { type Part, startWorld } from './scenes/world.ts';

/**
 * The same stories that are photographed, read by axe at each of their parts, in light, dark and high contrast; and
 * at the width of a narrow window, where nothing may run out of it sideways.
 */

test.describe.configure({ timeout: 900_000 });

const USUAL = { width: 1280, height: 800 };
const NARROW = { width: 640, height: 500 };

/** In Settings the button over a key cap is named by what the key does; the cap is its description. */
const KEY_CAPS = ['label-content-name-mismatch'];

async function read(parts: readonly Part[]): Promise<void> {
  const world = await startWorld();
  try {
    const page = await world.desk.page();
    for (const part of parts) {
      await page.setViewportSize(USUAL);
      await part.tell(page, world);
      await expectClean(page, part.name, KEY_CAPS);
      await page.setViewportSize(NARROW);
      await expectFits(page, part.name);
    }
  } finally {
    await world.close();
  }
}

test('joining a server, and what goes wrong on the way, can be read by everybody', () => read(JOINING));
test('a desk that shares its incidents can be read by everybody, whatever the network does', () => read(SHARING));
test('a desk of somebody who only looks on can be read by everybody', () => read(ROLES));
