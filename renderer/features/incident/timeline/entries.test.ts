import { describe, expect, it } from 'vitest';
import type { Activity } from '#domain/activity/activity.ts';
import { fieldLabel, type Teller } from '#renderer/ui/incident-fields/field-values.ts';
import { wordsOf } from '#renderer/words/words.ts';
import { entriesOf } from './entries.ts';
import { type Entry, foldRuns, isLate, matching } from './entry.ts';

const teller: Teller = {
  say: wordsOf('incident', 'en'),
  common: wordsOf('common', 'en'),
  nameOf: (id) => `<${id}>`,
  when: (at) => new Date(at).toISOString(),
};

let count = 0;
const activity = (type: string, payload: unknown, over: Partial<Activity> = {}): Activity => {
  count += 1;
  return {
    id: `a-${count}`,
    subject: { kind: 'incident', id: 'i-1' },
    type,
    payload,
    actor: 'ada',
    device: 'd-1',
    seq: count,
    occurredAt: count * 1000,
    recordedAt: count * 1000,
    syncedAt: null,
    visibility: 'internal',
    origin: 'command',
    cause: { commandId: `c-${count}`, index: 0 },
    ...over,
  };
};
const changed = (changes: object) => activity('incident.changed', { changes });
const lines = (entry: Entry | undefined) => (entry?.kind === 'change' ? entry.lines : null);

describe('entriesOf', () => {
  it('says what changed in words, from and to, and only names a long text', () => {
    const [entry] = entriesOf(
      [
        changed({
          impact: { from: 3, to: 1 },
          categoryId: { from: null, to: 'c-1' },
          tags: { from: ['a', 'b'], to: [] },
          description: { from: '', to: 'x'.repeat(500) },
        }),
      ],
      teller,
    );
    expect(lines(entry)).toEqual([
      'Impact: One person to A site or a service',
      'Category: <c-1>',
      'Tags removed (was a, b)',
      'Description changed',
    ]);
  });

  it('keeps an entry of a newer version, by the name of its type', () => {
    const [entry] = entriesOf([activity('incident.teleported', { to: 'Mars' })], teller);
    expect(lines(entry)).toEqual(['An entry of a newer version: incident.teleported']);
  });

  it('shows a payload it cannot read rather than leaving it out', () => {
    const [entry] = entriesOf([activity('incident.note', { body: 7 })], teller);
    expect(entry?.kind).toBe('change');
  });

  it('marks a withdrawn reply and shows no entry of its own for the withdrawal', () => {
    const entries = entriesOf(
      [
        activity('incident.reply', { entryId: 'e-1', body: 'Hello', releaseAt: 99 }),
        activity('incident.replyWithdrawn', { entryId: 'e-1', lastReplyAt: null }, { actor: 'bob', occurredAt: 77 }),
      ],
      teller,
    );
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ kind: 'reply', withdrawn: { by: 'bob', at: 77 }, releaseAt: 99 });
  });

  it('shows every row of a source as an entry of its own, in the source’s order, whatever its times say', () => {
    const observed = (n: number, changes: object) =>
      activity(
        'incident.observed',
        { source: 'uci', rowVersion: String(n), changes },
        { origin: 'observed', occurredAt: 1000 - n },
      );
    const rows = Array.from({ length: 57 }, (_, n) =>
      observed(n, {
        modificationCount: { from: n, to: n + 1 },
        ...(n % 2 ? { state: { from: 'new', to: 'inProgress' } } : {}),
      }),
    );
    const entries = entriesOf(rows, teller);
    expect(entries.map((entry) => entry.id)).toEqual(rows.map((row) => row.id));
    expect(lines(entries[1])).toEqual(['State: New to In Progress']);
    expect(lines(entries[2])).toEqual(['Modifications: 2 to 3']);
    expect(entries.some(isLate)).toBe(false);
  });

  it('names a column that is only kept beside ours, and its value, in words', () => {
    const extra = { made_sla: 'false', u_last_seen_by: 'Kim', 'Affected floor': '3', sys_notes: null };
    const row = { source: 'uci', rowVersion: '1', changes: {}, extra };
    const [entry] = entriesOf([activity('incident.observed', row, { origin: 'observed' })], teller);
    expect(lines(entry)).toEqual(['Service level met: no', 'Last seen by: Kim', 'Affected floor: 3', 'Notes changed']);
  });

  it('shows a text that was written at the same time as another, and who wrote it', () => {
    const kept = (text: string) =>
      activity('incident.textKept', { field: 'description', text, by: 'bob', at: 7 }, { actor: 'bob' });
    const [entry, emptied] = entriesOf([kept('It smokes.\nIt smells.'), kept(' ')], teller);
    expect(lines(entry)).toEqual([
      'Description that <bob> wrote at the same time, kept beside the later one:',
      'It smokes.\nIt smells.',
    ]);
    expect(entry).toMatchObject({ fieldsOnly: false });
    expect(lines(emptied)).toEqual(['<bob> emptied Description before the text that stands was written']);
  });

  it('says whose assignment was replaced by somebody who did not know of it', () => {
    const replaces = { by: 'bob', at: 7 };
    const group = { from: 't-1', to: 't-2' };
    const owner = { from: 'bob', to: null };
    const entries = entriesOf(
      [
        activity('incident.assigned', { from: 'bob', to: 'eve', replaces }),
        activity('incident.transferred', { group, owner, note: 'Yours', warm: false, sendBack: false, replaces }),
      ],
      teller,
    );
    expect(entries.map(lines)).toEqual([
      ['Assigned to <eve>', 'Replaces what <bob> had decided meanwhile'],
      ['Transferred to <t-2>', 'Hand-over: Yours', 'Replaces what <bob> had decided meanwhile'],
    ]);
  });

  it('carries the reason of a late entry', () => {
    const late = activity(
      'incident.note',
      { entryId: 'e', body: 'x' },
      { occurredAt: 0, recordedAt: 3_600_000, lateReason: 'no network' },
    );
    const [entry] = entriesOf([late], teller);
    expect(entry && isLate(entry)).toBe(true);
    expect(entry?.lateReason).toBe('no network');
  });
});

describe('an undo in the timeline', () => {
  const undoneBy = (of: Activity, type: string, payload: object) =>
    activity(type, { ...payload, undoes: of.cause?.commandId }, { actor: 'ada' });
  const said = (...log: Activity[]) => entriesOf(log, teller).map(lines);

  it('says which edit was taken back, field by field and only what did go back', () => {
    const edit = changed({ impact: { from: 3, to: 1 }, urgency: { from: 2, to: 1 } });
    const undo = undoneBy(edit, 'incident.changed', { changes: { impact: { from: 1, to: 3 } } });
    expect(said(edit, undo)[1]).toEqual(['Undone: Impact: One person to A site or a service']);
  });

  it('tells the deed that was undone, not the one that took it back', () => {
    const hold = { reason: 'awaitingChange', until: 5000, since: 1, from: 'new', vendor: null, approver: null };
    const held = activity('incident.held', { hold, previous: null });
    const resumed = undoneBy(held, 'incident.resumed', { to: 'new', hold });
    const assigned = activity('incident.assigned', { from: null, to: 'bob' });
    const back = undoneBy(assigned, 'incident.assigned', { from: 'bob', to: null });
    expect(said(held, resumed, assigned, back)).toEqual([
      ['On hold: Awaiting Change, until 1970-01-01T00:00:05.000Z'],
      ['Undone: On hold: Awaiting Change, until 1970-01-01T00:00:05.000Z'],
      ['Assigned to <bob>'],
      ['Undone: Assigned to <bob>'],
    ]);
  });

  it('stands for itself between edits instead of vanishing in their run', () => {
    const edit = () => changed({ impact: { from: 3, to: 1 } });
    const undo = undoneBy(edit(), 'incident.changed', { changes: { impact: { from: 1, to: 3 } } });
    const items = foldRuns(entriesOf([edit(), edit(), undo, edit(), edit()], teller), null);
    expect(items.map((item) => item.kind)).toEqual(['fold', 'change', 'fold']);
  });
});

describe('foldRuns', () => {
  const change = () => changed({ impact: { from: 3, to: 1 } });
  const note = () => activity('incident.note', { entryId: `e-${count}`, body: 'x' });
  const entriesFor = (...log: Activity[]) => entriesOf(log, teller);

  it('folds two and more edits of fields in a row, and leaves a single one alone', () => {
    const items = foldRuns(entriesFor(change(), note(), change(), change(), change(), note()), null);
    expect(items.map((item) => (item.kind === 'fold' ? item.entries.length : item.kind))).toEqual([
      'change',
      'note',
      3,
      'note',
    ]);
  });

  const observed = (changes: object) =>
    activity('incident.observed', { source: 'uci', rowVersion: '1', changes }, { origin: 'observed' });
  const counted = () => observed({ modificationCount: { from: 1, to: 2 } });

  it('folds a run of a source’s edits as well, apart from those of the people here', () => {
    const items = foldRuns(entriesFor(counted(), counted(), counted(), change(), change()), null);
    expect(items.map((item) => item.kind === 'fold' && [item.entries.length, item.entries[0]?.observed])).toEqual([
      [3, true],
      [2, false],
    ]);
  });

  it('never hides a step a source tells of in a run', () => {
    const step = observed({ state: { from: 'new', to: 'inProgress' } });
    const handed = observed({ assignmentGroupId: { from: 't-1', to: 't-2' } });
    expect(foldRuns(entriesFor(counted(), counted(), step, handed, counted(), counted()), null)).toHaveLength(4);
  });

  it('never folds a change of state', () => {
    const started = activity('incident.started', { owner: { from: null, to: 'ada' } });
    expect(foldRuns(entriesFor(change(), started, change()), null)).toHaveLength(3);
  });

  it('ends a run at the first unseen entry, so that news are not hidden among what is known', () => {
    const entries = entriesFor(change(), change(), change(), change());
    expect(foldRuns(entries, entries[2]?.id ?? null).map((item) => item.kind)).toEqual(['fold', 'fold']);
  });

  it('filters by what an entry is', () => {
    const entries = entriesFor(change(), note(), activity('incident.call', { entryId: 'k', body: 'y' }));
    expect(matching(entries, 'notes')).toHaveLength(1);
    expect(matching(entries, 'conversation').map((entry) => entry.kind)).toEqual(['call']);
    expect(matching(entries, 'changes')).toHaveLength(1);
    expect(matching(entries, 'all')).toHaveLength(3);
  });
});

describe('fieldLabel', () => {
  it('names a field as the form does', () => {
    expect(fieldLabel('configurationItemIds', teller)).toBe('Configuration item');
  });
});
