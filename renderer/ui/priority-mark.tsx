import type { Priority } from '#domain/incident/incident.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './marks.module.css';

/** The priority as a 20 px square: filled, outlined or dotted by weight, its digit always there; a corner tick when overridden. */
export function PriorityMark({ priority, overridden }: { priority: Priority; overridden: boolean }) {
  const say = useWords('common');
  const name = say(`priority.${priority}`);
  const label = say(overridden ? 'priority.overridden' : 'priority.long', { priority, name });
  return (
    <span
      className={classes.priority}
      data-priority={priority}
      data-overridden={overridden || undefined}
      role="img"
      aria-label={label}
      title={label}
    >
      {priority}
    </span>
  );
}
