import type { CallerCard as Card } from '#contracts/engine/protocol.ts';
import { PriorityMark } from '#renderer/ui/priority-mark.tsx';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { StateMark } from '#renderer/ui/state-mark.tsx';
import { useWords } from '#renderer/words/words.ts';
import classes from './new-incident.module.css';

const RECENT = 3;

/** Where the caller is, how to reach them, how to treat them, and what they reported last. */
export function CallerCard({ card }: { card: Card }) {
  const say = useWords('new-incident');
  const { person, siteName, recent, openCount } = card;
  const facts = [
    [say('helper.site'), siteName],
    [say('helper.room'), person.room],
    [say('helper.callback'), person.phone],
  ] as const;
  return (
    <section className={classes.card} aria-label={say('helper.caller')}>
      <p className={classes.cardName}>
        {person.name}
        {person.vip && <span className={classes.vip}>{say('helper.vip')}</span>}
      </p>
      <dl className={classes.facts}>
        {facts.map(([label, value]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>{value ?? say('helper.unknown')}</dd>
          </div>
        ))}
      </dl>
      {person.handlingNotes && (
        <p className={classes.handling} dir="auto">
          {person.handlingNotes}
        </p>
      )}
      <p className={classes.honest}>{say('helper.openCount', { count: openCount })}</p>
      {recent.length > 0 && (
        <ul className={classes.list} aria-label={say('helper.recent')}>
          {recent.slice(0, RECENT).map((row) => (
            <li key={row.id} className={classes.recentLine}>
              <PriorityMark priority={row.priority} overridden={row.overridden} />
              <span className={classes.recentText} title={row.shortDescription} dir="auto">
                {row.shortDescription}
              </span>
              <StateMark state={row.state} holdReason={null} />
              <RelativeTime at={row.openedAt} short />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
