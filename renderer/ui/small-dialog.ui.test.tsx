import { TextInput } from '@mantine/core';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { renderScreen } from './render-screen.tsx';
import { SmallDialog } from './small-dialog.tsx';

afterEach(cleanup);

/** Refuses until something is written. */
function Asking({ onDismiss }: { onDismiss: () => void }) {
  const [text, setText] = useState('');
  const [refusal, setRefusal] = useState<{ sentence: string } | null>(null);
  return (
    <SmallDialog
      opened
      title="Ask"
      onDismiss={onDismiss}
      confirm="Send"
      onConfirm={() => setRefusal({ sentence: 'A reason is needed.' })}
      refusal={refusal}
      actions={<button type="button">More</button>}
    >
      <TextInput label="Detail" />
      <TextInput
        label="Reason"
        value={text}
        error={refusal?.sentence}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </SmallDialog>
  );
}

describe('a small dialog', () => {
  it('has its buttons in one order: further ones, the one that leaves, the one that confirms', async () => {
    renderScreen(<Asking onDismiss={() => undefined} />);
    const form = within(await screen.findByRole('dialog', { name: 'Ask' }));
    const names = form.getAllByRole('button').map((button) => button.textContent || button.title);
    expect(names).toEqual(['Dismiss', 'More', 'Cancel', 'Send']);
  });

  it('is left by its plain button, which confirms nothing', async () => {
    const onDismiss = vi.fn();
    const { user } = renderScreen(<Asking onDismiss={onDismiss} />);
    await user.click(await screen.findByRole('button', { name: 'Cancel' }));
    expect(onDismiss).toHaveBeenCalledOnce();
    expect(screen.queryByText('A reason is needed.')).toBeNull();
  });

  it('says "Done" on the plain button where nothing is to be confirmed', async () => {
    const onDismiss = vi.fn();
    const { user } = renderScreen(
      <SmallDialog opened title="What happened" onDismiss={onDismiss}>
        <p>All done</p>
      </SmallDialog>,
    );
    await user.click(await screen.findByRole('button', { name: 'Done' }));
    expect(onDismiss).toHaveBeenCalledOnce();
  });

  it('leads to the field that was refused, each time anew', async () => {
    const { user } = renderScreen(<Asking onDismiss={() => undefined} />);
    const reason = await screen.findByRole('textbox', { name: 'Reason' });
    for (const attempt of ['first', 'second']) {
      await user.click(screen.getByRole('button', { name: 'Send' }));
      expect(document.activeElement, attempt).toBe(reason);
    }
    expect(reason.getAttribute('aria-invalid')).toBe('true');
    const described = reason.getAttribute('aria-describedby')?.split(' ') ?? [];
    expect(described.map((id) => document.getElementById(id)?.textContent)).toContain('A reason is needed.');
  });

  it('leaves the focus with a hand that was quicker than its opening', async () => {
    const moveOn = (event: FocusEvent) => {
      const name = event.target instanceof Element && event.target.getAttribute('aria-label');
      if (name === 'First') queueMicrotask(() => screen.getByRole('textbox', { name: 'Second' }).focus());
    };
    document.addEventListener('focusin', moveOn, { once: true });
    renderScreen(
      <SmallDialog opened title="Ask" onDismiss={() => undefined}>
        <input aria-label="First" data-autofocus />
        <input aria-label="Second" />
      </SmallDialog>,
    );
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Second'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Second');
  });
});
