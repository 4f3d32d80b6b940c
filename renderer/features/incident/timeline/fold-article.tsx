import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { NotSent } from '#renderer/ui/sync-mark.tsx';
import { useWords } from '#renderer/words/words.ts';
import type { Fold } from './entry.ts';
import { Article } from './entry-article.tsx';
import { useEntryTime } from './entry-time.ts';
import classes from './timeline.module.css';

export interface FoldArticleProps {
  readonly fold: Fold;
  readonly opened: boolean;
  readonly onToggle: () => void;
  readonly nameOf: (id: string) => string;
  readonly position: number;
  readonly size: number;
  readonly tabStop: boolean;
}

/** A run of field changes as one line, "3 changes"; opening it lets each follow as an entry of its own. */
export function FoldArticle({ fold, opened, onToggle, nameOf, ...place }: FoldArticleProps) {
  const say = useWords('incident');
  const common = useWords('common');
  const entryTime = useEntryTime();
  const count = fold.entries.length;
  const [first] = fold.entries;
  const last = fold.entries.at(-1) ?? first;
  if (!first || !last) return null;
  const authors = [...new Set(fold.entries.map((entry) => nameOf(entry.actor)))].join(', ');
  const Chevron = opened ? IconChevronDown : IconChevronRight;
  return (
    <Article
      label={say('timeline.foldName', { author: authors, time: entryTime.text(last), count })}
      {...place}
      look="change"
    >
      <div className={classes.change}>
        <button type="button" className={classes.foldButton} aria-expanded={opened} onClick={onToggle}>
          <Chevron size={14} aria-hidden="true" />
          {first.observed ? common('source.changeCount', { count }) : say('timeline.changeCount', { count })}
        </button>
        <span className={classes.author}>{authors}</span>
        <time
          className={classes.when}
          dir="auto"
          dateTime={new Date(last.occurredAt).toISOString()}
          title={entryTime.exactly(last)}
        >
          {entryTime.text(last)}
        </time>
        {fold.entries.some(({ seq }) => seq === null) && <NotSent className={classes.notSent} />}
      </div>
    </Article>
  );
}
