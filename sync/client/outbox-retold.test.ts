import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds } from '#domain/property.suite.ts';
import { Outbox } from './outbox.ts';
import type { OutboxFrame, OwnCommand, Verdict } from './outbox-frames.ts';

const PEOPLE = ['ann', 'ben'];
const INCIDENTS = ['incident 1', 'incident 2'];
const COMMANDS = Array.from({ length: 8 }, (_, at) => `command ${at}`);

const argsArb = fc.oneof(
  fc.record({ incidentId: fc.constantFrom(...INCIDENTS), body: fc.string() }),
  fc.record({ commandId: fc.constantFrom(...COMMANDS) }),
  fc.constant({ matrix: [] }),
);
const commandArb = fc.record({
  id: fc.constantFrom(...COMMANDS),
  person: fc.constantFrom(...PEOPLE),
  name: fc.constantFrom('incident.note', 'incident.update', 'command.undo'),
  args: argsArb,
  occurredAt: fc.nat(),
  recordedAt: fc.nat(),
});
const refusalArb = fc.constantFrom({ code: 'notFound', details: { what: 'incident' } }, { code: 'nothingChanged' });
const verdictArb: fc.Arbitrary<Verdict> = fc.record({
  outcome: fc.constantFrom('accepted', 'rejected', 'skipped'),
  decidedAt: fc.nat(),
  number: fc.constantFrom(null, 'INC0000001'),
  refusal: fc.option(refusalArb),
});
const idArb = fc.constantFrom(...COMMANDS);

/** What may happen to an outbox; recordings get their places where they are applied. */
const frameArb: fc.Arbitrary<OutboxFrame> = fc.oneof(
  { weight: 5, arbitrary: commandArb.map((command): OutboxFrame => ({ kind: 'recorded', command, place: 0 })) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('decided' as const),
      commandId: idArb,
      verdict: verdictArb,
      on: fc.option(fc.nat()),
    }),
  },
  fc.record({
    kind: fc.constant('parked' as const),
    commandId: idArb,
    refusal: refusalArb,
    because: fc.option(idArb),
  }),
  fc.record({ kind: fc.constant('dismissed' as const), commandId: idArb }),
  fc.record({ kind: fc.constant('recalled' as const), commandId: idArb }),
  fc.record({
    kind: fc.constant('requeued' as const),
    person: fc.constantFrom(...PEOPLE),
    from: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({
    kind: fc.constant('moved' as const),
    device: fc.constantFrom('one', 'two', 'three'),
    restored: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('forgotten' as const), commandIds: fc.array(idArb, { maxLength: 3 }) }),
);

function happens(outbox: Outbox, frame: OutboxFrame): readonly OutboxFrame[] {
  if (frame.kind === 'recorded') {
    if (outbox.entry(frame.command.id) !== undefined) return [];
    const placed = { ...frame, place: outbox.nextPlace(frame.command.person) };
    outbox.apply(placed);
    return [placed];
  }
  outbox.apply(frame);
  return [frame];
}

/** Everything that can be asked of an outbox. */
const saidBy = (outbox: Outbox) => ({
  device: outbox.device,
  devices: outbox.devices,
  all: outbox.all(),
  parked: outbox.parked().map(({ command }) => command.id),
  people: outbox.people,
  lanes: PEOPLE.map((person) => [
    outbox.lane(person).map(({ command }) => command.id),
    outbox.owed(person).map(({ command }) => command.id),
    outbox.nextPlace(person),
    outbox.acknowledged(person),
  ]),
  named: COMMANDS.map((id) => outbox.index.named(id)),
  on: INCIDENTS.map((id) => outbox.index.inOrder(outbox.index.on(id))),
  onAny: outbox.index.inOrder(outbox.index.onAny),
});

const fromDisk = (frames: readonly OutboxFrame[]): Outbox => Outbox.of(JSON.parse(JSON.stringify(frames)));

describe('an outbox told anew', () => {
  it('SPEC 1.12: is the same outbox, and stays the same whatever happens to it afterwards', () => {
    holds(
      'outbox told anew',
      fc.property(fc.array(frameArb, { maxLength: 60 }), fc.array(frameArb, { maxLength: 30 }), (before, after) => {
        const outbox = Outbox.of([{ kind: 'device', device: 'one' }]);
        for (const frame of before) happens(outbox, frame);
        const retold = fromDisk(outbox.retold());
        expect(saidBy(retold)).toEqual(saidBy(outbox));
        for (const frame of after) for (const happened of happens(outbox, frame)) retold.apply(happened);
        expect(saidBy(retold)).toEqual(saidBy(outbox));
        expect(retold.retold()).toEqual(outbox.retold());
      }),
      500,
    );
  });

  it('SPEC 1.12: of ten thousand commands that are past the horizon nothing is left but their places', () => {
    const outbox = Outbox.of([{ kind: 'device', device: 'one' }]);
    const sent = (at: number): OwnCommand => ({
      id: `sent ${at}`,
      person: PEOPLE[at % 2] ?? '',
      name: 'incident.note',
      args: { incidentId: 'incident 1', entryId: `entry ${at}`, body: 'text' },
      occurredAt: at,
      recordedAt: at,
    });
    const verdict: Verdict = { outcome: 'accepted', decidedAt: 1, number: null, refusal: null };
    for (let at = 0; at < 10_000; at += 1) {
      const command = sent(at);
      outbox.apply({ kind: 'recorded', command, place: outbox.nextPlace(command.person) });
      outbox.apply({ kind: 'decided', commandId: command.id, verdict, on: at });
    }
    outbox.apply({ kind: 'forgotten', commandIds: outbox.all().map(({ command }) => command.id) });
    const unsent = sent(10_000);
    outbox.apply({ kind: 'recorded', command: unsent, place: outbox.nextPlace(unsent.person) });
    const retold = outbox.retold();
    expect(JSON.stringify(retold).length).toBeLessThan(500);
    expect(fromDisk(retold).owed('ann')).toEqual([expect.objectContaining({ command: unsent, place: 5_001 })]);
    expect(fromDisk(retold).nextPlace('ben')).toBe(5_001);
  });
});
