import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SearchHit } from '#contracts/engine/protocol.ts';
import type { Scope } from '#contracts/sync/scope.ts';
import { err, ok } from '#domain/result.ts';
import { queueRow } from '#renderer/features/queue/queue-row.suite.ts';
import { createFakeEngine } from '#renderer/platform/fake-engine.ts';
import { alone, joined } from '#renderer/ui/agreement.suite.ts';
import { ada, renderScreen } from '#renderer/ui/render-screen.tsx';
import { SearchBox } from './search-box.tsx';

afterEach(cleanup);

const part: Scope = { teamIds: ['t-1'], siteIds: [], closedFor: 90 };
const hit = (number: string): SearchHit => ({ ...queueRow({ number }), matched: 'number' });

/** A searchbox at a desk that holds these incidents and no other. */
function open(hits: readonly SearchHit[] = [], scope: Scope | undefined = part) {
  const engine = createFakeEngine({
    connection: joined({ scope }),
    search: { total: hits.length, hits, reading: null },
    incident: (({ idOrNumber }: { idOrNumber: string }) =>
      hits.some(({ number }) => number === idOrNumber) ? {} : null) as never,
  });
  const onOpen = vi.fn();
  const onShowAll = vi.fn();
  const box = <SearchBox onOpen={onOpen} onShowAll={onShowAll} place="queue" resultsOf="" />;
  return { ...renderScreen(box, { engine }), onOpen, onShowAll };
}

const box = () => screen.getByRole('searchbox', { name: 'Search incidents' });
const suggestions = () => screen.findByRole('listbox', { name: 'Search suggestions' });
const askFor = (number: string) => screen.findByRole('option', { name: `Ask the server for ${number}` });
const noAsking = () => expect(screen.queryByRole('option', { name: /^Ask the server/ })).toBeNull();
const SEARCHED = /Only what this device keeps was searched/;

describe('the search box of a device that keeps a part', () => {
  it('says below its hits what was searched, quietly and to a screen reader too', async () => {
    const { user } = open([hit('INC0000042')]);
    await user.type(box(), 'outlook');
    await suggestions();
    expect(screen.getByText('Only what this device keeps was searched.')).toBeDefined();
    expect(screen.getByRole('status').textContent).toBe(
      '1 incident matches. Only what this device keeps was searched.',
    );
    noAsking();
  });

  it('says nothing of it where everything is kept, or there is no server', async () => {
    const { engine, user } = open([], { teamIds: [], siteIds: [], closedFor: null });
    await user.type(box(), 'INC0012345');
    await suggestions();
    expect(screen.queryByText(SEARCHED)).toBeNull();
    noAsking();
    act(() => engine.set('connection', { ...alone, scope: part }));
    expect(screen.queryByText(SEARCHED)).toBeNull();
    noAsking();
  });

  it('says nothing of it to somebody who only sees their own incidents, of which none are left out', async () => {
    const { engine, user } = open();
    act(() => engine.set('session', { personId: ada.id, person: { ...ada, role: 'requester' }, deskName: '' }));
    await user.type(box(), 'INC0012345');
    await suggestions();
    expect(screen.queryByText(SEARCHED)).toBeNull();
    noAsking();
  });

  it('asks the server for a number that is not here, and opens the incident as a hit is opened', async () => {
    const { engine, user, onOpen } = open();
    engine.answer('bringHere', () => ok({ incidentId: 'i-9' }));
    await user.type(box(), 'inc12345');
    const option = await askFor('INC0012345');
    await user.keyboard('{ArrowDown}');
    expect(box().getAttribute('aria-activedescendant')).toBe(option.id);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(onOpen).toHaveBeenCalledExactlyOnceWith('INC0012345'));
    expect(engine.calls).toEqual([{ name: 'bringHere', args: { personId: ada.id, number: 'INC0012345' } }]);
    expect(box()).toHaveProperty('value', '');
    expect(screen.queryByRole('listbox')).toBeNull();
  });

  it('asks at once by Enter where nothing was found here', async () => {
    const { engine, user, onOpen, onShowAll } = open();
    engine.answer('bringHere', () => ok({ incidentId: 'i-9' }));
    await user.type(box(), 'CS0048123');
    await askFor('CS0048123');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(onOpen).toHaveBeenCalledExactlyOnceWith('i-9'));
    expect(onShowAll).not.toHaveBeenCalled();
  });

  it('takes bare digits for another system’s number first, then for one of ours', async () => {
    const { engine, user, onOpen } = open();
    engine.answer('bringHere', ({ number }) => ok({ incidentId: number === '4711' ? null : 'i-9' }));
    await user.type(box(), '4711');
    await user.click(await askFor('4711'));
    await waitFor(() => expect(onOpen).toHaveBeenCalledExactlyOnceWith('INC0004711'));
    expect(engine.calls.map(({ args }) => args)).toEqual([
      { personId: ada.id, number: '4711' },
      { personId: ada.id, number: 'INC0004711' },
    ]);
  });

  it('asks for no number that a hit bears, and for no text', async () => {
    const { user } = open([hit('INC0000042')]);
    await user.type(box(), 'INC42');
    const list = await suggestions();
    expect(within(list).getAllByRole('option')).toHaveLength(2);
    noAsking();
    await user.clear(box());
    await user.type(box(), 'printer 3');
    await screen.findByRole('option', { name: /Show all/ });
    noAsking();
  });

  it('offers asking after hits that only begin so, where Enter still lists them', async () => {
    const { user, onShowAll } = open([hit('INC0012345')]);
    await user.type(box(), 'INC1234');
    expect(await askFor('INC0001234')).toBeDefined();
    await user.keyboard('{Enter}');
    expect(onShowAll).toHaveBeenCalledWith('INC1234');
  });

  it('says where the server knows no such number, until something else is typed', async () => {
    const { engine, user, onOpen } = open();
    engine.answer('bringHere', () => ok({ incidentId: null }));
    await user.type(box(), 'INC0012345');
    await user.click(await askFor('INC0012345'));
    const words = 'The server knows no INC0012345, or it is not for you.';
    expect((await screen.findAllByText(words)).length).toBeGreaterThan(0);
    expect(screen.getByRole('status').textContent).toContain(words);
    expect(document.activeElement).toBe(box());
    await user.keyboard('6');
    expect(await askFor('INC0123456')).toBeDefined();
    expect(screen.queryByText(words)).toBeNull();
    expect(onOpen).not.toHaveBeenCalled();
  });

  it('says in words why the server could not be asked', async () => {
    const { engine, user } = open();
    engine.answer('bringHere', () => err({ code: 'network', network: 'offline' }));
    await user.type(box(), 'INC0012345');
    await user.click(await askFor('INC0012345'));
    expect((await screen.findByRole('alert')).textContent).toContain('The server cannot be reached.');
  });

  it('opens nothing for somebody who has gone on meanwhile', async () => {
    const { engine, user, onOpen } = open();
    let answer: (value: unknown) => void = () => undefined;
    Object.assign(engine, { call: () => new Promise((resolve) => (answer = resolve)) });
    await user.type(box(), 'INC0012345');
    await user.click(await askFor('INC0012345'));
    expect(screen.getByRole('status').textContent).toContain('Asking the server for INC0012345');
    await user.tab();
    await act(async () => answer(ok({ incidentId: 'i-9' })));
    expect(onOpen).not.toHaveBeenCalled();
  });
});
