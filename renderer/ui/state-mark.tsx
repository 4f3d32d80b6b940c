import type { HoldReason, IncidentState } from '#domain/incident/incident.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './marks.module.css';

/** A 14 px ring, told apart by shape alone, beside the word. */
function StateRing({ state }: { state: IncidentState }) {
  const filled = state === 'closed';
  return (
    <svg className={classes.ring} viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
      <circle cx="7" cy="7" r="6" fill={filled ? 'currentColor' : 'none'} stroke="currentColor" strokeWidth="1.5" />
      {state === 'inProgress' && <path d="M7 1a6 6 0 0 1 0 12z" fill="currentColor" />}
      {state === 'onHold' && <path d="M5.25 4.5v5M8.75 4.5v5" stroke="currentColor" strokeWidth="1.5" />}
      {(state === 'resolved' || filled) && (
        <path
          d="M4.2 7.2 6.2 9.2 9.9 5.2"
          fill="none"
          stroke={filled ? 'var(--surface)' : 'currentColor'}
          strokeWidth="1.5"
        />
      )}
      {state === 'canceled' && <path d="M3 11 11 3" stroke="currentColor" strokeWidth="1.5" />}
    </svg>
  );
}

/** The state as ring and word; On Hold adds its reason. */
export function StateMark({ state, holdReason }: { state: IncidentState; holdReason: HoldReason | null }) {
  const say = useWords('common');
  const word = say(`state.${state}`);
  const reason = state === 'onHold' && holdReason ? say(`holdReason.${holdReason}`) : null;
  const whole = reason ? say('state.withReason', { state: word, reason }) : word;
  return (
    <span className={classes.state} data-state={state} title={whole}>
      <StateRing state={state} />
      <span className={classes.stateWord}>
        {word}
        {reason && <span className={classes.stateReason}>, {reason}</span>}
      </span>
    </span>
  );
}
