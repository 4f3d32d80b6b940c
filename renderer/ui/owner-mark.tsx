import type { Instant } from '#domain/activity/activity.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './marks.module.css';
import { useTime } from './time.ts';

/** "Ada Lovelace" → "AL": for the 20 px disc, never read out. */
export function initialsOf(name: string): string {
  const parts = name.trim().split(/\s+/);
  const letters = [parts[0], parts.length > 1 ? parts.at(-1) : undefined].map((part) => (part ? [...part][0] : ''));
  return letters.join('').toUpperCase();
}

export interface OwnerMarkProps {
  readonly name: string | null;
  readonly groupName: string | null;
  readonly isMe: boolean;
  /** When it last became unowned after work had begun. */
  readonly waitingSince: Instant | null;
  /** Absent: the shared present. */
  readonly now?: Instant;
}

/** Who has it: a person, me, only a group (dashed ring), nobody, or nobody any more ("Waiting for pick-up 18 min"). */
export function OwnerMark({ name, groupName, isMe, waitingSince, now }: OwnerMarkProps) {
  const say = useWords('common');
  const time = useTime();
  if (name !== null) {
    return (
      <span className={classes.owner} title={name}>
        <span className={classes.disc} aria-hidden="true">
          {initialsOf(name)}
        </span>
        <span className={isMe ? classes.ownMe : classes.ownName} dir="auto">
          {isMe ? say('me') : name}
        </span>
      </span>
    );
  }
  const since = waitingSince === null ? null : time.span((now ?? time.now) - waitingSince);
  const waiting = since === null ? null : say('owner.waiting', { time: since });
  const text = waiting ?? groupName ?? say('owner.unowned');
  return (
    <span className={classes.owner} title={waiting && groupName ? `${waiting} · ${groupName}` : text}>
      <span className={classes.dashed} aria-hidden="true" />
      <span
        className={classes.ownName}
        dir="auto"
        data-quiet={groupName === null && waiting === null ? true : undefined}
      >
        {waiting !== null && since !== null ? <Waiting sentence={waiting} time={since} /> : text}
      </span>
    </span>
  );
}

/** Where it is too narrow for the whole sentence its words are cut, never how long it has been. */
function Waiting({ sentence, time }: { sentence: string; time: string }) {
  const at = sentence.lastIndexOf(time);
  if (at < 0) return sentence;
  const words = sentence.slice(0, at).trimEnd();
  return (
    <span className={classes.waiting}>
      <span className={classes.waitingWords}>{words}</span>
      <span className={classes.waitingTime}>{sentence.slice(words.length)}</span>
    </span>
  );
}
