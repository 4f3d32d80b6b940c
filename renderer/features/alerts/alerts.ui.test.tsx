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
  title: 'P1 INC0000001: Whole site without network',
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
