import { IconAlertTriangle } from '@tabler/icons-react';
import { useId } from 'react';
import type { Readiness } from '#contracts/engine/agreement.ts';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { sizeIn } from '#renderer/ui/size-words.ts';
import { useTime } from '#renderer/ui/time.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './road.module.css';

/** In bytes: with less a day's work and its fetching may no longer fit. */
const LOW_SPACE = 1_000_000_000;

/** What is here already, how old it is, and how much more there is room for. */
export function OnDevice({ readiness }: { readonly readiness: Readiness }) {
  const say = useWords('road');
  const { reader } = useTime();
  const heading = useId();
  const { incidents, wanted, held, syncedAt, bytesFree } = readiness;
  const space = bytesFree === null ? null : sizeIn(reader.language, bytesFree);
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading} className={classes.heading}>
        {say('here')}
      </h3>
      <dl className={classes.facts}>
        <dt>{say('incidents')}</dt>
        <dd>{incidents.toLocaleString(reader.language)}</dd>
        <dt>{say('timelines')}</dt>
        <dd>{say('timelines.of', { held, wanted })}</dd>
        <dt>{say('synced')}</dt>
        <dd>{syncedAt === null ? say('synced.never') : <RelativeTime at={syncedAt} />}</dd>
        {space !== null && (
          <>
            <dt>{say('space')}</dt>
            <dd>{space}</dd>
          </>
        )}
      </dl>
      {space !== null && bytesFree !== null && bytesFree < LOW_SPACE && (
        <p className={classes.warning} role="alert">
          <IconAlertTriangle size={16} aria-hidden="true" className={classes.warningGlyph} />
          {say('space.low', { space })}
        </p>
      )}
    </section>
  );
}
