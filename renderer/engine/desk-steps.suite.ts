import fc from 'fast-check';

export const WORDS = ['printer', 'mail', 'paper', 'network'] as const;
export const MATRICES = [
  [
    [1, 2, 3],
    [2, 3, 4],
    [3, 4, 4],
  ],
  [
    [1, 1, 2],
    [1, 2, 3],
    [2, 3, 4],
  ],
] as const;

const VERBS = [
  'record',
  'record',
  'record',
  'update',
  'assign',
  'assign',
  'transfer',
  'start',
  'hold',
  'resume',
  'resolve',
  'close',
  'reopen',
  'cancel',
  'prioritise',
  'note',
  'logCall',
  'undo',
  'undo',
  'person',
  'team',
  'matrix',
] as const;

/** What may happen at a desk, in a small world where everything meets everything. */
export const stepArb = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('command' as const),
      verb: fc.constantFrom(...VERBS),
      target: fc.nat({ max: 30 }),
      a: fc.nat({ max: 20 }),
      b: fc.nat({ max: 20 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('import' as const),
      from: fc.constantFrom(1, 3, 100),
      incidents: fc.integer({ min: 1, max: 5 }),
      versions: fc.integer({ min: 1, max: 4 }),
      priority: fc.constantFrom('1 - Critical', '3 - Moderate'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('restart' as const),
      how: fc.constantFrom('quit', 'kill', 'snapshot', 'rebuild' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('person' as const), who: fc.nat({ max: 1 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.constantFrom(5, 60, 90_000, 900_000) }),
  },
);
export type Step = typeof stepArb extends fc.Arbitrary<infer T> ? T : never;
export type CommandStep = Extract<Step, { kind: 'command' }>;
