import type { Id } from '#domain/activity/activity.ts';
import { useWatch } from '#renderer/platform/hooks.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from '../incident.module.css';

/** Who else has this incident before them, and who writes. Nothing when nobody does. */
export function PresentLine({ incidentId }: { readonly incidentId: Id }) {
  const say = useWords('incident');
  const people = useWatch('presence', { incidentId })?.people ?? [];
  const writing = people.filter(({ typing }) => typing);
  const looking = people.filter(({ typing }) => !typing);
  const sentence = (key: 'header.writing' | 'header.looking', group: typeof people) =>
    group[0] === undefined ? [] : [say(key, { name: group[0].name, others: group.length - 1 })];
  const sentences = [...sentence('header.writing', writing), ...sentence('header.looking', looking)];
  if (sentences.length === 0) return null;
  return (
    <span className={classes.until} title={people.map(({ name }) => name).join(', ')}>
      {sentences.join(' · ')}
    </span>
  );
}
