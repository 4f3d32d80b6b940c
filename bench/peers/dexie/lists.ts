import type { ListSpec } from '#contracts/engine/protocol.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { Both } from './both.ts';
import { type PeerRow, PLANNED, type PlannedField, peerRow } from './peer-rows.ts';

/** One list: three cells that a row must have, the youngest 50 first. */
interface Question {
  readonly fields: (typeof PLANNED)[number];
  readonly values: readonly (string | number)[];
}

export interface ListRound {
  /** Milliseconds a question. */
  readonly ours: number;
  readonly planned: number;
  readonly filtered: number;
  readonly inOrder: number;
  readonly questions: number;
  /** Every answer of every side was the same 50 incidents in the same order. */
  readonly same: boolean;
  readonly rows: number;
}

const FIRST = 50;
const ASKED = 20;
const SLOWLY_ASKED = 2;
/** Reads nearly everything, row by row: seconds a question. */
const SLOWEST_ASKED = 1;

const FILTER = {
  state: 'state',
  priority: 'priority',
  assignmentGroupId: 'group',
  categoryId: 'category',
  siteId: 'site',
} as const satisfies Record<PlannedField, ListSpec['filters'][number]['field']>;

/** The field that narrows most stands last in this order: the index an unplanned question is best asked through. */
const NARROWING: readonly PlannedField[] = ['state', 'priority', 'assignmentGroupId', 'siteId', 'categoryId'];

const specOf = ({ fields, values }: Question): ListSpec => ({
  queue: 'allIncidents',
  order: { key: 'opened', descending: true },
  filters: fields.map((field, at) => ({ field: FILTER[field], value: String(values[at]), exclude: false })),
  text: '',
});

const passes =
  ({ fields, values }: Question) =>
  (row: PeerRow) =>
    fields.every((field, at) => row[field] === values[at]);

/** Questions whose answer is not empty, none asked twice: our index must not answer out of its kept lists. */
export const questionsFrom = ({ sample }: Both): readonly Question[] => {
  const all = new Map<string, Question>();
  for (const [at, incident] of sample.entries()) {
    const fields = PLANNED[at % PLANNED.length] ?? PLANNED[0];
    const row = peerRow(incident);
    const values = fields.map((field) => row[field]);
    all.set(JSON.stringify([fields, values]), { fields, values });
  }
  return [...all.values()];
};

const asked = async (
  questions: readonly Question[],
  ask: (question: Question) => readonly Id[] | PromiseLike<readonly Id[]>,
) => {
  const answers: (readonly Id[])[] = [];
  const began = performance.now();
  for (const question of questions) answers.push(await ask(question));
  return { each: (performance.now() - began) / questions.length, answers };
};

/** Without a turn of the event loop between two questions: ours answers at once. */
const askedAtOnce = (questions: readonly Question[], ask: (question: Question) => readonly Id[]) => {
  const began = performance.now();
  const answers = questions.map(ask);
  return { each: (performance.now() - began) / questions.length, answers };
};

/**
 * Whether two answers are the same list. Incidents opened in the same minute may stand in either order, and of such a
 * group cut off by the fiftieth row either side may show others: each is as right as the other.
 */
const isSameList = async ({ db }: Both, question: Question, ours: readonly Id[], theirs: readonly Id[]) => {
  const rowsOf = async (ids: readonly Id[]) => (await db.incidents.bulkGet([...ids])).flatMap((row) => row ?? []);
  const [own, other] = [await rowsOf(ours), await rowsOf(theirs)];
  const last = other.at(-1)?.openedAt;
  const settled = (rows: readonly PeerRow[]) => rows.filter((row) => row.openedAt !== last || rows.length < FIRST);
  const named = (rows: readonly PeerRow[]) => idsOf(settled(rows)).sort().join();
  const times = (rows: readonly PeerRow[]) => rows.map((row) => row.openedAt).join();
  const honest = own.every(passes(question)) && new Set(ours).size === theirs.length;
  return honest && times(own) === times(other) && named(own) === named(other);
};

const idsOf = (rows: readonly PeerRow[]) => rows.map((row) => row.id);

/** One round of all ways to ask; `round` decides which questions. */
export const listRound = async (both: Both, all: readonly Question[], round: number): Promise<ListRound> => {
  const { db, index, viewer } = both;
  const from = (round * ASKED) % Math.max(1, all.length - ASKED);
  const questions = all.slice(from, from + ASKED);
  const few = questions.slice(0, SLOWLY_ASKED);
  const ours = askedAtOnce(questions, (question) => index.list(specOf(question), viewer, 0, FIRST).ids);
  const planned = await asked(questions, ({ fields, values }) =>
    db.incidents
      .where(`[${fields.join('+')}+openedAt]`)
      .between([...values, -Infinity], [...values, Infinity])
      .reverse()
      .limit(FIRST)
      .toArray()
      .then(idsOf),
  );
  const filtered = await asked(few, async (question) => {
    const { values } = question;
    const fields: readonly PlannedField[] = question.fields;
    const by = NARROWING.findLast((field) => fields.includes(field)) ?? 'state';
    const value = values[fields.indexOf(by)] ?? '';
    const rows = await db.incidents.where(by).equals(value).filter(passes(question)).sortBy('openedAt');
    return idsOf(rows.reverse().slice(0, FIRST));
  });
  const inOrder = await asked(few.slice(0, SLOWEST_ASKED), (question) =>
    db.incidents.orderBy('openedAt').reverse().filter(passes(question)).limit(FIRST).toArray().then(idsOf),
  );
  const agreed = await Promise.all(
    questions.map((question, at) => isSameList(both, question, ours.answers[at] ?? [], planned.answers[at] ?? [])),
  );
  const start = JSON.stringify(planned.answers.slice(0, few.length));
  return {
    ours: ours.each,
    planned: planned.each,
    filtered: filtered.each,
    inOrder: inOrder.each,
    questions: questions.length,
    same:
      agreed.every(Boolean) &&
      JSON.stringify(filtered.answers) === start &&
      JSON.stringify(inOrder.answers) === JSON.stringify(planned.answers.slice(0, SLOWEST_ASKED)),
    rows: planned.answers.flat().length,
  };
};
