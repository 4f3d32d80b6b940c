import { describe, expect, it } from 'vitest';
import { HOUR, MONDAY_9, outcome, staffedDesk } from '#domain/command/memory-desk.suite.ts';
import type { HoldReason } from '#domain/incident/incident.ts';

const held = (args: { reason: HoldReason } & Record<string, unknown>, desk = staffedDesk()) => {
  const incidentId = desk.opened();
  const sent = desk.send('incident.hold', { incidentId, ...args });
  return { desk, incidentId, sent, hold: desk.at(incidentId).hold };
};
const DAY = 24 * HOUR;

describe('put on hold', () => {
  it('needs a reason that exists', () => {
    const desk = staffedDesk();
    const incidentId = desk.opened();
    expect(outcome(desk.send('incident.hold', { incidentId }))).toBe('needsHoldReason');
    expect(outcome(desk.send('incident.hold', { incidentId, reason: '' }))).toBe('needsHoldReason');
    expect(outcome(desk.send('incident.hold', { incidentId, reason: 'lunch' }))).toBe('argumentsInvalid');
  });

  it('lasts two business days unless said otherwise, five for Change and Problem', () => {
    expect(held({ reason: 'awaitingParts' }).hold?.until).toBe(MONDAY_9 + 2 * DAY);
    // Five business days from Monday 09:00 end on the Monday after, at 09:00.
    expect(held({ reason: 'awaitingChange' }).hold?.until).toBe(MONDAY_9 + 7 * DAY);
    expect(held({ reason: 'awaitingProblem' }).hold?.until).toBe(MONDAY_9 + 7 * DAY);
  });

  it('takes an "until" of its own, but none that has passed', () => {
    expect(held({ reason: 'awaitingParts', until: MONDAY_9 + 1 }).hold?.until).toBe(MONDAY_9 + 1);
    expect(outcome(held({ reason: 'awaitingParts', until: MONDAY_9 }).sent)).toBe('needsUntilInFuture');
  });

  it('awaits the caller only after a reply or a logged call', () => {
    expect(outcome(held({ reason: 'awaitingCaller' }).sent)).toBe('needsReplyOrCall');
    expect(outcome(held({ reason: 'awaitingCaller', reply: { entryId: 'r', body: '  ' } }).sent)).toBe(
      'needsReplyOrCall',
    );
    expect(outcome(held({ reason: 'awaitingCaller', callEntryId: 'c' }).sent)).toBe('notFound');
    const { desk, incidentId, sent } = held({ reason: 'awaitingCaller', reply: { entryId: 'r', body: 'Which room?' } });
    expect(outcome(sent)).toBe('accepted');
    expect(desk.at(incidentId)).toMatchObject({ state: 'onHold', counts: { replies: 1 }, lastReplyAt: desk.now });
    expect(desk.log.at(-2)).toMatchObject({
      type: 'incident.reply',
      visibility: 'public',
      payload: { entryId: 'r', body: 'Which room?', releaseAt: desk.now + 15_000 },
    });
  });

  it('takes a call that was logged before', () => {
    const desk = staffedDesk();
    const incidentId = desk.opened();
    desk.send('incident.logCall', { incidentId, entryId: 'c', body: 'Asked for the room' });
    expect(outcome(desk.send('incident.hold', { incidentId, reason: 'awaitingCaller', callEntryId: 'c' }))).toBe(
      'accepted',
    );
  });

  it('does not take a note or a withdrawn reply for a call', () => {
    const desk = staffedDesk();
    const incidentId = desk.opened();
    desk.send('incident.note', { incidentId, entryId: 'n', body: 'x' });
    desk.send(
      'incident.reply',
      { incidentId, entryId: 'r', body: 'x', releaseAt: desk.now },
      { commandId: 'replying' },
    );
    desk.send('command.undo', { commandId: 'replying' });
    const holding = (callEntryId: string) =>
      outcome(desk.send('incident.hold', { incidentId, reason: 'awaitingCaller', callEntryId }));
    expect([holding('n'), holding('r')]).toEqual(['notFound', 'notFound']);
  });

  it('awaits a vendor by name, and remembers it for the incident', () => {
    expect(outcome(held({ reason: 'awaitingVendor' }).sent)).toBe('needsVendor');
    expect(outcome(held({ reason: 'awaitingVendor', vendor: { name: ' ', reference: null } }).sent)).toBe(
      'needsVendor',
    );
    const vendor = { name: 'Acme', reference: 'A-1' };
    const { desk, incidentId, hold } = held({ reason: 'awaitingVendor', vendor });
    expect(hold?.vendor).toEqual(vendor);
    expect(desk.at(incidentId).vendor).toEqual(vendor);
    desk.send('incident.resume', { incidentId });
    expect(outcome(desk.send('incident.hold', { incidentId, reason: 'awaitingVendor' }))).toBe('accepted');
  });

  it('awaits approval by a named approver', () => {
    expect(outcome(held({ reason: 'awaitingApproval' }).sent)).toBe('needsApprover');
    expect(held({ reason: 'awaitingApproval', approver: 'Head of Sales' }).hold?.approver).toBe('Head of Sales');
  });

  it('changes its reason while on hold, and still knows where to resume', () => {
    const { desk, incidentId } = held({ reason: 'awaitingParts' });
    desk.send('incident.hold', { incidentId, reason: 'awaitingEvidence' }, { at: desk.now + HOUR });
    expect(desk.at(incidentId).hold).toMatchObject({ reason: 'awaitingEvidence', from: 'new', since: desk.now + HOUR });
  });

  it('refuses to change nothing', () => {
    const { desk, incidentId } = held({ reason: 'awaitingParts', until: MONDAY_9 + DAY });
    const again = desk.send('incident.hold', { incidentId, reason: 'awaitingParts', until: MONDAY_9 + DAY });
    expect(outcome(again)).toBe('nothingChanged');
  });

  it('prolongs Awaiting Caller without another reply', () => {
    const { desk, incidentId } = held({ reason: 'awaitingCaller', reply: { entryId: 'r', body: 'Which room?' } });
    const prolonged = desk.send('incident.hold', { incidentId, reason: 'awaitingCaller', until: MONDAY_9 + 9 * DAY });
    expect(outcome(prolonged)).toBe('accepted');
  });
});
