import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { renderScreen } from '../render-screen.tsx';
import { forgetNotNow, perform, performIfOffered, useAction } from './action-store.ts';
import type { ActionId } from './actions.ts';
import { NotNowStatus } from './not-now.tsx';

afterEach(() => {
  cleanup();
  forgetNotNow();
});

function Offers({ action, run, whyNot }: { action: ActionId; run: (() => void) | null; whyNot?: string }) {
  useAction(action, run, whyNot);
  return null;
}
const asked = (action: ActionId) => act(() => void perform(action));
const said = () => screen.getByRole('status').textContent;

describe('a key pressed in vain', () => {
  it('says in one sentence why, for each kind of action', () => {
    renderScreen(<NotNowStatus />);
    const sentences: readonly (readonly [ActionId, string])[] = [
      ['undo', 'Nothing to undo.'],
      ['start', 'Start work: no incident is open or chosen here.'],
      ['note', 'Write a note: open an incident first.'],
      ['nextRow', 'Next row: only in a queue with incidents.'],
      ['next', 'Next incident: there is none from here.'],
    ];
    for (const [action, sentence] of sentences) {
      asked(action);
      expect(said()).toBe(sentence);
    }
  });

  it('prefers the sentence of the screen that knows why', () => {
    renderScreen(
      <>
        <Offers action="start" run={null} whyNot="Start work: not while the incident is Resolved." />
        <NotNowStatus />
      </>,
    );
    asked('start');
    expect(said()).toBe('Start work: not while the incident is Resolved.');
  });

  it('says nothing where the action is carried out, and nothing of Enter and Space, which the page needs too', () => {
    const run = vi.fn();
    renderScreen(
      <>
        <Offers action="start" run={null} whyNot="Not here." />
        <Offers action="start" run={run} />
        <NotNowStatus />
      </>,
    );
    for (const action of ['start', 'open', 'peek'] as const) asked(action);
    expect(run).toHaveBeenCalledOnce();
    expect(said()).toBe('');
  });

  it('is silent for what the desk itself only tries', () => {
    renderScreen(<NotNowStatus />);
    act(() => expect(performIfOffered('next')).toBe(false));
    expect(said()).toBe('');
  });

  it('is put away by the next key, and a new sentence for the same key is read out again', async () => {
    const { user } = renderScreen(<NotNowStatus />);
    asked('undo');
    const first = screen.getByText('Nothing to undo.');
    asked('undo');
    expect(screen.getByText('Nothing to undo.')).not.toBe(first);
    await user.keyboard('{Shift}');
    expect(said()).toBe('');
  });
});
