import type { Conflict } from '#contracts/engine/agreement.ts';

const MINUTE = 60_000;

/** A refused change of Ada's for tests; say only what matters. */
export const conflict = (changes: Partial<Conflict> = {}): Conflict => ({
  commandId: 'c-1',
  name: 'incident.update',
  personId: 'p-ada',
  personName: 'Ada Lovelace',
  incidentId: 'i-42',
  number: 'INC0000042',
  shortDescription: 'Printer offline',
  occurredAt: Date.now() - 90 * MINUTE,
  recordedAt: Date.now() - 90 * MINUTE,
  refusal: { code: 'fieldChangedMeanwhile', details: { field: 'shortDescription' } },
  because: null,
  fields: [],
  text: null,
  args: {},
  changedBy: { name: 'Grace Hopper', at: Date.now() - 5.5 * MINUTE },
  alike: 'fieldChangedMeanwhile',
  decisions: ['mine', 'theirs', 'note'],
  ...changes,
});

/** A recording that was refused, with two commands that hang on it. */
export const refusedRecording = (): readonly Conflict[] => [
  conflict({
    commandId: 'c-rec',
    name: 'incident.record',
    incidentId: 'i-new',
    number: null,
    shortDescription: 'No dial tone',
    refusal: { code: 'ownerNotInGroup' },
    changedBy: null,
    alike: 'recording',
    decisions: ['theirs', 'form'],
    text: 'Line dead since this morning.',
    args: {
      incidentId: 'i-new',
      shortDescription: 'No dial tone',
      description: 'Line dead since this morning.',
      channel: 'walkIn',
      impact: 2,
      urgency: 1,
      callerId: 'p-2',
      configurationItemIds: ['ci-1'],
      assignmentGroupId: 't-1',
    },
  }),
  conflict({
    commandId: 'c-note',
    name: 'incident.note',
    incidentId: 'i-new',
    number: null,
    shortDescription: 'No dial tone',
    because: 'c-rec',
    alike: 'hanging',
    text: 'Checked the patch panel.',
    decisions: [],
  }),
  conflict({
    commandId: 'c-res',
    name: 'incident.resolve',
    incidentId: 'i-new',
    number: null,
    shortDescription: 'No dial tone',
    because: 'c-rec',
    alike: 'hanging',
    text: 'Cable replaced.',
    args: { incidentId: 'i-new', resolutionCode: 'solutionProvided', resolutionNotes: 'Cable replaced.' },
    decisions: [],
  }),
];
