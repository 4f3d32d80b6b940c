import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { Id } from '#domain/activity/activity.ts';
import { useHost } from '#renderer/platform/hooks.ts';
import { useDeedWords } from '#renderer/ui/deed-words.ts';
import { useRefusedWords } from '#renderer/ui/refused-words.ts';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { useTime } from '#renderer/ui/time.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './conflict-detail.module.css';
import shared from './conflicts.module.css';
import { type Case, comparedOf } from './inbox.ts';
import { ValueTable } from './value-table.tsx';

export interface ConflictDetailProps {
  readonly of: Case;
  readonly names: Readonly<Record<Id, string>>;
  readonly onOpen: (idOrNumber: string) => void;
}

/** One conflict: what was wanted, why it was refused, what stands there now, and everything that was typed. */
export function ConflictDetail({ of: { conflict, hanging }, names, onOpen }: ConflictDetailProps) {
  const say = useWords('conflicts');
  const time = useTime();
  const deed = useDeedWords();
  const refused = useRefusedWords();
  const { incidentId, changedBy, text } = conflict;
  const compared = comparedOf(conflict);
  // A refused recording has no incident to open yet.
  const opens = incidentId !== null && conflict.name !== 'incident.record';
  return (
    <div className={classes.detail}>
      <div className={classes.detailHead}>
        <h3 className={classes.heading} dir="auto">
          {deed.what(conflict)}
        </h3>
        {opens && (
          <Button size="compact-sm" variant="subtle" onClick={() => onOpen(incidentId)}>
            {say('open', { incident: conflict.number ?? deed.incident(conflict) })}
          </Button>
        )}
      </div>
      <p className={classes.why}>
        <IconAlertTriangle size={16} aria-hidden="true" className={classes.glyph} />
        <span>{refused(conflict.refusal)}</span>
      </p>
      <p className={classes.meta}>
        <span title={time.exactly(conflict.recordedAt)}>
          {say('recorded', { when: time.relative(conflict.recordedAt) })}
        </span>
        {changedBy && (
          <span title={time.exactly(changedBy.at)}>
            {say('changedBy', { person: changedBy.name, when: time.relative(changedBy.at) })}
          </span>
        )}
      </p>
      {compared.length > 0 && <ValueTable fields={compared} names={names} />}
      {text && <Typed text={text} label={say('text')} />}
      {hanging.length > 0 && (
        <section className={classes.part} aria-label={say('hanging', { count: hanging.length })}>
          <h4 className={classes.partHead}>{say('hanging', { count: hanging.length })}</h4>
          <ul className={classes.hanging}>
            {hanging.map((each) => (
              <li key={each.commandId}>
                <p className={classes.hangingWhat} dir="auto">
                  {deed.what(each)}
                  <span className={shared.quiet}>
                    <RelativeTime at={each.recordedAt} />
                  </span>
                </p>
                {comparedOf(each).length > 0 && <ValueTable fields={comparedOf(each)} names={names} />}
                {each.text && <Typed text={each.text} label={say('textOf', { what: deed.what(each) })} />}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** What was typed, in full, with a way to take it elsewhere. */
function Typed({ text, label }: { readonly text: string; readonly label: string }) {
  const say = useWords('conflicts');
  const host = useHost();
  const [copied, setCopied] = useState(false);
  return (
    <section className={classes.part} aria-label={label}>
      <div className={classes.partLine}>
        <h4 className={classes.partHead}>{say('text')}</h4>
        <span role="status" className={shared.quiet}>
          {copied && say('copied')}
        </span>
        <Button size="compact-sm" variant="subtle" onClick={() => void host.copyText(text).then(() => setCopied(true))}>
          {say('copy')}
        </Button>
      </div>
      <p className={classes.typed} dir="auto">
        {text}
      </p>
    </section>
  );
}
