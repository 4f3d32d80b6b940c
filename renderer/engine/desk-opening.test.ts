import { describe, expect, it } from 'vitest';
import { DeskOpening } from './desk-opening.ts';

/** Openings that end when the test says so. */
function openings() {
  const ends: (() => void)[] = [];
  const failures: unknown[] = [];
  const opening = new DeskOpening(
    () => new Promise((resolve) => ends.push(resolve)),
    (cause) => failures.push(cause),
  );
  const turns = () => new Promise((resolve) => setTimeout(resolve, 0));
  return { opening, ends, failures, turns };
}

describe('the opening of a desk', () => {
  it('lets those wait who asked during an earlier one', async () => {
    const { opening, ends, turns } = openings();
    void opening.begin();
    let open = false;
    const waits = opening.settled().then(() => {
      open = true;
    });
    void opening.begin();
    await turns();
    ends[0]?.();
    await turns();
    expect([ends.length, open]).toEqual([2, false]);
    ends[1]?.();
    await waits;
    expect(open).toBe(true);
  });

  it('goes on with the next one when one failed', async () => {
    const { opening, ends, failures, turns } = openings();
    const cause = new Error('no');
    void opening.begin(() => Promise.reject(cause));
    void opening.begin();
    await turns();
    expect(failures).toEqual([cause]);
    ends[0]?.();
    await opening.settled();
  });
});
