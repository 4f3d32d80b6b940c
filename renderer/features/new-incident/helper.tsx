import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect } from 'react';
import type { SimilarIncident } from '#contracts/engine/protocol.ts';
import { useSteadyWatch, useWatch } from '#renderer/platform/hooks.ts';
import { StateMark } from '#renderer/ui/state-mark.tsx';
import { useWords } from '#renderer/words/words.ts';
import { CallerCard } from './caller-card.tsx';
import type { FormContent } from './form-content.ts';
import classes from './new-incident.module.css';

/** The helper looks again after this much rest in typing. */
const REST_MS = 150;
/** As many lines as there are digits on the keys that act on them. */
const LINES = 5;

export interface HelperProps {
  readonly form: FormContent;
  readonly onSame: (incident: SimilarIncident) => void;
  /** Told which lines stand there, for Ctrl/Cmd+1…5. */
  readonly onLines: (lines: readonly SimilarIncident[]) => void;
}

const none: readonly SimilarIncident[] = [];

/** One numbered line: an open incident this call may be about, and the button that says it is. */
function SimilarLine({ incident, place, onSame }: { incident: SimilarIncident; place: number; onSame: () => void }) {
  const say = useWords('new-incident');
  return (
    <li className={classes.line}>
      <span className={classes.digit} title={say('helper.line', { n: place })}>
        {place}
      </span>
      <div className={classes.lineText}>
        <span className={classes.lineTitle} title={incident.shortDescription} dir="auto">
          {incident.shortDescription}
        </span>
        <span className={classes.lineMeta}>
          <span>{incident.number}</span>
          <StateMark state={incident.state} holdReason={null} />
          {incident.sameCaller && <span>{say('helper.sameCaller')}</span>}
        </span>
      </div>
      <Button size="compact-xs" aria-label={say('helper.sameName', { number: incident.number })} onClick={onSame}>
        {say('helper.same')}
      </Button>
    </li>
  );
}

/** Beside the form: the caller's card, open incidents that may be the same, known errors. It never takes focus. */
export function Helper({ form, onSame, onLines }: HelperProps) {
  const say = useWords('new-incident');
  const card = useWatch('callerCard', form.callerId === null ? null : { personId: form.callerId });
  const typed = `${form.shortDescription} ${form.description}`.trim().slice(0, 400);
  const [text] = useDebouncedValue(typed, REST_MS);
  const asked = text !== '' || form.callerId !== null;
  const similar = useSteadyWatch(
    'similar',
    asked ? { text, callerId: form.callerId, excludeId: null, limit: LINES } : null,
  );
  const lines = similar.value?.slice(0, LINES) ?? none;
  useEffect(() => onLines(lines), [lines, onLines]);

  return (
    <aside className={classes.helper} aria-label={say('helper.label')}>
      {card ? <CallerCard card={card} /> : <p className={classes.honest}>{say('helper.noCaller')}</p>}
      <div>
        <h3 className={classes.sectionTitle}>{say('helper.similar')}</h3>
        <ol className={classes.list} aria-label={say('helper.similar')}>
          {lines.map((incident, index) => (
            <SimilarLine key={incident.id} incident={incident} place={index + 1} onSame={() => onSame(incident)} />
          ))}
        </ol>
        {lines.length === 0 && (
          <p className={classes.honest}>{say(asked ? 'helper.similarEmpty' : 'helper.similarWaiting')}</p>
        )}
      </div>
      <div>
        <h3 className={classes.sectionTitle}>{say('helper.knownErrors')}</h3>
        <ul className={classes.list} aria-label={say('helper.knownErrors')}>
          <li className={classes.honest}>{say('helper.knownErrorsLater')}</li>
        </ul>
      </div>
    </aside>
  );
}
