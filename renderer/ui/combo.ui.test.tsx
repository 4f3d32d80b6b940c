import { act, cleanup, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Combo, type ComboProps } from './combo.tsx';
import { renderScreen } from './render-screen.tsx';
import { SmallDialog } from './small-dialog.tsx';

const options = [
  { value: 'a', label: 'A site or a service' },
  { value: 'b', label: 'Several people', detail: 'team' },
  { value: 'c', label: 'One person' },
];

function Field(props: Partial<ComboProps>) {
  const [value, setValue] = useState<string | null>(null);
  return <Combo label="Impact" value={value} options={options} onChange={setValue} {...props} />;
}

const field = () => screen.getByRole('combobox', { name: 'Impact' });

afterEach(cleanup);

describe('a combobox', () => {
  it('opens a listbox named after the field, with the arrow key, and takes with Enter', async () => {
    const { user } = renderScreen(<Field />);
    await user.click(field());
    expect(screen.getByRole('listbox', { name: 'Impact options' })).toBeDefined();
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect(field()).toHaveProperty('value', 'Several people');
    expect(screen.queryByRole('listbox')).toBeNull();
  });

  it('names the active option while the focus stays in the field', async () => {
    const { user } = renderScreen(<Field />);
    await user.click(field());
    await user.keyboard('{ArrowDown}');
    const active = field().getAttribute('aria-activedescendant');
    expect(screen.getByRole('option', { name: 'A site or a service' }).id).toBe(active);
    expect(document.activeElement).toBe(field());
  });

  it('filters by what is typed and takes the first match on Tab', async () => {
    const { user } = renderScreen(<Field />);
    await user.click(field());
    await user.keyboard('per');
    expect(screen.getAllByRole('option')).toHaveLength(1);
    await user.tab();
    expect(field()).toHaveProperty('value', 'One person');
  });

  it('takes a digit as the option’s place in line when digits are asked for', async () => {
    const { user } = renderScreen(<Field digits />);
    await user.tab();
    await user.keyboard('3');
    expect(field()).toHaveProperty('value', 'One person');
  });

  it('restores its value when Escape leaves the typed text', async () => {
    const { user } = renderScreen(<Field />);
    await user.tab();
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    await user.keyboard('xyz{Escape}');
    expect(field()).toHaveProperty('value', 'A site or a service');
  });

  it('can be emptied when it is clearable', async () => {
    const { user } = renderScreen(<Field clearable />);
    await user.tab();
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    await user.click(screen.getByRole('button', { name: 'Clear Impact' }));
    expect(field()).toHaveProperty('value', '');
  });

  it('shows what a search found without filtering it again', async () => {
    const asked: string[] = [];
    const { user } = renderScreen(<Field onSearch={(text) => asked.push(text)} />);
    await user.click(field());
    await user.keyboard('zz');
    expect(asked).toEqual(['z', 'zz']);
    expect(screen.getAllByRole('option')).toHaveLength(3);
  });
});

let answer: (found: ComboProps['options'] | null) => void = () => undefined;
/** Options as a search brings them: none until it has answered. */
function Searching() {
  const [found, setFound] = useState<ComboProps['options'] | null>(null);
  answer = (next) => act(() => setFound(next));
  return <Field onSearch={() => undefined} loading={found === null} options={found ?? []} />;
}

describe('text typed into a combobox and not chosen', () => {
  it('takes on leaving with the pointer what it can only mean', async () => {
    const { user } = renderScreen(<Field />);
    await user.type(field(), 'sev');
    await user.click(document.body);
    expect(field()).toHaveProperty('value', 'Several people');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('takes the option that is called so, though others begin alike', async () => {
    const { user } = renderScreen(<Field options={[...options, { value: 'd', label: 'One person and a half' }]} />);
    await user.type(field(), 'one person');
    await user.click(document.body);
    expect(field()).toHaveProperty('value', 'One person');
  });

  it('stays and asks for a choice where it could mean several or nothing', async () => {
    const { user } = renderScreen(<Field />);
    await user.type(field(), 'p');
    await user.click(document.body);
    expect(field()).toHaveProperty('value', 'p');
    expect(field().getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByRole('alert').textContent).toContain('“p” is typed but not chosen');
    await user.clear(field());
    await user.type(field(), 'xyz');
    await user.tab();
    expect(field()).toHaveProperty('value', 'xyz');
    expect(screen.getByRole('alert').textContent).toContain('Nothing matches “xyz”');
    await user.click(field());
    await user.keyboard('{Escape}');
    expect(field()).toHaveProperty('value', '');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('stays while another window has the keys', async () => {
    const { user } = renderScreen(<Field />);
    await user.type(field(), 'p');
    // The focus remains within the window that lost the keys.
    field().dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
    expect(field()).toHaveProperty('value', 'p');
    expect(screen.getByRole('listbox')).toBeDefined();
  });

  it('left before the search has answered takes the answer once it is there, and asks where there are several', async () => {
    const { user } = renderScreen(<Searching />);
    await user.type(field(), 'sev');
    await user.tab();
    expect(field()).toHaveProperty('value', 'sev');
    expect(screen.queryByRole('alert')).toBeNull();
    answer([{ value: 'b', label: 'Several people' }]);
    expect(field()).toHaveProperty('value', 'Several people');
    answer(null);
    await user.clear(field());
    await user.type(field(), 'p');
    await user.tab();
    answer(options);
    expect(field()).toHaveProperty('value', 'p');
    expect(screen.getByRole('alert').textContent).toContain('“p” is typed but not chosen');
  });

  it('is not taken for something new unless that was chosen', async () => {
    const { user } = renderScreen(
      <Field onSearch={() => undefined} options={[{ value: 'new', label: "New 'Zoe'", makesNew: true }]} />,
    );
    await user.type(field(), 'Zoe');
    await user.click(document.body);
    expect(field()).toHaveProperty('value', 'Zoe');
    expect(screen.getByRole('alert')).toBeDefined();
  });
});

function Asking({ onDone }: { readonly onDone: (value: string | null) => void }) {
  const [value, setValue] = useState<string | null>(null);
  return (
    <SmallDialog opened title="Ask" confirm="Do it" onDismiss={() => undefined} onConfirm={() => onDone(value)}>
      <Combo label="Impact" value={value} options={options} onChange={setValue} />
    </SmallDialog>
  );
}

describe('a dialog whose combobox holds typed text', () => {
  it('confirms with the option the keys are on', async () => {
    const done = vi.fn();
    const { user } = renderScreen(<Asking onDone={done} />);
    await user.type(field(), 'sev{Control>}{Enter}{/Control}');
    expect(done.mock.calls).toEqual([['b']]);
  });

  it('does not confirm past text that means no option, and leads back to it', async () => {
    const done = vi.fn();
    const { user } = renderScreen(<Asking onDone={done} />);
    await user.type(field(), 'xyz');
    await user.click(screen.getByRole('button', { name: 'Do it' }));
    expect(done).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(field());
    expect(screen.getByRole('alert').textContent).toContain('Nothing matches “xyz”');
  });
});
