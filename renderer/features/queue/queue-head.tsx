import { Button, Menu } from '@mantine/core';
import { IconArrowsSort, IconCheck, IconColumns3, IconLineHeight } from '@tabler/icons-react';
import { memo } from 'react';
import type { OrderKey } from '#contracts/engine/protocol.ts';
import type { DeskSettings } from '#contracts/host/desk-host.ts';
import type { QueueId } from '#domain/queue/queues.ts';
import { useHost } from '#renderer/platform/hooks.ts';
import { changeSettings, useSettings } from '#renderer/platform/settings-store.ts';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { useWords } from '#renderer/words/words.ts';
import { COLUMNS, toggleColumn, useHiddenColumns } from './columns.ts';
import { FilterChips } from './filter-chips.tsx';
import classes from './head.module.css';
import { changeView, isFiltered, newestFirst, type QueueView } from './view-store.ts';

const ORDERS: readonly OrderKey[] = ['queue', 'number', 'priority', 'state', 'caller', 'owner', 'updated', 'opened'];
const DENSITIES: readonly DeskSettings['density'][] = ['compact', 'normal', 'roomy'];

const Tick = ({ on }: { on: boolean }) =>
  on ? <IconCheck size={16} aria-hidden="true" /> : <span className={classes.noTick} />;

const OrderMenu = memo(function OrderMenu({ queue, view }: { queue: QueueId; view: QueueView }) {
  const say = useWords('queue');
  const { key, descending } = view.order;
  const choose = (order: QueueView['order']) => changeView(queue, { order });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          className={classes.tool ?? ''}
          variant="subtle"
          leftSection={<IconArrowsSort size={16} aria-hidden="true" />}
          title={say(key === 'queue' ? 'order.queue' : `order.${key === 'deadline' ? 'queue' : key}`)}
        >
          {say('order')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {ORDERS.map((each) =>
          each === 'deadline' ? null : (
            <Menu.Item
              key={each}
              role="menuitemradio"
              aria-checked={key === each}
              leftSection={<Tick on={key === each} />}
              onClick={() => choose({ key: each, descending: newestFirst(each) })}
            >
              {say(`order.${each}`)}
            </Menu.Item>
          ),
        )}
        <Menu.Divider />
        {[false, true].map((down) => (
          <Menu.Item
            key={String(down)}
            role="menuitemradio"
            aria-checked={descending === down}
            disabled={key === 'queue'}
            leftSection={<Tick on={descending === down} />}
            onClick={() => choose({ key, descending: down })}
          >
            {say(down ? 'order.descending' : 'order.ascending')}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
});

const DensityMenu = memo(function DensityMenu() {
  const say = useWords('queue');
  const host = useHost();
  const { density } = useSettings();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <IconButton label={say('density')}>
          <IconLineHeight size={18} stroke={1.75} aria-hidden="true" />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        {DENSITIES.map((each) => (
          <Menu.Item
            key={each}
            role="menuitemradio"
            aria-checked={density === each}
            leftSection={<Tick on={density === each} />}
            onClick={() => void changeSettings(host, { density: each })}
          >
            {say(`density.${each}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
});

const ColumnsMenu = memo(function ColumnsMenu() {
  const say = useWords('queue');
  const { hidden } = useHiddenColumns();
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <IconButton label={say('columns')}>
          <IconColumns3 size={18} stroke={1.75} aria-hidden="true" />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        {COLUMNS.filter((column) => column.optional).map(({ id }) => (
          <Menu.Item
            key={id}
            role="menuitemcheckbox"
            aria-checked={!hidden.includes(id)}
            leftSection={<Tick on={!hidden.includes(id)} />}
            onClick={() => toggleColumn(id)}
          >
            {say(`column.${id}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
});

export interface QueueHeadProps {
  readonly queue: QueueId;
  readonly view: QueueView;
  readonly total: number | undefined;
  /** Of the whole queue, while filters narrow it. */
  readonly whole: number | null | undefined;
}

/** 44 px: name, exact total, filter chips, Order, density, columns. Its menus draw anew only for a change of their own. */
export const QueueHead = memo(function QueueHead({ queue, view, total, whole }: QueueHeadProps) {
  const say = useWords('queue');
  const common = useWords('common');
  const totalWords = () => {
    if (whole === null) return say('notKept');
    if (total === undefined) return '';
    if (isFiltered(view) && whole !== undefined) return say('totalOf', { shown: total, total: whole });
    return say('total', { count: total });
  };
  return (
    <div className={classes.head}>
      <h1 className={classes.name}>{common(`queue.${queue}`)}</h1>
      <span className={classes.total}>{totalWords()}</span>
      <FilterChips queue={queue} view={view} />
      <OrderMenu queue={queue} view={view} />
      <DensityMenu />
      <ColumnsMenu />
    </div>
  );
});
