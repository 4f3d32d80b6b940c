import { cleanup, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { Combo, type ComboProps } from './combo.tsx';
import { renderScreen } from './render-screen.tsx';

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
