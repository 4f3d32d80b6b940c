import { act, cleanup, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Connection, Readiness } from '#contracts/engine/agreement.ts';
import { err } from '#domain/result.ts';
import { createFakeEngine } from '#renderer/platform/fake-engine.ts';
import { joined } from '#renderer/ui/agreement.suite.ts';
import { useNavigation } from '#renderer/ui/navigation.ts';
import { ada, renderScreen } from '#renderer/ui/render-screen.tsx';
import { RoadDialog } from './road-dialog.tsx';

const lacking = (n: number) => ({ id: `i-${n}`, number: `INC000000${n}`, shortDescription: `Printer ${n} jams` });

const almost: Readiness = {
  incidents: 48_213,
  wanted: 42,
  held: 36,
  missing: [lacking(1), lacking(2)],
  fetching: null,
  syncedAt: Date.now() - 5.5 * 60_000,
  loading: null,
  bytesFree: 12_400_000_000,
  score: 86,
  ready: false,
};
const ready: Readiness = { ...almost, held: 42, missing: [], score: 100, ready: true };

function open(readiness: Readiness, connection: Partial<Connection> = {}) {
  const engine = createFakeEngine({ connection: joined(connection), readiness });
  const onClose = vi.fn();
  const onScope = vi.fn();
  const view = renderScreen(<RoadDialog opened onClose={onClose} onScope={onScope} />, { engine });
  return { ...view, onClose, onScope };
}

afterEach(cleanup);

describe('preparing for the road', () => {
  it('says in words and in a number how ready the device is', async () => {
    open(almost);
    expect((await screen.findByRole('status')).textContent).toBe('Almost ready86 of 100');
    expect(screen.getByRole('meter', { name: 'Readiness' }).getAttribute('aria-valuenow')).toBe('86');
    expect(screen.getByText(/So that a day without a network is like any other/)).toBeDefined();
  });

  it('says what is on the device, when it was synchronised, and how much room is left', async () => {
    open(almost);
    const here = await screen.findByRole('region', { name: 'On this device' });
    for (const fact of ['48,213', '36 of 42', '5 min ago', '12.4 GB']) expect(here.textContent).toContain(fact);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says what this device keeps, leads to changing it, and promises no more than that', async () => {
    const { engine, user, onScope } = open(almost);
    expect(await screen.findByText('Keeps: everything you may see')).toBeDefined();
    expect(screen.getByText(/all incidents, and the whole timelines/)).toBeDefined();
    act(() => engine.set('connection', joined({ scope: { teamIds: [], siteIds: [], closedFor: 30 } })));
    expect(await screen.findByText('Keeps: all teams; open, or changed within 30 days')).toBeDefined();
    expect(screen.getByText(/the incidents this device keeps, and the whole timelines/)).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Change what this device keeps' }));
    expect(onScope).toHaveBeenCalledOnce();
  });

  it('warns when little room is left, and says nothing of it where nobody can tell', async () => {
    open({ ...almost, bytesFree: 310_000_000 });
    expect((await screen.findByRole('alert')).textContent).toContain('Only 310 MB is free');
    cleanup();
    open({ ...almost, bytesFree: null });
    expect((await screen.findByRole('region', { name: 'On this device' })).textContent).not.toContain('Free space');
  });

  it('lists what is missing by number, counts the rest, and opens one', async () => {
    const { user, onClose } = open(almost);
    const list = await screen.findByRole('list', { name: 'Missing: the timelines of 6 incidents' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(2);
    expect(screen.getByText('… and 4 more.')).toBeDefined();
    await user.click(within(list).getByRole('button', { name: 'INC0000002 Printer 2 jams' }));
    expect(onClose).toHaveBeenCalled();
    expect(useNavigation.getState().route).toEqual({ name: 'incident', idOrNumber: 'i-2' });
  });

  it('fetches what is missing by one button, and says how far it is', async () => {
    const { engine, user } = open(almost);
    await user.click(await screen.findByRole('button', { name: 'Fetch what is missing' }));
    expect(engine.calls).toEqual([{ name: 'prepareForRoad', args: { personId: ada.id } }]);
    engine.set('readiness', { ...almost, fetching: { done: 2, total: 6 }, loading: { done: 900, total: 48_213 } });
    const bar = await screen.findByRole('progressbar', { name: 'Fetching timelines: 2 of 6' });
    expect(bar.getAttribute('aria-valuenow')).toBe('2');
    expect(screen.getByRole('progressbar', { name: 'Fetching incidents: 900 of 48,213' })).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Fetch what is missing' }));
    expect(engine.calls).toHaveLength(1);
  });

  it('says what it cannot do offline, and without a session', async () => {
    open(almost, { states: [{ kind: 'offline', since: Date.now() }] });
    const button = await screen.findByRole<HTMLButtonElement>('button', { name: 'Fetch what is missing' });
    expect(button.disabled).toBe(true);
    expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toContain(
      'Offline now.',
    );
    cleanup();
    open(almost, { people: [] });
    expect(await screen.findByText(/^Sign in first/)).toBeDefined();
  });

  it('says why fetching failed', async () => {
    const { engine, user } = open(almost);
    engine.answer('prepareForRoad', () => err({ code: 'diskFull' }));
    await user.click(await screen.findByRole('button', { name: 'Fetch what is missing' }));
    expect((await screen.findByRole('alert')).textContent).toContain('The disk is full');
  });

  it('says “Ready” and asks for nothing more', async () => {
    open(ready);
    expect((await screen.findByRole('status')).textContent).toBe('Ready100 of 100');
    expect(screen.getByText(/You can leave the network behind/)).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Fetch what is missing' })).toBeNull();
    expect(screen.queryByRole('list')).toBeNull();
  });

  it('says at a desk that works alone that everything is here', async () => {
    open(ready, { mode: 'alone' });
    expect(await screen.findByText(/Everything it knows is on this device/)).toBeDefined();
  });
});
