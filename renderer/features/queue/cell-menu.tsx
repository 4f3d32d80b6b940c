import { Menu } from '@mantine/core';
import { memo } from 'react';
import type { QueueRow } from '#contracts/engine/protocol.ts';
import type { QueueId } from '#domain/queue/queues.ts';
import { useHost } from '#renderer/platform/hooks.ts';
import type { Words } from '#renderer/words/areas.ts';
import { useWords } from '#renderer/words/words.ts';
import { type ColumnId, cellFilter } from './columns.ts';
import { addFilter, type ShownFilter } from './view-store.ts';

export interface MenuPlace {
  readonly x: number;
  readonly y: number;
  readonly row: QueueRow;
  readonly column: ColumnId;
}

/** The filter a cell stands for, with the words it is shown by; null for a cell nothing can be filtered by. */
export function shownFilter(
  row: QueueRow,
  column: ColumnId,
  exclude: boolean,
  say: Words<'queue'>,
  common: Words<'common'>,
): ShownFilter | null {
  const filter = cellFilter(row, column);
  if (!filter) return null;
  const names: Record<ShownFilter['field'], string | null> = {
    priority: common('priority.long', { priority: row.priority, name: common(`priority.${row.priority}`) }),
    state: common(`state.${row.state}`),
    owner: row.ownerName ?? common('owner.unowned'),
    group: row.groupName,
    caller: row.callerName,
    category: row.categoryName,
    site: row.siteName,
  };
  return { ...filter, exclude, label: names[filter.field] ?? say('filter.empty') };
}

export interface CellMenuProps {
  readonly queue: QueueId;
  readonly place: MenuPlace | null;
  readonly onClose: () => void;
  readonly onOpen: (row: QueueRow) => void;
}

/** What can be done with a cell: by right click, or Shift+F10 on the cell the keyboard is on. */
export const CellMenu = memo(function CellMenu({ queue, place, onClose, onOpen }: CellMenuProps) {
  const say = useWords('queue');
  const common = useWords('common');
  const host = useHost();
  if (!place) return null;
  const { row, column } = place;
  const include = shownFilter(row, column, false, say, common);
  const exclude = shownFilter(row, column, true, say, common);
  return (
    <Menu opened onClose={onClose} position="bottom-start" returnFocus width={260}>
      <Menu.Target>
        <span style={{ position: 'fixed', left: place.x, top: place.y, width: 0, height: 0 }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={say('menu', { number: row.number })}>
        {include && exclude && (
          <>
            <Menu.Item onClick={() => addFilter(queue, include)}>
              {say('menu.showMatching', { value: include.label })}
            </Menu.Item>
            <Menu.Item onClick={() => addFilter(queue, exclude)}>
              {say('menu.filterOut', { value: exclude.label })}
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        <Menu.Item onClick={() => onOpen(row)}>{say('menu.open')}</Menu.Item>
        <Menu.Item onClick={() => void host.openWindow({ name: 'incident', idOrNumber: row.number })}>
          {say('menu.openWindow')}
        </Menu.Item>
        <Menu.Item onClick={() => void host.copyText(row.number)}>{say('menu.copyNumber')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
});
