import { act, cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeEngine } from '#renderer/platform/fake-engine.ts';
import { perform } from '#renderer/ui/keys/action-store.ts';
import { performOffered } from '#renderer/ui/keys/perform-offered.suite.ts';
import { navigate, useNavigation } from '#renderer/ui/navigation.ts';
import { renderScreen } from '#renderer/ui/render-screen.tsx';
import { useGridState } from './grid-state.ts';
import { queueRow } from './queue-row.suite.ts';
import { QueueStrip } from './queue-strip.tsx';
import { useQueueWalk } from './queue-walk.ts';

const NUMBERS = ['INC0000001', 'INC0000002', 'INC0000003'];
const list = {
  total: 3,
  from: 0,
  rows: NUMBERS.map((number, place) => queueRow({ id: `i-${place}`, number })),
};

function Walker() {
  const { route } = useNavigation();
  useQueueWalk('allOpen', route.name === 'incident' ? route.idOrNumber : '');
  return null;
}
function Beside({ number }: { number: string }) {
  const inQueue = useQueueWalk('allOpen', number);
  return <QueueStrip queue="allOpen" marksRow={inQueue} />;
}
const here = () => {
  const { route } = useNavigation.getState();
  return route.name === 'incident' ? route.idOrNumber : route.name;
};

beforeEach(() => {
  useGridState.setState({ queue: 'allOpen', index: 1, id: 'i-1', column: null, peeking: false });
  navigate({ name: 'incident', idOrNumber: 'INC0000002' });
});
afterEach(cleanup);

describe('the strip beside an open incident', () => {
  beforeEach(() => {
    Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, value: 600 });
    Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, value: 400 });
  });
  const outlined = () =>
    screen.getAllByRole('row').flatMap((row) => (row.hasAttribute('data-focused') ? [row.textContent ?? ''] : []));

  it('outlines the open incident, and no row for one that is not of this queue', async () => {
    const engine = createFakeEngine();
    engine.set('list', list);
    renderScreen(<Beside number="INC0000002" />, { engine });
    await waitFor(() => expect(outlined()).toEqual([expect.stringContaining('INC0000002')]));
    cleanup();
    renderScreen(<Beside number="INC0000009" />, { engine });
    await screen.findByRole('row', { name: /INC0000002/ });
    expect(outlined()).toEqual([]);
    act(() => screen.getByRole('grid').focus());
    await waitFor(() => expect(outlined()).toHaveLength(1));
  });
});

describe('walking a queue from an open incident', () => {
  it('leads to the one before and the one after, and no further than the ends', async () => {
    const engine = createFakeEngine();
    engine.set('list', list);
    renderScreen(<Walker />, { engine });
    await waitFor(() => expect(useGridState.getState().index).toBe(1));
    await performOffered('next');
    expect(here()).toBe('INC0000003');
    act(() => void perform('next'));
    expect(here()).toBe('INC0000003');
    await performOffered('previous');
    for (const _ of NUMBERS) act(() => void perform('previous'));
    expect(here()).toBe('INC0000001');
  });

  it('takes a key that was faster than the queue once the queue is there', async () => {
    const engine = createFakeEngine();
    renderScreen(<Walker />, { engine });
    await waitFor(() => expect(perform('next')).toBe(true));
    expect(here()).toBe('INC0000002');
    act(() => engine.set('list', list));
    await waitFor(() => expect(here()).toBe('INC0000003'));
  });
});
