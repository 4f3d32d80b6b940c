import type { ListSpec, OrderKey } from '#contracts/engine/protocol.ts';
import type { Id } from '#domain/activity/activity.ts';
import { INCIDENT_STATES, type Incident } from '#domain/incident/incident.ts';
import { numberKey, numberKeysTyped } from '#domain/incident/numbering.ts';
import { passesFilters } from '#domain/queue/filters.ts';
import { isInQueue, mayReadText } from '#domain/queue/membership.ts';
import { compareInQueue } from '#domain/queue/order.ts';
import { queueFactsOf, type Viewer } from '#domain/queue/queue-facts.ts';
import type { QueueId } from '#domain/queue/queues.ts';
import { foldText } from './folded-text.ts';

const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });
const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** What the index must answer, said in the plainest way: an array, filtered and sorted anew for every question. */
export class PlainModel {
  readonly rows = new Map<Id, { incident: Incident; lsn: number }>();
  readonly #nameOf: (personId: Id) => string | null;

  constructor(nameOf: (personId: Id) => string | null) {
    this.#nameOf = nameOf;
  }

  get incidents(): Incident[] {
    return [...this.rows.values()].map((row) => row.incident);
  }

  count(queue: QueueId, viewer: Viewer): number {
    return this.incidents.filter((incident) => isInQueue(queue, queueFactsOf(incident), viewer)).length;
  }

  list(spec: ListSpec, viewer: Viewer): Id[] {
    const words = foldText(spec.text).split(/\s+/).filter(Boolean);
    const found = this.incidents
      .filter((incident) => isInQueue(spec.queue, queueFactsOf(incident), viewer))
      .filter((incident) =>
        passesFilters(
          { ...incident, ownerId: incident.assignedToId, groupId: incident.assignmentGroupId },
          spec.filters,
        ),
      )
      .filter((incident) => words.length === 0 || this.#hasWords(incident, words, viewer))
      .sort((a, b) => this.#compare(spec.order.key, a, b));
    return (spec.order.descending ? found.reverse() : found).map((incident) => incident.id);
  }

  /** All that claim a number: an incident's own number goes before another's alias. */
  claimants(numberOrAlias: string): Id[] {
    for (const key of numberKeysTyped(numberOrAlias)) {
      const own = this.incidents.filter((incident) => numberKey(incident.number) === key);
      const other = this.incidents.filter((incident) =>
        incident.aliases.some((alias) => numberKey(alias.value) === key),
      );
      const found = own.length > 0 ? own : other;
      if (found.length > 0) return found.map((incident) => incident.id);
    }
    return [];
  }

  #hasWords(incident: Incident, words: readonly string[], viewer: Viewer): boolean {
    if (!mayReadText(queueFactsOf(incident), viewer)) return false;
    const fields = [
      incident.shortDescription,
      this.#name(incident.callerId) ?? '',
      incident.number,
      ...incident.aliases.map((alias) => alias.value),
    ].map(foldText);
    return words.every((word) => fields.some((field) => field.includes(word)));
  }

  #name(personId: Id | null): string | null {
    return personId === null ? null : this.#nameOf(personId);
  }

  #compare(order: OrderKey, a: Incident, b: Incident): number {
    return this.#primary(order, a, b) || compareInQueue(queueFactsOf(a), queueFactsOf(b)) || byText(a.id, b.id);
  }

  #primary(order: OrderKey, a: Incident, b: Incident): number {
    if (order === 'number') return compareNumbers(a.number, b.number);
    if (order === 'priority') return a.priority - b.priority;
    if (order === 'state') return INCIDENT_STATES.indexOf(a.state) - INCIDENT_STATES.indexOf(b.state);
    if (order === 'caller') return compareNames(this.#name(a.callerId), this.#name(b.callerId));
    if (order === 'owner') return compareNames(this.#name(a.assignedToId), this.#name(b.assignedToId));
    if (order === 'updated') return a.updatedAt - b.updatedAt;
    return order === 'opened' ? a.openedAt - b.openedAt : 0;
  }
}

const compareNames = (a: string | null, b: string | null): number => {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return collator.compare(a, b);
};

const partsOf = (number: string) => {
  const [, prefix = '', digits = ''] = /^(.*?)(\d*)$/.exec(numberKey(number)) ?? [];
  return { prefix, value: Number(digits) };
};

const compareNumbers = (a: string, b: string): number => {
  const [partsA, partsB] = [partsOf(a), partsOf(b)];
  return collator.compare(partsA.prefix, partsB.prefix) || partsA.value - partsB.value;
};
