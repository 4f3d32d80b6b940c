import { IconArrowBackUp, IconLock, IconMessage, IconPhone, IconSend } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { NotSent } from '#renderer/ui/sync-mark.tsx';
import { useWords } from '#renderer/words/words.ts';
import { type ChangeEntry, type Entry, isLate, type TextEntry } from './entry.ts';
import { useEntryTime } from './entry-time.ts';
import classes from './timeline.module.css';

export interface ArticleProps {
  readonly label: string;
  readonly position: number;
  readonly size: number;
  /** The one article Tab comes to; the others are reached from it by Page Up and Page Down. */
  readonly tabStop: boolean;
  readonly look: 'note' | 'reply' | 'message' | 'call' | 'change' | 'attachment';
  readonly children: ReactNode;
}

/** One item of the feed: reachable by Page Up and Page Down, named by what it is, who wrote it and when. */
export function Article({ label, position, size, tabStop, look, children }: ArticleProps) {
  return (
    <article
      className={classes.article}
      data-look={look}
      aria-label={label}
      aria-posinset={position}
      aria-setsize={size}
      tabIndex={tabStop ? 0 : -1}
    >
      {children}
    </article>
  );
}

const ICONS = { note: IconLock, reply: IconSend, message: IconMessage, call: IconPhone } as const;
const WORDS = {
  note: 'timeline.internal',
  reply: 'timeline.toCaller',
  message: 'timeline.fromCaller',
  call: 'timeline.call',
} as const;
export const NAMES = {
  note: 'timeline.noteName',
  reply: 'timeline.replyName',
  message: 'timeline.messageName',
  call: 'timeline.callName',
  change: 'timeline.changeName',
} as const;

/** When it happened, when it was written down if that differs, and why it was late. */
export function EntryTime({ entry }: { entry: Entry }) {
  const say = useWords('incident');
  const entryTime = useEntryTime();
  return (
    <time
      className={classes.when}
      dir="auto"
      dateTime={new Date(entry.occurredAt).toISOString()}
      title={entryTime.exactly(entry)}
      data-late={isLate(entry) || undefined}
    >
      {entryTime.text(entry)}
      {entry.lateReason && (
        <span className={classes.lateReason}>{say('timeline.lateReason', { reason: entry.lateReason })}</span>
      )}
    </time>
  );
}

export interface TextArticleProps {
  readonly entry: TextEntry;
  readonly author: string;
  /** Name of who took it back; unused for what stands. */
  readonly withdrawnBy?: string;
  readonly position: number;
  readonly size: number;
  readonly tabStop: boolean;
  /** What stands below the text: the reply's route, Copy, the pending count. */
  readonly footer?: ReactNode;
}

/** A work note, reply, caller's message or logged call. The word says which; the colour only repeats it. */
export function TextArticle({ entry, author, withdrawnBy = author, footer, ...place }: TextArticleProps) {
  const say = useWords('incident');
  const common = useWords('common');
  const entryTime = useEntryTime();
  const Icon = ICONS[entry.kind];
  return (
    <Article label={say(NAMES[entry.kind], { author, time: entryTime.text(entry) })} {...place} look={entry.kind}>
      <header className={classes.head}>
        <span className={classes.mark}>
          <Icon size={14} stroke={1.75} aria-hidden="true" />
          {say(WORDS[entry.kind])}
        </span>
        <span className={classes.author}>{author}</span>
        {entry.seq === null && <NotSent />}
        <EntryTime entry={entry} />
      </header>
      <p className={classes.body} dir="auto" data-withdrawn={entry.withdrawn !== null || undefined}>
        {entry.body}
      </p>
      {entry.withdrawn ? (
        <p className={classes.footer}>
          <IconArrowBackUp size={14} aria-hidden="true" />
          <strong>{common('undoneBy', { author: withdrawnBy, time: entryTime.one(entry.withdrawn.at) })}</strong>
          <span>{say('timeline.withdrawn')}</span>
        </p>
      ) : (
        footer
      )}
    </Article>
  );
}

export interface ChangeArticleProps {
  readonly entry: ChangeEntry;
  readonly author: string;
  readonly position: number;
  readonly size: number;
  readonly tabStop: boolean;
  /** Part of an opened run: set in from the others. */
  readonly inRun?: boolean;
}

/** Changes of state, owner, group or fields, one line each. */
export function ChangeArticle({ entry, author, inRun = false, ...place }: ChangeArticleProps) {
  const say = useWords('incident');
  const entryTime = useEntryTime();
  return (
    <Article label={say('timeline.changeName', { author, time: entryTime.text(entry) })} {...place} look="change">
      <div className={classes.change} data-in-run={inRun || undefined}>
        <ul className={classes.lines}>
          {entry.lines.map((line) => (
            <li key={line} dir="auto">
              {line}
            </li>
          ))}
        </ul>
        <span className={classes.author}>{author}</span>
        <EntryTime entry={entry} />
        {entry.seq === null && <NotSent className={classes.notSent} />}
      </div>
    </Article>
  );
}
