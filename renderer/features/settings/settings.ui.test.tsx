import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_MATRIX } from '#domain/priority/matrix.ts';
import { createFakeEngine } from '#renderer/platform/fake-engine.ts';
import { adoptSettings, usualSettings } from '#renderer/platform/settings-store.ts';
import { renderScreen } from '#renderer/ui/render-screen.tsx';
import { SettingsScreen } from './settings-screen.tsx';

function open() {
  const engine = createFakeEngine();
  engine.set('matrix', DEFAULT_MATRIX);
  return renderScreen(<SettingsScreen status={undefined} version="0.1.0" />, { engine });
}

beforeEach(() => adoptSettings(usualSettings));
afterEach(cleanup);

describe('settings', () => {
  it('keep a choice as soon as it is made', async () => {
    const { host, user } = open();
    await user.click(screen.getByRole('combobox', { name: 'Theme' }));
    await user.click(screen.getByRole('option', { name: 'Dark' }));
    await user.click(screen.getByRole('switch', { name: 'Single keys' }));
    expect(host.written).toEqual([{ theme: 'dark' }, { singleKeys: false }]);
  });

  it('give an action another key and take it from the action that had it', async () => {
    const { host, user } = open();
    await user.click(screen.getByRole('button', { name: 'Change key for Resolve' }));
    await user.keyboard('n');
    expect(host.written).toEqual([{ keys: { newIncident: '', resolve: 'n' } }]);
    expect(screen.getByText(/was the key of “New incident”/)).toBeDefined();
  });

  it('refuse a matrix in which a higher urgency lowers the priority, at the cell that was changed', async () => {
    const { engine, user } = open();
    const changed = await screen.findByRole('combobox', { name: 'Impact 1, urgency 1' });
    await user.selectOptions(changed, '5');
    const invalid = () =>
      screen.getAllByRole('combobox').filter((field) => field.getAttribute('aria-invalid') === 'true');
    expect(invalid()).toEqual([changed]);
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain(
      'Impact 1, urgency 1 is P5 Planning, but impact 1, urgency 2 is P2 High: a higher urgency would lower the priority.',
    );
    expect(changed.getAttribute('aria-describedby')).toBe(alert.id);
    const later = screen.getByRole('combobox', { name: 'Impact 2, urgency 1' });
    await user.selectOptions(later, '4');
    expect(invalid()).toContain(later);
    expect(screen.getByRole('button', { name: 'Save matrix' })).toHaveProperty('disabled', true);
    expect(engine.submitted()).toEqual([]);
  });

  it('save a matrix that holds', async () => {
    const { engine, user } = open();
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Impact 3, urgency 3' }), '4');
    await user.click(screen.getByRole('button', { name: 'Save matrix' }));
    await waitFor(() => expect(engine.submitted()).toHaveLength(1));
    expect(engine.submitted()[0]).toMatchObject({
      name: 'configuration.setMatrix',
      args: {
        matrix: [
          [1, 2, 3],
          [2, 3, 4],
          [3, 4, 4],
        ],
      },
    });
  });

  it('send a test notification and say what came of it', async () => {
    const { engine, user } = open();
    engine.answer('testNotification', () => ({ ok: true, value: { shown: false, reason: 'noDaemon' } }));
    await user.click(screen.getByRole('button', { name: 'Send a test' }));
    expect(await screen.findByText(/nothing on this system shows notifications/)).toBeDefined();
  });
});
