import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { livingEngine } from '#renderer/ui/incident-fields/living-engine.suite.ts';
import { ada, renderScreen } from '#renderer/ui/render-screen.tsx';
import { IncidentScreen } from '../incident-screen.tsx';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

async function open() {
  const living = livingEngine();
  const id = living.desk.opened(
    { shortDescription: 'Printer is on fire', callerId: 'p-meier', assignmentGroupId: 't-1' },
    { actor: 'p-ben', at: Date.now() - 3_600_000 },
  );
  living.refresh();
  const shown = renderScreen(<IncidentScreen idOrNumber="inc1" />, { engine: living.engine });
  await screen.findByRole('feed', { name: 'Timeline' });
  const looks = () => living.engine.calls.flatMap(({ name, args }) => (name === 'look' ? [args] : []));
  return { ...living, ...shown, id, looks };
}
const someone = (name: string, typing = false) => ({ personId: name, name, typing });

describe('who else is there', () => {
  it('SPEC 18.1: is said in the header, who writes first, and nothing when nobody is', async () => {
    const { engine } = await open();
    expect(screen.queryByText(/looking|writing/)).toBeNull();
    engine.set('presence', { people: [someone('Anna Berg')] });
    await screen.findByText('Anna Berg is looking');
    engine.set('presence', { people: [someone('Anna Berg'), someone('Ben Okri', true)] });
    const line = await screen.findByText('Ben Okri is writing a reply · Anna Berg is looking');
    expect(line.title).toBe('Anna Berg, Ben Okri');
    engine.set('presence', { people: [someone('Anna Berg'), someone('Ben Okri'), someone('Cy Wu')] });
    await screen.findByText('Anna Berg and 2 others are looking');
    engine.set('presence', { people: [] });
    await waitFor(() => expect(screen.queryByText(/looking/)).toBeNull());
  });

  it('is told of this desk: that it looks, that a reply is written, and that it looks no more', async () => {
    const { user, looks, id, unmount } = await open();
    const mine = { personId: ada.id, incidentId: id };
    expect(looks()).toEqual([{ ...mine, here: true, typing: false }]);
    await user.type(await screen.findByRole('textbox', { name: /note/i }), 'x');
    expect(looks()).toHaveLength(1);
    await user.click(screen.getByRole('tab', { name: /reply/i }));
    await user.type(await screen.findByRole('textbox', { name: /reply/i }), 'Hello');
    await waitFor(() => expect(looks().at(-1)).toEqual({ ...mine, here: true, typing: true }));
    expect(looks()).toHaveLength(2);
    unmount();
    expect(looks().at(-1)).toEqual({ ...mine, here: false, typing: false });
  });
});
