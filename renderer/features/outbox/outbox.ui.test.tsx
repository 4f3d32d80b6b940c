import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Connection, OutboxItem } from '#contracts/engine/agreement.ts';
import { err, ok } from '#domain/result.ts';
import { createFakeEngine } from '#renderer/platform/fake-engine.ts';
import { joined } from '#renderer/ui/agreement.suite.ts';
import { useNavigation } from '#renderer/ui/navigation.ts';
import { ada, renderScreen } from '#renderer/ui/render-screen.tsx';
import { OutboxDialog } from './outbox-dialog.tsx';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const item = (changes: Partial<OutboxItem> = {}): OutboxItem => ({
  commandId: 'c-1',
  name: 'incident.resolve',
  personId: ada.id,
  personName: ada.name,
  incidentId: 'i-42',
  number: 'INC0000042',
  shortDescription: 'Printer offline',
  fields: [],
  recordedAt: Date.now() - 5.5 * MINUTE,
  why: 'waiting',
  mayBeRefused: null,
  ...changes,
});

function open(connection: Partial<Connection>, items: readonly OutboxItem[] = [], total = items.length) {
  const engine = createFakeEngine({ connection: joined(connection), outbox: { total, items } });
  const onClose = vi.fn();
  const view = renderScreen(<OutboxDialog opened onClose={onClose} />, { engine });
  return { ...view, onClose };
}

afterEach(cleanup);

describe('the outbox', () => {
  it('says in words what waits, who recorded it, when, and why it waits', async () => {
    const since = new Date('2026-01-02T10:42:00Z').getTime();
    const grace = { commandId: 'c-2', personId: 'p-grace', personName: 'Grace Hopper' } as const;
    const { engine } = open({ states: [{ kind: 'offline', since }] }, [
      item(),
      item({ ...grace, name: 'incident.note', why: 'signInNeeded' }),
      item({ commandId: 'c-3', name: 'configuration.setMatrix', incidentId: null, why: 'again' }),
      item({ commandId: 'c-4', name: 'incident.update', fields: ['shortDescription', 'categoryId', 'ofTomorrow'] }),
    ]);
    const list = await screen.findByRole('list', { name: 'What waits' });
    const [resolving, note, matrix, change] = within(list).getAllByRole('listitem');
    expect(resolving?.textContent).toContain('Resolve INC0000042 Printer offline');
    expect(resolving?.textContent).toContain('Me');
    expect(resolving?.textContent).toContain('5 min ago');
    expect(resolving?.textContent).toContain('offline since 2 Jan 2026, 10:42');
    expect(resolving?.querySelector('time')?.title).toMatch(/\d{4} at \d\d:\d\d/);
    expect(note?.textContent).toContain('Add a work note to INC0000042 Printer offline');
    expect(note?.textContent).toContain('Grace Hopper');
    expect(note?.textContent).toContain('waits until Grace Hopper signs in');
    expect(matrix?.textContent).toContain('Change the priority matrix');
    expect(change?.textContent).toContain('Change INC0000042 Printer offline: Short description, Category, ofTomorrow');
    expect(matrix?.textContent).toContain('because the server was restored');
    expect(list.textContent).not.toMatch(/incident\.|configuration\./);
    expect(engine.calls).toEqual([]);
  });

  it('says why something may be refused, also by a code of a newer server', async () => {
    open({}, [
      item({ mayBeRefused: { code: 'wrongState', details: { state: 'closed' } } }),
      item({ commandId: 'c-2', mayBeRefused: { code: 'ofANewerServer' } }),
    ]);
    expect(await screen.findByText(/May be refused: The incident is “Closed” by now/)).toBeDefined();
    expect(screen.getByText(/May be refused: .* no words for/)).toBeDefined();
  });

  it('says a command of a newer version in words too', async () => {
    open({}, [item({ name: 'incident.teleport' })]);
    expect(await screen.findByRole('button', { name: /Change INC0000042 .*no words for/ })).toBeDefined();
  });

  it('tells the state of the connection, when it tries again, and tries at once when asked', async () => {
    const { engine, user } = open({
      states: [{ kind: 'offline', since: Date.now() }],
      nextTryAt: Date.now() + 10 * MINUTE + 5_000,
    });
    const news = await screen.findByRole('region', { name: 'Connection' });
    expect(news.textContent).toContain('Offline since');
    expect(news.textContent).toContain('The next try comes by itself in 10 min.');
    await user.click(within(news).getByRole('button', { name: 'Try now' }));
    expect(engine.calls).toEqual([{ name: 'syncNow', args: {} }]);
  });

  it('says that a try is going on, and what came of one that failed', async () => {
    const { engine, user } = open({ states: [{ kind: 'offline', since: Date.now() }] });
    expect(await screen.findByText('A try is going on.')).toBeDefined();
    engine.answer('syncNow', () => err({ code: 'network', network: 'timedOut' }));
    await user.click(screen.getByRole('button', { name: 'Try now' }));
    expect((await screen.findByRole('alert')).textContent).toContain('did not answer in time');
  });

  it('says that this device keeps only a part, where it tells the truth about the connection', async () => {
    open({ scope: { teamIds: ['t-1'], siteIds: [], closedFor: null } });
    const news = await screen.findByRole('region', { name: 'Connection' });
    expect(news.textContent).toContain('This device keeps only a part of the server’s incidents');
    cleanup();
    open({ scope: { teamIds: [], siteIds: [], closedFor: null } });
    expect((await screen.findByRole('region', { name: 'Connection' })).textContent).not.toContain('only a part');
  });

  it('says every state a person must know of', async () => {
    open({
      states: [
        { kind: 'versionTooOld' },
        { kind: 'signInNeeded', waiting: 2 },
        { kind: 'notOurServer' },
        { kind: 'clockOff', by: -2 * 60 * MINUTE },
        { kind: 'serverRestored', again: 1 },
        { kind: 'loading', done: 10, total: 4_000 },
        { kind: 'sending', count: 3 },
        { kind: 'parked', count: 2 },
      ],
    });
    const news = await screen.findByRole('region', { name: 'Connection' });
    for (const sentence of [
      'needs a newer Deskbell',
      '2 changes wait until their person signs in again',
      'Something else answers',
      '2 h behind the server’s',
      'restored from a backup, so 1 change is sent',
      '10 of 4,000',
      '2 changes were refused and wait in Conflicts',
    ]) {
      expect(news.textContent).toContain(sentence);
    }
  });

  it('says that something is being sent only while nothing is in the way', async () => {
    const { engine } = open({ states: [{ kind: 'sending', count: 3 }] });
    expect(await screen.findByText('3 changes are being sent.')).toBeDefined();
    cleanup();
    open({
      states: [
        { kind: 'offline', since: Date.now() },
        { kind: 'sending', count: 3 },
      ],
    });
    expect(await screen.findByText(/^Offline since/)).toBeDefined();
    expect(screen.queryByText(/are being sent/)).toBeNull();
    expect(engine.calls).toEqual([]);
  });

  it('exports everything as a file and says what it holds', async () => {
    const { engine, host, user } = open({}, [item()]);
    const saved = vi.spyOn(host, 'saveFile');
    engine.answer('exportOutbox', () => ok({ text: '{"waiting":[]}' }));
    await user.click(await screen.findByRole('button', { name: 'Export…' }));
    expect(await screen.findByText(/The file was saved/)).toBeDefined();
    expect(saved).toHaveBeenCalledWith({
      suggestedName: expect.stringMatching(/^deskbell-outbox-\d{4}-\d\d-\d\d\.json$/),
      text: '{"waiting":[]}',
    });
    saved.mockRejectedValueOnce(new Error('no room'));
    await user.click(screen.getByRole('button', { name: 'Export…' }));
    expect((await screen.findByRole('alert')).textContent).toContain('could not be written');
  });

  it('opens the incident', async () => {
    const { user, onClose } = open({}, [item()]);
    await user.click(await screen.findByRole('button', { name: 'Resolve INC0000042 Printer offline' }));
    expect(onClose).toHaveBeenCalled();
    expect(useNavigation.getState().route).toEqual({ name: 'incident', idOrNumber: 'i-42' });
  });

  it('lists what goes first after a month offline and counts the rest honestly', async () => {
    const many = Array.from({ length: 200 }, (_, n) =>
      item({ commandId: `c-${n}`, number: `INC${n}`, recordedAt: new Date('2026-01-02T08:12:00Z').getTime() + n }),
    );
    open({ states: [{ kind: 'offline', since: Date.now() - 30 * DAY }] }, many, 10_000);
    expect(await screen.findByText(/^10,000 changes are kept on this device/)).toBeDefined();
    expect(screen.getByText(/The oldest was recorded 2 Jan 2026, 08:12/)).toBeDefined();
    expect(screen.getByText(/^… and 9,800 more/)).toBeDefined();
    expect(screen.getAllByRole('listitem')).toHaveLength(200);
  });

  it('says that everything is synchronised, and when', async () => {
    open({ syncedAt: new Date('2026-01-02T10:42:00Z').getTime() });
    expect(await screen.findByText('Connected. Everything was sent and taken at 2 Jan 2026, 10:42.')).toBeDefined();
    expect(screen.getByText('Nothing waits on this device.')).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Export…' })).toBeNull();
  });

  it('says at a desk that works alone that nothing has to be sent', async () => {
    open({ mode: 'alone' });
    expect(await screen.findByText(/This desk works alone/)).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Try now' })).toBeNull();
  });
});
