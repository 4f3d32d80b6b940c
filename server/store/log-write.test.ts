import { expect, it } from 'vitest';
import type { Activity } from '#domain/activity/activity.ts';
import { KeptEnds } from './chaining.ts';
import type { Queries } from './driver.ts';
import { writeBatch } from './log-write.ts';

/** A bug that shows while the second statement is made: no JSON says this number. */
const unchainable: Activity = {
  id: 'one',
  subject: { kind: 'incident', id: 'i' },
  type: 'incident.note',
  payload: { body: 1n },
  actor: 'p',
  device: 'd',
  seq: 1,
  occurredAt: 0,
  recordedAt: 0,
  syncedAt: 0,
  visibility: 'internal',
  origin: 'command',
  cause: { commandId: 'c', index: 0 },
};

it('a write ends when its first statement has, and fails for its reason, though the second could not even be made', async () => {
  let ended = 0;
  const gone = new Error('the connection is gone');
  const queries: Queries = {
    query: async (statement) => {
      if (statement.includes('from chain_heads')) return [];
      await new Promise((resolve) => setTimeout(resolve));
      ended += 1;
      throw gone;
    },
    script: async () => undefined,
  };
  const head = { epoch: 'e', seq: 0, highestNumber: 0, directoryVersion: 'v' };
  const effects = { incidents: [], records: [], matrix: null };
  const batch = { head: 1, decided: [], lanes: [], activities: [unchainable], effects };
  await expect(writeBatch(queries, head, new KeptEnds(queries), batch)).rejects.toBe(gone);
  expect(ended).toBe(1);
});
