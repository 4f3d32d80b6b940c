import { describe, expect, it } from 'vitest';
import { decide } from '#domain/command/decide.ts';
import { staffedDesk } from '#domain/command/memory-desk.suite.ts';
import { subjectsOf } from '#domain/command/requirements.ts';

describe('a command around its arguments', () => {
  const note = { incidentId: 'i', entryId: 'n', body: 'x' };

  it('needs a name, ids and times that can be written and read back', () => {
    const desk = staffedDesk();
    desk.opened({ incidentId: 'i' });
    const sending = (over: object) => {
      const whole = {
        id: 'c',
        name: 'incident.note',
        args: note,
        actor: 'ann',
        device: 'd',
        occurredAt: desk.now,
        recordedAt: desk.now,
      };
      const judged = decide({ ...whole, ...over }, desk, desk.context);
      return judged.ok ? 'accepted' : [judged.error.code, judged.error.details?.field];
    };
    expect(sending({ name: 'incident.explode' })).toEqual(['argumentsInvalid', 'name']);
    expect(sending({ name: 'toString' })).toEqual(['argumentsInvalid', 'name']);
    expect(sending({ id: '' })).toEqual(['argumentsInvalid', 'id']);
    expect(sending({ occurredAt: Number.NaN })).toEqual(['argumentsInvalid', 'occurredAt']);
    expect(sending({ recordedAt: 1.5 })).toEqual(['argumentsInvalid', 'recordedAt']);
    expect(sending({ lateReason: 'x'.repeat(100_001) })).toEqual(['textTooLong', 'lateReason']);
    expect(sending({ args: null })).toEqual(['argumentsInvalid', '']);
    expect(sending({})).toBe('accepted');
  });

  it('names what has to be gathered before it is judged', () => {
    const wanted = (args: unknown) => subjectsOf({ args });
    const nothing = { incidents: [], commands: [], numbers: [] };
    expect(wanted(note)).toEqual({ ...nothing, incidents: ['i'] });
    expect(wanted({ incidentId: 'i', duplicateOfId: 'o' })).toEqual({ ...nothing, incidents: ['i', 'o'] });
    expect(wanted({ incidentId: 'i', changes: { parentId: { from: null, to: 'p' } } }).incidents).toEqual(['i', 'p']);
    expect(wanted({ commandId: 'c' })).toEqual({ ...nothing, commands: ['c'] });
    expect(wanted({ subject: { kind: 'incident', id: 'i' } }).incidents).toEqual(['i']);
    expect(wanted({ provisionalNumber: 'INC-L3-0042' }).numbers).toEqual(['INC-L3-0042']);
    const activities = [
      { payload: { number: 'INC7' } },
      null,
      { payload: { number: 7 } },
      { payload: { number: 'INC7' } },
    ];
    expect(wanted({ activities }).numbers).toEqual(['INC7']);
    for (const junk of [null, 7, 'x', [], { incidentId: 3 }, { activities: {} }]) expect(wanted(junk)).toEqual(nothing);
  });
});
