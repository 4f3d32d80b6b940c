import { Button, CloseButton } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { parseBlockNumber } from '#domain/incident/numbering.ts';
import { useConnection, useWatch } from '#renderer/platform/hooks.ts';
import { navigate } from '#renderer/ui/navigation.ts';
import { type Recorded, useRecordedStore } from '#renderer/ui/recorded-store.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './recorded-notice.module.css';

/** A server that is near answers within this; a number that it is about to replace is not read out to anybody. */
const HOLD_MS = 400;

/**
 * The number as it is now: that of the device until the server has given one. Where that takes no longer than a
 * blink, the first is never shown; where it was shown, the second says so.
 */
function useNumber({ incidentId, number: first }: Recorded) {
  const say = useWords('new-incident');
  // An answer given a second time, after the engine came back, may lack the number: the incident has it.
  const now = useWatch('incident', { idOrNumber: incidentId })?.incident.number;
  const states = useConnection()?.states ?? [];
  const isAway = states.some(({ kind }) => kind === 'offline' || kind === 'notOurServer' || kind === 'signInNeeded');
  const [waited, setWaited] = useState(false);
  const [wasShown, setWasShown] = useState(false);
  const number = now ?? first;
  const isProvisional = parseBlockNumber(number) !== null;
  const held = isProvisional && !isAway && !waited;
  useEffect(() => {
    const timer = setTimeout(() => setWaited(true), HOLD_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (isProvisional && !held) setWasShown(true);
  }, [isProvisional, held]);
  if (isProvisional) return { number, held, note: held ? null : say('saved.provisional') };
  return { number, held, note: wasShown && number !== first ? say('saved.was', { number: first }) : null };
}

/**
 * After saving: the number, large enough to read out to the caller, over the desk and not in its way. Enter opens the
 * incident, Esc puts the notice away; it stays until one of them, so that nobody has to be quick.
 */
export function RecordedNotice() {
  const { recorded, dismiss } = useRecordedStore();
  return recorded && <Notice key={recorded.incidentId} recorded={recorded} onDismiss={dismiss} />;
}

function Notice({ recorded, onDismiss }: { readonly recorded: Recorded; readonly onDismiss: () => void }) {
  const say = useWords('new-incident');
  const open = useRef<HTMLButtonElement>(null);
  const { number, held, note } = useNumber(recorded);
  useEffect(() => {
    // After the dialog gave the focus back to where it was before.
    const soon = requestAnimationFrame(() => open.current?.focus());
    return () => cancelAnimationFrame(soon);
  }, []);
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onDismiss();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc bubbles up from the buttons inside
    <div className={classes.notice} onKeyDown={press}>
      <div role="status" aria-label={say('saved.name')} className={classes.text}>
        <p className={classes.line}>{say(recorded.resolved ? 'saved.resolved' : 'saved.title')}</p>
        {number && (
          <p className={classes.number} data-held={held || undefined}>
            {number}
          </p>
        )}
        <p className={classes.line} dir="auto" title={recorded.shortDescription}>
          {recorded.shortDescription}
        </p>
        {note && <p className={classes.line}>{note}</p>}
      </div>
      <Button
        ref={open}
        title={say('saved.hint')}
        // A held-down Ctrl+Enter that saved must not go on to open.
        onKeyDown={(event) => event.key === 'Enter' && event.repeat && event.preventDefault()}
        onClick={() => {
          onDismiss();
          navigate({ name: 'incident', idOrNumber: recorded.incidentId });
        }}
      >
        {say('open')}
      </Button>
      <CloseButton aria-label={say('dismiss')} onClick={onDismiss} />
    </div>
  );
}
