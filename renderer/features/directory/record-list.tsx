import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { useSettings } from '#renderer/platform/settings-store.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { useWords } from '#renderer/words/words.ts';
import classes from './directory.module.css';
import { type AnyRecord, isPerson, type ListLine } from './lists.ts';

function Details({ line: { record, parent } }: { line: ListLine }) {
  const say = useWords('directory');
  const common = useWords('common');
  const parts = isPerson(record)
    ? [
        record.role === 'requester' ? null : common(`role.${record.role}`),
        record.organisation,
        record.room,
        record.mail,
        record.phone,
      ]
    : [parent && say('partOf', { parent })];
  const flags = [
    record.active ? null : say('inactive'),
    record.source ? say('source', { source: record.source }) : null,
  ];
  return <span className={classes.details}>{[...parts, ...flags].filter(Boolean).join(' · ')}</span>;
}

export interface RecordListProps {
  readonly name: string;
  readonly lines: readonly ListLine[] | undefined;
  readonly filtered: boolean;
  readonly onOpen: (record: AnyRecord) => void;
}

/** A list of any length; each line is a button that opens its record. */
export function RecordList({ name, lines, filtered, onOpen }: RecordListProps) {
  const say = useWords('directory');
  const common = useWords('common');
  const { density } = useSettings();
  const scroller = useRef<HTMLDivElement>(null);
  const height = density === 'roomy' ? 44 : density === 'compact' ? 28 : 34;
  const virtual = useVirtualizer({
    count: lines?.length ?? 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 10,
    initialRect: { width: 800, height: 600 },
  });
  if (lines?.length === 0) return <EmptyState text={say(filtered ? 'noMatch' : 'empty')} />;
  return (
    <div ref={scroller} className={classes.scroller}>
      <ul aria-label={name} className={classes.list} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const line = lines?.[item.index];
          if (!line) return null;
          const { record, depth } = line;
          return (
            <li
              key={record.id}
              className={classes.item}
              aria-setsize={lines?.length}
              aria-posinset={item.index + 1}
              style={{ transform: `translateY(${item.start}px)`, height }}
            >
              <button
                type="button"
                className={classes.line}
                data-inactive={record.active ? undefined : true}
                style={{ paddingInlineStart: 16 + depth * 24 }}
                onClick={() => onOpen(record)}
              >
                <span className={classes.name}>{record.name}</span>
                {isPerson(record) && record.vip && <span className={classes.vip}>{common('vip')}</span>}
                <Details line={line} />
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
