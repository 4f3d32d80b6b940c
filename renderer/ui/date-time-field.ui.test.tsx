import { cleanup, fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DateTimeField } from './date-time-field.tsx';
import { renderScreen } from './render-screen.tsx';
import { SmallDialog } from './small-dialog.tsx';

function Waiting({ onDone, initial = '' }: { readonly onDone: (value: string) => void; readonly initial?: string }) {
  const [value, setValue] = useState(initial);
  return (
    <SmallDialog opened title="Wait" confirm="Do it" onDismiss={() => undefined} onConfirm={() => onDone(value)}>
      <DateTimeField label="Until" value={value} onChange={setValue} description={`means ${value || 'nothing'}`} />
    </SmallDialog>
  );
}
const field = () => screen.getByLabelText<HTMLInputElement>('Until');
/** As a browser tells of a field in which a day stands and no year: it reads as '', and is not empty. */
const halfFill = (half: boolean) =>
  Object.defineProperty(field(), 'validity', { value: { badInput: half }, configurable: true });

function open(initial?: string) {
  const done = vi.fn();
  const shown = renderScreen(<Waiting onDone={done} {...(initial !== undefined && { initial })} />);
  const confirm = () => shown.user.click(screen.getByRole('button', { name: 'Do it' }));
  return { ...shown, done, confirm };
}

afterEach(cleanup);

describe('a date-and-time field', () => {
  it('refuses half a date with a sentence and the focus, instead of reading it as none', async () => {
    const { done, confirm } = open();
    halfFill(true);
    await confirm();
    expect(done).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(field());
    expect(field().getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByRole('alert').textContent).toContain('no whole date and time');
    halfFill(false);
    await confirm();
    expect(done.mock.calls).toEqual([['']]);
  });

  it('leaves half a date as it is typed, though a whole one stood there before', async () => {
    const { done, confirm } = open('2026-03-02T09:00');
    halfFill(true);
    fireEvent.change(field(), { target: { value: '' } });
    expect(field().value).toBe('');
    await confirm();
    expect(done).not.toHaveBeenCalled();
    halfFill(false);
    fireEvent.change(field(), { target: { value: '2026-03-03T09:00' } });
    expect(screen.queryByRole('alert')).toBeNull();
    await confirm();
    expect(done.mock.calls).toEqual([['2026-03-03T09:00']]);
  });

  it('takes as empty what was emptied after it was half-filled', async () => {
    const { done, confirm } = open('2026-03-02T09:00');
    halfFill(true);
    fireEvent.change(field(), { target: { value: '' } });
    halfFill(false);
    await confirm();
    expect(done.mock.calls).toEqual([['']]);
  });

  it.each(['0026-03-02T09:00', '9026-03-02T09:00', '12026-03-02T09:00'])(
    'refuses a year nobody means, as in %s',
    async (text) => {
      const { done, confirm } = open();
      fireEvent.change(field(), { target: { value: text } });
      await confirm();
      expect(done).not.toHaveBeenCalled();
      expect(screen.getByRole('alert').textContent).toContain('too far away');
    },
  );

  it('holds years to four digits while they are typed', () => {
    open();
    expect(field().max).toBe('9999-12-31T23:59');
  });
});
