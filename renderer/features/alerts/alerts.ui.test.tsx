import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { AlertEntry } from '#contracts/engine/protocol.ts';
import { createFakeEngine } from '#renderer/platform/fake-engine.ts';
import { ada, renderScreen } from '#renderer/ui/render-screen.tsx';
import { AlertsDialog } from './alerts-dialog.tsx';

const alert: AlertEntry = {
  id: 'a-1',
  rule: 'importantRecorded',
  dedupeKey: 'i-1',
  incidentId: 'i-1',
  number: 'INC0000001',
  priority: 1,
  title: 'P1 INC0000001',
  shortDescription: 'Whole site without network',
  members: [],
  why: 'Recorded by Grace Hopper as P1',
  count: 1,
  firstAt: Date.now() - 60_000,
  lastAt: Date.now() - 60_000,
  state: 'triggered',
  delivery: [{ channel: 'os', shown: false, reason: 'noDaemon', at: Date.now() }],
  forPersonId: ada.id,
};

function open(entries: readonly AlertEntry[]) {
  const engine = createFakeEngine();
  engine.set('alerts', { unacknowledged: entries.length, entries });
  const opened: string[] = [];
  const view = renderScreen(
    <AlertsDialog opened personId={ada.id} onClose={() => undefined} onOpen={(number) => opened.push(number)} />,
    { engine },
  );
  return { ...view, opened };
}

afterEach(cleanup);

describe('the alerts dialog', () => {
  it('names the incident of each alert by its number and its short description', async () => {
    open([alert, { ...alert, id: 'a-2', title: 'P2 INC0000002', shortDescription: null }]);
    const [plain, hidden] = await screen.findAllByRole('listitem');
    expect(plain?.textContent).toContain('Whole site without network');
    expect(hidden?.textContent).toContain('Confidential incident');
  });

  it('unfolds a digest to the incidents it stands for, each of which opens, and says how many are not listed', async () => {
    const member = (n: number) => ({
      id: `m-${n}`,
      incidentId: `i-${n}`,
      number: `INC000001${n}`,
      priority: 2 as const,
      shortDescription: `Printer ${n} jams`,
      state: 'triggered' as const,
    });
    const digest = { rule: 'digest', number: null, incidentId: null, priority: null, shortDescription: null } as const;
    const title = '18 more incidents need attention';
    const { user, opened } = open([{ ...alert, ...digest, title, count: 18, members: [member(1), member(2)] }]);
    const unfold = await screen.findByRole('button', { name: 'Show the incidents' });
    expect(unfold.getAttribute('aria-expanded')).toBe('false');
    expect(screen.queryByText('Printer 1 jams')).toBeNull();
    await user.click(unfold);
    const list = screen.getByRole('list', { name: title });
    expect(within(list).getByText('Printer 1 jams')).toBeDefined();
    expect(screen.getByText('The 16 others stand in All open.')).toBeDefined();
    await user.click(within(list).getByRole('button', { name: /INC0000012/ }));
    expect(opened).toEqual(['INC0000012']);
  });

  it('says why each one came, and why the desktop did not show it', async () => {
    open([alert]);
    const dialog = await screen.findByRole('dialog', { name: 'Alerts' });
    expect(await within(dialog).findByText('Recorded by Grace Hopper as P1')).toBeDefined();
    expect(within(dialog).getByText(/nothing on this system shows notifications/)).toBeDefined();
  });

  it('acknowledges and snoozes by buttons described by their alert', async () => {
    const { engine, user } = open([alert]);
    const acknowledge = await screen.findByRole('button', { name: 'Acknowledge' });
    const snooze = screen.getByRole('button', { name: 'Snooze' });
    for (const button of [acknowledge, snooze]) {
      expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toBe(alert.title);
    }
    await user.click(acknowledge);
    expect(engine.calls).toEqual([{ name: 'acknowledgeAlert', args: { alertId: 'a-1' } }]);
    await user.click(snooze);
    await user.click(await screen.findByRole('menuitem', { name: '1 hour' }));
    expect(engine.calls[1]).toMatchObject({ name: 'snoozeAlert', args: { alertId: 'a-1' } });
  });

  it('opens the incident', async () => {
    const { user, opened } = open([alert]);
    await user.click(await screen.findByRole('button', { name: 'Open INC0000001' }));
    expect(opened).toEqual(['INC0000001']);
  });

  it('says what would come here when there is nothing', async () => {
    open([]);
    expect(await screen.findByText(/No alerts/)).toBeDefined();
  });
});
