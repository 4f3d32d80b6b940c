import { create } from 'zustand';
import type { ListSpec, OrderKey } from '#contracts/engine/protocol.ts';
import { QUEUE_IDS, type QueueId } from '#domain/queue/queues.ts';

export type CellFilter = ListSpec['filters'][number];
export type FilterField = CellFilter['field'];

/** A chip says what it filters by in the words the cell had. */
export interface ShownFilter extends CellFilter {
  readonly label: string;
}

/** How a person looks at one queue; forgotten with the window. */
export interface QueueView {
  readonly order: { readonly key: OrderKey; readonly descending: boolean };
  readonly filters: readonly ShownFilter[];
  readonly text: string;
}

export const usualView: QueueView = { order: { key: 'queue', descending: false }, filters: [], text: '' };

type Views = Readonly<Record<QueueId, QueueView>>;

export const useViews = create<Views>(
  () => Object.fromEntries(QUEUE_IDS.map((queue) => [queue, usualView])) as Record<QueueId, QueueView>,
);

export const changeView = (queue: QueueId, change: Partial<QueueView>): void =>
  useViews.setState((views) => ({ [queue]: { ...views[queue], ...change } }));

/** Dates read newest first until somebody asks for the other way. */
export const newestFirst = (key: OrderKey): boolean => key === 'updated' || key === 'opened';

/** Orders a queue by a column, or turns the order round when it is that already. */
export function sortBy(queue: QueueId, key: OrderKey): void {
  const { order } = useViews.getState()[queue];
  changeView(queue, { order: { key, descending: order.key === key ? !order.descending : newestFirst(key) } });
}

const isSame = (a: CellFilter, b: CellFilter) => a.field === b.field && a.value === b.value;

/** Adds a filter, or turns the one of the same cell round. */
export function addFilter(queue: QueueId, filter: ShownFilter): void {
  const { filters } = useViews.getState()[queue];
  changeView(queue, { filters: [...filters.filter((each) => !isSame(each, filter)), filter] });
}

export function removeFilter(queue: QueueId, filter: CellFilter): void {
  const { filters } = useViews.getState()[queue];
  changeView(queue, { filters: filters.filter((each) => !isSame(each, filter)) });
}

export const clearFilters = (queue: QueueId): void => changeView(queue, { filters: [], text: '' });

/** Shows every incident that holds a text: where the search box leads. */
export const showText = (queue: QueueId, text: string): void => changeView(queue, { ...usualView, text });

export const isFiltered = (view: QueueView): boolean => view.filters.length > 0 || view.text !== '';

export const specOf = (queue: QueueId, view: QueueView): ListSpec => ({
  queue,
  order: view.order,
  filters: view.filters.map(({ field, value, exclude }) => ({ field, value, exclude })),
  text: view.text,
});
