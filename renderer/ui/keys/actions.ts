/**
 * Every action a person can reach by a single key or through the palette, with its usual key. The keys are the
 * contract of docs (experience); a person may remap each or switch all single keys off.
 */
export const ACTIONS = {
  newIncident: { key: 'n', group: 'desk' },
  search: { key: '/', group: 'desk' },
  keyboard: { key: '?', group: 'desk' },
  alerts: { key: '', group: 'desk' },
  switchPerson: { key: '', group: 'desk' },
  settings: { key: '', group: 'desk' },
  directory: { key: '', group: 'desk' },
  importIncidents: { key: '', group: 'desk' },
  connect: { key: '', group: 'desk' },
  signIn: { key: '', group: 'desk' },
  syncNow: { key: '', group: 'desk' },
  outbox: { key: '', group: 'desk' },
  conflicts: { key: '', group: 'desk' },
  road: { key: '', group: 'desk' },
  scope: { key: '', group: 'desk' },
  undo: { key: 'u', group: 'desk' },
  back: { key: '', group: 'desk' },
  forward: { key: '', group: 'desk' },
  nextRow: { key: 'j', group: 'list' },
  previousRow: { key: 'k', group: 'list' },
  open: { key: 'Enter', group: 'list' },
  peek: { key: 'Space', group: 'list' },
  select: { key: 'x', group: 'list' },
  showMatching: { key: '', group: 'list' },
  filterOut: { key: '', group: 'list' },
  clearFilters: { key: '', group: 'list' },
  previous: { key: '[', group: 'incident' },
  next: { key: ']', group: 'incident' },
  assignToMe: { key: 'a', group: 'incident' },
  transfer: { key: 'g', group: 'incident' },
  start: { key: 'w', group: 'incident' },
  hold: { key: 'h', group: 'incident' },
  resolve: { key: 'e', group: 'incident' },
  reopen: { key: '', group: 'incident' },
  close: { key: '', group: 'incident' },
  cancel: { key: '', group: 'incident' },
  note: { key: 'c', group: 'incident' },
  reply: { key: 'r', group: 'incident' },
  priority: { key: 'p', group: 'incident' },
  copyNumber: { key: '.', group: 'incident' },
  queue1: { key: '1', group: 'queues' },
  queue2: { key: '2', group: 'queues' },
  queue3: { key: '3', group: 'queues' },
  queue4: { key: '4', group: 'queues' },
  queue5: { key: '5', group: 'queues' },
  queue6: { key: '6', group: 'queues' },
  queue7: { key: '7', group: 'queues' },
  queue8: { key: '8', group: 'queues' },
  queue9: { key: '9', group: 'queues' },
} as const satisfies Record<string, { key: string; group: 'desk' | 'list' | 'incident' | 'queues' }>;

export type ActionId = keyof typeof ACTIONS;
export const ACTION_IDS = Object.keys(ACTIONS) as readonly ActionId[];

/** The key an action has for this person: their own, or the usual one; '' is none. */
export const keyOf = (action: ActionId, remapped: Readonly<Record<string, string>>): string =>
  remapped[action] ?? ACTIONS[action].key;

/** Actions by key. A key given twice goes to the action that was given it by hand. */
export function keyMap(remapped: Readonly<Record<string, string>>): ReadonlyMap<string, ActionId> {
  const byHand = (action: ActionId) => (remapped[action] === undefined ? 0 : 1);
  const ordered = ACTION_IDS.toSorted((a, b) => byHand(a) - byHand(b));
  return new Map(ordered.map((action) => [keyOf(action, remapped), action] as const).filter(([key]) => key !== ''));
}
