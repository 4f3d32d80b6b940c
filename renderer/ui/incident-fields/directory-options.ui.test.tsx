import { cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Category } from '#domain/directory/directory.ts';
import { createFakeEngine } from '#renderer/platform/fake-engine.ts';
import { Combo } from '#renderer/ui/combo.tsx';
import { renderScreen } from '#renderer/ui/render-screen.tsx';
import { useDirectoryOptions } from './directory-options.ts';

const category = (id: string, name: string, parentId: string | null): Category => ({
  id,
  name,
  parentId,
  assignmentGroupId: null,
  active: true,
  source: null,
});

function Picker({ value }: { value: string | null }) {
  return <Combo label="Category" value={value} options={useDirectoryOptions('category')} onChange={() => undefined} />;
}

function open(value: string | null) {
  const engine = createFakeEngine();
  engine.set('directory', [
    category('hw', 'Hardware', null),
    category('sw', 'Software', null),
    category('p1', 'Printer', 'hw'),
    category('p2', 'printer ', 'sw'),
    category('m', 'Mouse', 'hw'),
  ]);
  return renderScreen(<Picker value={value} />, { engine });
}

afterEach(cleanup);

describe('the picker of categories', () => {
  it('tells two of one name apart by their parents, also once one is chosen', async () => {
    const { user } = open('p1');
    const field = await screen.findByRole('combobox', { name: 'Category' });
    expect(field).toHaveProperty('value', 'Hardware / Printer');
    await user.click(field);
    expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual([
      'Hardware',
      'Hardware / Printer',
      'MouseHardware',
      'Software',
      'Software / printer ',
    ]);
  });
});
