import { IconPaperclip } from '@tabler/icons-react';
import { useWords } from '#renderer/words/words.ts';
import { AttachmentFacts } from '../attachments/attachment-facts.tsx';
import type { AttachmentEntry } from './entry.ts';
import { Article, EntryTime } from './entry-article.tsx';
import { useEntryTime } from './entry-time.ts';
import classes from './timeline.module.css';

export interface AttachmentArticleProps {
  readonly entry: AttachmentEntry;
  readonly author: string;
  readonly position: number;
  readonly size: number;
  readonly tabStop: boolean;
}

/** A file that somebody attached, as the log has it; also when it was taken off since. */
export function AttachmentArticle({ entry, author, ...place }: AttachmentArticleProps) {
  const say = useWords('incident');
  const words = useWords('attachments');
  const entryTime = useEntryTime();
  const { attachment } = entry;
  const label = say('timeline.attachmentName', { name: attachment.name, author, time: entryTime.text(entry) });
  return (
    <Article label={label} {...place} look="attachment">
      <header className={classes.head}>
        <span className={classes.mark}>
          <IconPaperclip size={14} stroke={1.75} aria-hidden="true" />
          {words(attachment.visibility === 'public' ? 'attachedForCaller' : 'attached')}
        </span>
        <span className={classes.author}>{author}</span>
        <EntryTime entry={entry} />
      </header>
      <AttachmentFacts attachment={attachment} />
    </Article>
  );
}
