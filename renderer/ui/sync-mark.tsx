import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { useIsShared } from '#renderer/platform/hooks.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './marks.module.css';

/** A hollow dot: saved here, not sent. */
const HollowDot = () => <span className={classes.hollow} aria-hidden="true" />;
const Triangle = () => <IconAlertTriangleFilled size={14} className={classes.needsYou} aria-hidden="true" />;

export interface SyncMarkProps {
  /** Changes recorded here that the server has not confirmed. */
  readonly pending: boolean;
  /** A conflict about it waits for the present person. */
  readonly needsYou: boolean;
  /** Glyphs alone, where there is no room for words: they are its name and its tooltip. */
  readonly short?: boolean;
}

/** Whether what stands here has reached the others, for desks that share their log: nothing where it has. */
export function SyncMark({ pending, needsYou, short = false }: SyncMarkProps) {
  const outbox = useWords('outbox');
  const conflicts = useWords('conflicts');
  const marks = [
    ...(needsYou ? [{ key: 'needsYou', words: conflicts('mark.needsYou'), Glyph: Triangle }] : []),
    ...(pending ? [{ key: 'pending', words: outbox('mark.pending'), Glyph: HollowDot }] : []),
  ];
  return marks.map(({ key, words, Glyph }) =>
    short ? (
      <span key={key} className={classes.sync} role="img" aria-label={words} title={words}>
        <Glyph />
      </span>
    ) : (
      <span key={key} className={classes.sync}>
        <Glyph />
        {words}
      </span>
    ),
  );
}

/** "not sent yet", on an entry of a shared desk that the server has not confirmed. */
export function NotSent({ className = '' }: { readonly className?: string | undefined }) {
  const say = useWords('outbox');
  if (!useIsShared()) return null;
  return (
    <span className={`${classes.sync} ${className}`}>
      <HollowDot />
      {say('mark.notSent')}
    </span>
  );
}
