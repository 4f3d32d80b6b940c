import { cleanup, screen, waitFor } from '@testing-library/react';
import { useEffect, useRef, useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { useAction } from '#renderer/ui/keys/action-store.ts';
import { renderScreen } from '#renderer/ui/render-screen.tsx';
import { CommandsDialog } from './commands-dialog.tsx';

afterEach(cleanup);

/** Longer than any return of the focus that is done later. */
const later = () => new Promise((resolve) => setTimeout(resolve, 60));

/** What had the focus when a command ran. */
let focusAtRun: Element | null = null;

/** A field that replaces another when somebody writes a reply, as the composer does. */
function Desk() {
  const [opened, setOpened] = useState(false);
  const [reply, setReply] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useAction('reply', () => setReply(true));
  useAction('note', () => field.current?.focus());
  useAction('copyNumber', () => {
    focusAtRun = document.activeElement;
  });
  useEffect(() => {
    if (reply) field.current?.focus();
  }, [reply]);
  return (
    <>
      <button type="button" onClick={() => setOpened(true)}>
        Before
      </button>
      <input ref={field} key={String(reply)} aria-label={reply ? 'Reply' : 'Note'} />
      <CommandsDialog opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}

async function openPalette() {
  const { user } = renderScreen(<Desk />);
  await user.click(screen.getByRole('button', { name: 'Before' }));
  const command = await screen.findByRole('combobox', { name: 'Command' });
  await waitFor(() => expect(document.activeElement).toBe(command));
  return user;
}

describe('the palette', () => {
  it('has given the focus back before the command runs', async () => {
    const user = await openPalette();
    await user.keyboard('Copy number{Enter}');
    expect(focusAtRun).toBe(screen.getByRole('button', { name: 'Before' }));
    await later();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Before' }));
  });

  it('leaves the focus where the chosen command has put it', async () => {
    const user = await openPalette();
    await user.keyboard('Write a note{Enter}');
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Note' }));
    await later();
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Note' }));
  });

  it('leaves the focus to a field that only comes with the command', async () => {
    const user = await openPalette();
    await user.keyboard('Write a reply{Enter}');
    await later();
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Reply' }));
  });

  it('gives the focus back when it is left without a command', async () => {
    const user = await openPalette();
    await user.keyboard('{Escape}');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Before' }));
    await later();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Before' }));
  });
});
