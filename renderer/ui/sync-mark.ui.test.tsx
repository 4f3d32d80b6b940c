import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { createFakeEngine } from '#renderer/platform/fake-engine.ts';
import { statusOf } from './agreement.suite.ts';
import { renderScreen } from './render-screen.tsx';
import { NotSent, SyncMark } from './sync-mark.tsx';

afterEach(cleanup);

describe('the marks of a shared desk', () => {
  it('say in words that something waits to be sent and that something needs a decision', () => {
    renderScreen(<SyncMark pending needsYou />);
    expect(screen.getByText('Waiting to be sent')).toBeDefined();
    expect(screen.getByText('Needs you')).toBeDefined();
  });

  it('have the same words as their names where only glyphs fit', () => {
    renderScreen(<SyncMark pending needsYou short />);
    expect(screen.getAllByRole('img').map((mark) => mark.title)).toEqual(['Needs you', 'Waiting to be sent']);
    expect(screen.getByRole('img', { name: 'Waiting to be sent' })).toBeDefined();
  });

  it('are absent where everything has reached the others', () => {
    renderScreen(<SyncMark pending={false} needsYou={false} />);
    expect(screen.queryByText(/Waiting|Needs/)).toBeNull();
  });

  it('say of an entry that it was not sent yet only at a desk that shares its log', async () => {
    const { engine } = renderScreen(<NotSent />, { engine: createFakeEngine({ status: statusOf('alone') }) });
    await waitFor(() => expect(screen.queryByText('not sent yet')).toBeNull());
    engine.set('status', statusOf('shared'));
    expect(await screen.findByText('not sent yet')).toBeDefined();
  });
});
