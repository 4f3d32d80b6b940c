import { act, cleanup, render, screen } from '@testing-library/react';
import { useRef } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { useReturnFocus } from './use-return-focus.ts';

afterEach(cleanup);

function Place({ opened, button = true }: { opened: boolean; button?: boolean }) {
  const place = useRef<HTMLElement>(null);
  useReturnFocus(opened, place);
  return (
    <main ref={place} tabIndex={-1}>
      {button && <button type="button">Opens</button>}
      <input aria-label="Elsewhere" />
      {opened && <input aria-label="Inside" />}
    </main>
  );
}
const later = () => act(() => new Promise((resolve) => setTimeout(resolve, 10)));
const inside = () => screen.getByRole('textbox', { name: 'Inside' });

function opened() {
  const shown = render(<Place opened={false} />);
  screen.getByRole('button', { name: 'Opens' }).focus();
  shown.rerender(<Place opened />);
  inside().focus();
  return shown;
}

describe('what had the focus before something opened', () => {
  it('has it again when that is gone', async () => {
    opened().rerender(<Place opened={false} />);
    await later();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Opens' }));
  });

  it('leaves it to the place around when it is gone itself', async () => {
    opened().rerender(<Place opened={false} button={false} />);
    await later();
    expect(document.activeElement).toBe(screen.getByRole('main'));
  });

  it('does not take it back from where it went meanwhile', async () => {
    opened().rerender(<Place opened={false} />);
    screen.getByRole('textbox', { name: 'Elsewhere' }).focus();
    await later();
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Elsewhere' }));
  });
});
