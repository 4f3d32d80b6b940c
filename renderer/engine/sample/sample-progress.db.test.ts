import { describe, expect, it } from 'vitest';
import { introduced, testDesk } from '../engine-harness.suite.ts';

describe('a window that watches the engine while sample data is made', { timeout: 60_000 }, () => {
  it('sees how far it is, and its end', async () => {
    const desk = testDesk();
    const window = desk.window();
    const personId = await introduced(window);
    const begun = window.watch('status', {}, ({ sample }) => sample !== null);
    const underWay = window.watch('status', {}, ({ sample }) => (sample?.done ?? 0) >= 50);
    const loaded = window.call('loadSample', { seed: 7, incidents: 120 });
    expect((await begun).sample?.total).toBe(120);
    expect((await underWay).sample?.total).toBe(120);
    expect((await loaded).ok).toBe(true);
    expect((await window.watch('status', {}, ({ sample }) => sample === null)).incidents).toBe(120);
    expect(
      (await window.watch('search', { text: 'printer', limit: 5 }, ({ reading }) => reading === null)).hits,
    ).not.toHaveLength(0);
    expect((await window.watch('counts', { personId })).allIncidents).toBe(120);
  });
});
