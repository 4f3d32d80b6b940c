import { describe, expect, it } from 'vitest';
import type { Draft } from '#contracts/host/engine-host.ts';
import type { MemoryHost } from '#renderer/platform/memory-host.ts';
import { introduced, nextId, recordArgs, testDesk } from './engine-harness.suite.ts';

const halfWritten = (person: string): Draft => ({
  id: nextId(),
  person,
  kind: 'newIncident',
  incidentId: null,
  content: { shortDescription: 'Half a call' },
  updatedAt: 1,
});

/** A machine killed between the frame and the draft's end: opening the journal is what removes the draft. */
const killedInBetween = (draftId: string) => (host: MemoryHost) => ({
  journal: {
    ...host.journal,
    open: async () => {
      const opening = await host.journal.open();
      host.disk.drafts.delete(draftId);
      return opening;
    },
  },
});

describe('after a kill', () => {
  it('the first answer to a window already holds what was half-written', async () => {
    const first = testDesk();
    const window = first.window();
    const person = await introduced(window);
    const draft = halfWritten(person);
    await window.call('saveDraft', { draft });
    const second = first.restart();
    const again = second.window();
    await again.watch('drafts', { personId: person });
    const answers = again.received.filter((message) => message.type === 'value');
    expect(answers[0]).toMatchObject({ value: [{ id: draft.id }] });
  });

  it('a draft that the last frame took in is not brought back, though its file was still there', async () => {
    const first = testDesk();
    const window = first.window();
    const person = await introduced(window);
    const draft = halfWritten(person);
    await window.call('saveDraft', { draft });
    const kept = first.disk.drafts.get(draft.id) ?? '';
    const args = { commandId: nextId(), name: 'incident.record', args: recordArgs('Half a call'), personId: person };
    await window.call('submit', { ...args, name: 'incident.record', draftId: draft.id });
    first.kill();
    first.disk.drafts.set(draft.id, kept);
    const second = first.restart({ alter: killedInBetween(draft.id) });
    await second.ready();
    expect(await second.window().watch('drafts', { personId: person })).toEqual([]);
  });

  it('a draft that a command took in stays gone, though the clock was set back since its last letter', async () => {
    const first = testDesk();
    const window = first.window();
    const person = await introduced(window);
    const draft = { ...halfWritten(person), updatedAt: Date.UTC(2030, 0, 1) };
    const args = { commandId: nextId(), name: 'incident.record', args: recordArgs('Half a call'), personId: person };
    // As a window does it: the last letters and the command one after the other, without waiting.
    const kept = window.call('saveDraft', { draft });
    await window.call('submit', { ...args, name: 'incident.record', draftId: draft.id });
    await kept;
    const second = first.restart();
    await second.ready();
    expect(await second.window().watch('drafts', { personId: person })).toEqual([]);
  });
});
