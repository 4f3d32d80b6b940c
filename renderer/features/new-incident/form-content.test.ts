import { describe, expect, it } from 'vitest';
import { draftTitle, emptyForm, isUntouched, readFormContent, recordArgs } from './form-content.ts';

describe('the form of a new incident', () => {
  it('starts as a call about one person who is hindered, assumed by nobody', () => {
    expect(emptyForm()).toMatchObject({
      channel: 'phone',
      impact: 3,
      urgency: 2,
      assumed: true,
      callerConfirmed: true,
    });
    expect(isUntouched(emptyForm())).toBe(true);
  });

  it('gives back what it understands of any stored draft, and never fails', () => {
    for (const content of [null, 7, 'x', [], { impact: 9, channel: 'pigeon', shortDescription: 4, newCaller: {} }]) {
      expect(readFormContent(content)).toEqual(emptyForm());
    }
    const kept = readFormContent({ shortDescription: 'Half', impact: 1, ofANewerBuild: true });
    expect(kept).toEqual({ ...emptyForm(), shortDescription: 'Half', impact: 1 });
    expect(isUntouched(kept)).toBe(false);
  });

  it('sends only what was filled in', () => {
    expect(recordArgs({ ...emptyForm(), shortDescription: '  Broken ' }, 'i-1')).toEqual({
      incidentId: 'i-1',
      shortDescription: 'Broken',
      channel: 'phone',
      impact: 3,
      urgency: 2,
      assumed: true,
    });
  });

  it('makes a new caller only when no known one is chosen, and only with a name', () => {
    const newCaller = { personId: 'p-9', name: ' Zoe ', phone: ' ' };
    const form = { ...emptyForm(), shortDescription: 'x', newCaller };
    expect(recordArgs(form, 'i-1').newCaller).toEqual({ personId: 'p-9', name: 'Zoe', phone: null });
    expect(recordArgs({ ...form, callerId: 'p-1' }, 'i-1')).not.toHaveProperty('newCaller');
    expect(recordArgs({ ...form, newCaller: { ...newCaller, name: ' ' } }, 'i-1')).not.toHaveProperty('newCaller');
  });

  it('is called by its short description, else by who called', () => {
    expect(draftTitle({ ...emptyForm(), shortDescription: ' Printer ', callerText: 'Zoe' })).toBe('Printer');
    expect(draftTitle({ ...emptyForm(), callerText: 'Zoe' })).toBe('Zoe');
  });
});
