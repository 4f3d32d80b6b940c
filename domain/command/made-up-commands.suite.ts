import fc from 'fast-check';
import type { CommandName } from '#domain/command/command.ts';
import { CANCEL_REASONS, HOLD_REASONS, LEVELS, PRIORITIES, RESOLUTION_CODES } from '#domain/incident/incident.ts';

/** One step at a desk: who, when, and what, as a screen might send it, sensible or not. */
export interface Step {
  readonly name: CommandName;
  readonly args: Readonly<Record<string, unknown>>;
  readonly actor: string;
  /** Milliseconds that pass before it. */
  readonly after: number;
  /** Milliseconds by which "happened at" lies back. */
  readonly back: number;
  readonly lateReason: string | undefined;
  /** For undo: which of the commands so far, counted from the last. */
  readonly earlier: number;
}

const incidentId = fc.constantFrom('incident 1', 'incident 2', 'incident 3');
const text = fc.oneof(
  { weight: 8, arbitrary: fc.string({ minLength: 1, maxLength: 6 }) },
  { weight: 1, arbitrary: fc.constant('') },
);
const personId = fc.constantFrom('ann', 'ben', 'sue', 'tom');
const anybody = fc.oneof(
  { weight: 4, arbitrary: personId },
  { weight: 1, arbitrary: fc.constantFrom('cal', 'vic', 'nobody') },
);
const teamId = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('net', 'mail') },
  { weight: 1, arbitrary: fc.constant('gone') },
);
const entryId = fc.integer({ min: 1, max: 400 }).map((n) => `entry ${n}`);
const attachmentId = fc.integer({ min: 1, max: 4 }).map((n) => `attachment ${n}`);
const instant = fc.integer({ min: Date.UTC(2026, 2, 1), max: Date.UTC(2026, 2, 20) });
const level = fc.constantFrom(...LEVELS);
const code = fc.constantFrom(...RESOLUTION_CODES);

/** Stands for the value the screen showed; the test puts it in. */
export const SEEN = '(seen)';

const of = (needed: Record<string, fc.Arbitrary<unknown>>, optional: Record<string, fc.Arbitrary<unknown>> = {}) =>
  fc.record({ ...needed, ...optional }, { requiredKeys: Object.keys(needed) });

/** Mostly from what the screen showed; sometimes from what nobody saw there any more. */
const change = (to: fc.Arbitrary<unknown>) =>
  fc.record({ from: fc.oneof({ weight: 4, arbitrary: fc.constant(SEEN) }, { weight: 1, arbitrary: to }), to });

const changes = of(
  {},
  {
    shortDescription: change(text),
    description: change(text),
    impact: change(level),
    urgency: change(level),
    callerId: change(fc.option(anybody)),
    tags: change(fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 3 })),
    watcherIds: change(fc.array(personId, { maxLength: 3 })),
    confidential: change(fc.boolean()),
  },
);

const reply = fc.record({ entryId, body: text });
const vendor = fc.record({ name: text, reference: fc.constant(null) });

const ARGS: { readonly [N in CommandName]?: fc.Arbitrary<Record<string, unknown>> } = {
  'incident.record': of(
    { incidentId, shortDescription: text, channel: fc.constantFrom('phone', 'chat'), impact: level, urgency: level },
    {
      callerId: anybody,
      assignmentGroupId: teamId,
      assignedToId: personId,
      provisionalNumber: fc.constantFrom('INC-L3-0001', 'INC-A2-0002', 'INC-1'),
      resolve: fc.record({ resolutionCode: code, resolutionNotes: text }),
    },
  ),
  'incident.update': of({ incidentId, changes }),
  'incident.assign': of({ incidentId, assignedToId: fc.option(anybody) }, { from: fc.option(personId) }),
  'incident.transfer': of(
    { incidentId, assignmentGroupId: teamId, note: text },
    {
      assignedToId: anybody,
      warm: fc.boolean(),
      sendBack: fc.boolean(),
      from: fc.record({ assignmentGroupId: fc.option(teamId), assignedToId: fc.option(personId) }),
    },
  ),
  'incident.start': of({ incidentId }),
  'incident.hold': of(
    { incidentId, reason: fc.constantFrom(...HOLD_REASONS) },
    { until: instant, reply, callEntryId: entryId, vendor, approver: text },
  ),
  'incident.resume': of({ incidentId }),
  'incident.resolve': of(
    { incidentId, resolutionCode: code, resolutionNotes: text },
    { duplicateOfId: incidentId, confirmedBy: text },
  ),
  'incident.close': of({ incidentId }, { confirmation: text }),
  'incident.reopen': of({ incidentId, reason: text }),
  'incident.cancel': of({ incidentId, reason: fc.constantFrom(...CANCEL_REASONS) }, { detail: text }),
  'incident.prioritise': of({
    incidentId,
    value: fc.option(fc.constantFrom(...PRIORITIES)),
    why: text,
    mode: fc.constantFrom('corrected', 'situationChanged'),
  }),
  'incident.note': of({ incidentId, entryId, body: text }),
  'incident.reply': of({ incidentId, entryId, body: text, releaseAt: instant }),
  'incident.logCall': of({ incidentId, entryId, body: text }),
  'incident.attach': of({
    incidentId,
    attachmentId,
    sha256: fc.constantFrom('a'.repeat(64), 'b'.repeat(64)),
    name: text,
    bytes: fc.nat(),
    mediaType: fc.constantFrom('image/png', 'text/plain'),
    visibility: fc.constantFrom('internal', 'public'),
  }),
  'incident.detach': of({ incidentId, attachmentId }),
  'command.undo': of({}),
};

const named = (Object.keys(ARGS) as CommandName[]).map((name) =>
  (ARGS[name] ?? of({})).map((args) => ({ name, args })),
);
const junk = fc.record({
  name: fc.constantFrom(...(Object.keys(ARGS) as CommandName[])),
  args: fc.dictionary(fc.constantFrom('incidentId', 'reason', 'note', 'x', '__proto__'), fc.jsonValue()),
});

export const stepArb: fc.Arbitrary<Step> = fc
  .record({
    what: fc.oneof({ weight: 12, arbitrary: fc.oneof(...named) }, { weight: 1, arbitrary: junk }),
    actor: fc.oneof({ weight: 6, arbitrary: personId }, { weight: 1, arbitrary: anybody }),
    after: fc.constantFrom(0, 1000, 20_000, 3_600_000),
    back: fc.oneof(
      { weight: 9, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.constantFrom(-1, 60_000, 3_600_000) },
    ),
    lateReason: fc.option(text, { nil: undefined }),
    earlier: fc.nat(4),
  })
  .map(({ what, ...rest }) => ({ ...what, ...rest }));

/** The same steps without undo: what undo itself is tried on. */
export const changeArb: fc.Arbitrary<Step> = stepArb.filter(({ name }) => name !== 'command.undo');
