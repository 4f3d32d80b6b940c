import type { ListSpec } from '#contracts/engine/protocol.ts';
import { isInQueue, mayReadText } from '#domain/queue/membership.ts';
import type { Viewer } from '#domain/queue/queue-facts.ts';
import { foldText } from './folded-text.ts';
import type { IncidentTable } from './incident-table.ts';
import type { ListTest } from './list-cache.ts';
import { filterTest } from './list-filters.ts';
import type { Belongs } from './sorted-slots.ts';
import type { Tally } from './tally.ts';

const everything: Belongs = () => true;
const both = (a: Belongs, b: Belongs): Belongs => {
  if (a === everything) return b;
  return b === everything ? a : (slot) => a(slot) && b(slot);
};

/** The test of a list: its queue as the viewer sees it, its filters, its text. Null when everything passes. */
export function listTest(table: IncidentTable, tally: Tally, spec: ListSpec, viewer: Viewer<number>): ListTest | null {
  const isWhole = spec.queue === 'allIncidents' && viewer.role !== 'requester';
  const filters = filterTest(spec.filters, table.refs, table.columns) ?? everything;
  const words = foldText(spec.text).split(/\s+/).filter(Boolean);
  if (isWhole && filters === everything && words.length === 0) return null;
  const inQueue: Belongs = (slot) => isInQueue(spec.queue, table.factsAt(slot), viewer);
  const narrower = both(filters, words.length === 0 ? everything : (slot) => hasWords(table, slot, words, viewer));
  return {
    belongs: isWhole ? narrower : both(inQueue, narrower),
    bulk: () => {
      const queue = isWhole ? everything : bulkQueueTest(tally, spec, viewer, inQueue);
      const text = words.length === 0 ? everything : bulkTextTest(table, words, viewer);
      return both(text, both(queue, filters));
    },
  };
}

/** The queue's rule asked once a cell of the tally instead of once a row; requesters' lists know no cells. */
function bulkQueueTest(tally: Tally, spec: ListSpec, viewer: Viewer<number>, inQueue: Belongs): Belongs {
  if (viewer.role === 'requester') return inQueue;
  const passes = tally.passing((facts) => isInQueue(spec.queue, facts, viewer));
  const { cellOf } = tally;
  return (slot) => passes[cellOf[slot] ?? 0] === 1;
}

/** Every word somewhere in the line, and the viewer allowed to read it. */
function hasWords(table: IncidentTable, slot: number, words: readonly string[], viewer: Viewer<number>): boolean {
  if (!mayReadText(table.factsAt(slot), viewer)) return false;
  const line = table.lines.get(slot);
  return words.every((word) => line.includes(word));
}

/** The longest word is looked for in all lines at once, the others only where that one is. */
function bulkTextTest(table: IncidentTable, words: readonly string[], viewer: Viewer<number>): Belongs {
  const found = new Uint8Array(table.slots);
  const [longest = '', ...others] = [...words].sort((a, b) => b.length - a.length);
  table.lines.eachContaining(longest, (slot) => {
    if (table.isLive(slot) && hasWords(table, slot, others, viewer)) found[slot] = 1;
  });
  return (slot) => found[slot] === 1;
}
