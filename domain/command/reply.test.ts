import { describe, expect, it } from 'vitest';
import { outcome, staffedDesk } from '#domain/command/memory-desk.suite.ts';

const begun = () => {
  const desk = staffedDesk();
  const incidentId = desk.opened();
  const replying = (entryId: string, how: { seen?: string | null; commandId?: string } = {}) =>
    desk.send('incident.reply', { incidentId, entryId, body: 'Which room?', releaseAt: desk.now }, how);
  return { desk, incidentId, replying };
};

describe('a reply', () => {
  it('SPEC 11.2: says what its writer had read, and is refused when the caller has been told more since', () => {
    const { replying } = begun();
    const first = replying('one', { seen: null });
    expect(outcome(first)).toBe('accepted');
    expect(outcome(replying('two', { seen: null }))).toBe('replyStale');
    const newest = first.ok ? first.value.activities[0]?.id : undefined;
    expect(outcome(replying('two', { seen: newest ?? '' }))).toBe('accepted');
    expect(outcome(replying('three', { seen: newest ?? '' }))).toBe('replyStale');
  });

  it('is not held up by notes, which the caller never sees, nor where nobody said what was read', () => {
    const { desk, incidentId, replying } = begun();
    desk.send('incident.note', { incidentId, entryId: 'note', body: 'Ask for the room' });
    expect(outcome(replying('one', { seen: null }))).toBe('accepted');
    expect(outcome(replying('two'))).toBe('accepted');
  });

  it('SPEC 11.2: is held up in the same way where it goes with a hold', () => {
    const { desk, incidentId, replying } = begun();
    replying('one');
    const reply = { entryId: 'two', body: 'Which floor?' };
    const holding = (args: object) =>
      outcome(desk.send('incident.hold', { incidentId, reason: 'awaitingCaller', reply, ...args }, { seen: null }));
    expect(holding({})).toBe('replyStale');
    expect(holding({ reason: 'awaitingParts', reply: { entryId: 'two', body: ' ' } })).toBe('accepted');
  });
});
