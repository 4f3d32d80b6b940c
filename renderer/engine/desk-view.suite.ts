import type { QueryName } from '#contracts/engine/protocol.ts';
import type { Id } from '#domain/activity/activity.ts';
import { QUEUE_IDS } from '#domain/queue/queues.ts';
import { everything, type TestDesk, type TestWindow } from './engine-harness.suite.ts';

const ALL = { from: 0, to: 500 } as const;
const ORDERS = ['queue', 'priority', 'caller', 'updated'] as const;
const KINDS = ['person', 'team', 'category', 'site', 'service'] as const;

export type View = Readonly<Record<string, unknown>>;

/**
 * Everything a person can see of a desk, each answer under its question. Similar incidents are left out: how rare a
 * word is counts texts that were changed since, until the words are read anew.
 */
export async function viewOf(desk: TestDesk, people: readonly Id[], words: readonly string[]): Promise<View> {
  await desk.ready();
  // What is told by the system is written down a moment after it was shown.
  await new Promise((resolve) => setTimeout(resolve, 30));
  const window = desk.window();
  const parts = await Promise.all([
    deskView(window),
    ...people.map((personId) => personView(window, personId)),
    ...words.map((text) => wordView(window, text)),
  ]);
  const incidents = await incidentViews(window, people[0] ?? '');
  window.send({ type: 'bye' });
  return Object.assign({}, ...parts, incidents);
}

/** Asks once, and names the answer by the question. */
const asker = (window: TestWindow) => async (name: QueryName, args: Parameters<TestWindow['watch']>[1]) =>
  ({ [`${name} ${JSON.stringify(args)}`]: await window.watch(name, args as never) }) as View;

async function deskView(window: TestWindow): Promise<View> {
  const ask = asker(window);
  // Without the time of saving: a frame that no person sent does not carry it.
  const { phase, trouble, incidents, lastLsn } = await window.watch('status', {});
  const asked = [ask('session', {}), ask('matrix', {}), ...KINDS.map((kind) => ask('directory', { kind }))];
  return Object.assign({ status: { phase, trouble, incidents, lastLsn } }, ...(await Promise.all(asked)));
}

async function personView(window: TestWindow, personId: Id): Promise<View> {
  const ask = asker(window);
  const lists = QUEUE_IDS.map((queue) =>
    ask('list', {
      personId,
      spec: { queue, order: { key: 'queue', descending: false }, filters: [], text: '' },
      ...ALL,
    }),
  );
  const orders = ORDERS.map((key) =>
    ask('list', { personId, spec: { ...everything, order: { key, descending: true } }, ...ALL }),
  );
  const rest = [
    ask('counts', { personId }),
    ask('alerts', { personId, limit: 100 }),
    ask('drafts', { personId }),
    ask('callerCard', { personId }),
  ];
  return Object.assign({}, ...(await Promise.all([...lists, ...orders, ...rest])));
}

async function wordView(window: TestWindow, text: string): Promise<View> {
  const ask = asker(window);
  // After a start old words are read in the background.
  const search = await window.watch('search', { text, limit: 100 }, ({ reading }) => reading === null);
  return { [`search ${text}`]: search, ...(await ask('people', { text, limit: 20, staff: false })) };
}

async function incidentViews(window: TestWindow, personId: Id): Promise<View> {
  const ask = asker(window);
  const list = await window.watch('list', { personId, spec: everything, ...ALL });
  const asked = list.rows.map(({ id }) => ask('incident', { idOrNumber: id }));
  return Object.assign({}, ...(await Promise.all(asked)));
}
