import type { Impact, Priority, Urgency } from '#domain/incident/incident.ts';
import { PriorityMark } from '#renderer/ui/priority-mark.tsx';
import { useWords } from '#renderer/words/words.ts';
import classes from './incident-fields.module.css';

export interface PriorityStatusProps {
  readonly priority: Priority;
  readonly impact: Impact;
  readonly urgency: Urgency;
}

/** What impact and urgency come to, in words: "P4 Low, one person, hindered". Read out when it changes. */
export function PriorityStatus({ priority, impact, urgency }: PriorityStatusProps) {
  const say = useWords('incident');
  const common = useWords('common');
  const lower = (text: string) => text.charAt(0).toLocaleLowerCase() + text.slice(1);
  return (
    <div role="status" aria-label={say('field.priority')} className={classes.priority}>
      <span aria-hidden="true" className={classes.mark}>
        <PriorityMark priority={priority} overridden={false} />
      </span>
      <span>
        {say('priorityWords', {
          priority,
          name: common(`priority.${priority}`),
          impact: lower(common(`impact.${impact}`)),
          urgency: lower(common(`urgency.${urgency}`)),
        })}
      </span>
    </div>
  );
}
