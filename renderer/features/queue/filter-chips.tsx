import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { memo } from 'react';
import type { QueueId } from '#domain/queue/queues.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './head.module.css';
import { changeView, clearFilters, isFiltered, type QueueView, removeFilter, type ShownFilter } from './view-store.ts';

function Chip({ text, onRemove }: { text: string; onRemove: () => void }) {
  const say = useWords('queue');
  return (
    <li className={classes.chip}>
      <span className={classes.chipText} title={text}>
        {text}
      </span>
      <button
        type="button"
        className={classes.chipRemove}
        aria-label={say('filter.remove', { filter: text })}
        onClick={onRemove}
      >
        <IconX size={14} aria-hidden="true" />
      </button>
    </li>
  );
}

/** What the list is filtered by, each with its way out, and all of them at once. */
export const FilterChips = memo(function FilterChips({ queue, view }: { queue: QueueId; view: QueueView }) {
  const say = useWords('queue');
  if (!isFiltered(view)) return <div className={classes.space} />;
  const words = (filter: ShownFilter) =>
    say(filter.exclude ? 'filter.exclude' : 'filter.include', {
      field: say(`column.${filter.field}`),
      value: filter.label,
    });
  return (
    <ul className={classes.chips} aria-label={say('filters')}>
      {view.text !== '' && (
        <Chip text={say('filter.text', { value: view.text })} onRemove={() => changeView(queue, { text: '' })} />
      )}
      {view.filters.map((filter) => (
        <Chip
          key={`${filter.field} ${filter.value}`}
          text={words(filter)}
          onRemove={() => removeFilter(queue, filter)}
        />
      ))}
      <li>
        <Button className={classes.tool ?? ''} variant="subtle" onClick={() => clearFilters(queue)}>
          {say('filter.clear')}
        </Button>
      </li>
    </ul>
  );
});
