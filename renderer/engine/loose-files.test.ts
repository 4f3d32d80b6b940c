import { expect, test } from 'vitest';
import { contentOf } from '#contracts/host/files-host.suite.ts';
import { LOOSE_GRACE } from '#contracts/host/files-host.ts';
import type { Activity } from '#domain/activity/activity.ts';
import { staffedDesk } from '#domain/command/memory-desk.suite.ts';
import { memoryFileStore } from '#renderer/platform/files/file-store.ts';
import { pageFiles } from '#renderer/platform/files/page-files.ts';
import { settleLooseFiles } from './loose-files.ts';

/** A desk with an incident, files that were added for it at noon, and housekeeping at some later time. */
async function begun() {
  const noon = Date.UTC(2026, 0, 5, 12);
  const { desk, engine } = pageFiles({ store: memoryFileStore(), now: () => noon, save: () => undefined });
  const memory = staffedDesk();
  const incidentId = memory.opened();
  const add = async (text: string) => {
    const content = contentOf(new TextEncoder().encode(text));
    const added = await desk.add({ incidentId, name: `${text}.txt`, content });
    if (!added.ok) throw new Error(added.error.code);
    return added.value;
  };
  const attach = async (text: string) => {
    const file = await add(text);
    const args = { incidentId, attachmentId: text, visibility: 'internal', ...file } as const;
    memory.send('incident.attach', args);
    return file;
  };
  const settle = async (
    hours: number,
    { whole = true, parked = 0, timeline = (): readonly Activity[] => memory.timeline(incidentId) } = {},
  ) =>
    settleLooseFiles({
      files: engine,
      desk: { timeline: async () => timeline(), isTimelineWhole: async () => whole },
      now: () => noon + hours * 3_600_000,
      parked: async () => parked,
    });
  const here = async (...files: readonly { readonly sha256: string }[]) =>
    (await desk.state({ sha256s: files.map(({ sha256 }) => sha256) })).map((state) => state.here);
  const loose = async () => (await engine.loose({ before: Number.MAX_SAFE_INTEGER })).length;
  return { memory, incidentId, add, attach, settle, here, loose };
}

test('what a log names stays, also when it was taken off since; what none names goes after its time', async () => {
  const { memory, incidentId, add, attach, settle, here, loose } = await begun();
  const [kept, off, lost] = [await attach('kept'), await attach('off'), await add('lost')];
  memory.send('incident.detach', { incidentId, attachmentId: 'off' });
  await settle(23);
  expect(await here(kept, off, lost)).toEqual([true, true, true]);
  await settle(LOOSE_GRACE / 3_600_000 + 1);
  expect(await here(kept, off, lost)).toEqual([true, true, false]);
  expect(await loose()).toBe(0);
});

test('nothing is thrown away on the word of half a timeline, nor while a refused command may come again', async () => {
  const { add, settle, here, loose } = await begun();
  const lost = await add('lost');
  await settle(48, { whole: false });
  await settle(48, { parked: 1 });
  expect(await here(lost)).toEqual([true]);
  expect(await loose()).toBe(1);
  await settle(48);
  expect(await here(lost)).toEqual([false]);
});
