import { Button } from '@mantine/core';
import type { KeptDraft } from '#renderer/drafts/use-kept-draft.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './composer.module.css';
import type { EntryContent } from './entry-content.schema.ts';
import { withBelow } from './returned-text.ts';

export interface UnsentReplyProps {
  readonly reply: KeptDraft<EntryContent> | null;
  readonly note: KeptDraft<EntryContent> | null;
  /** Why it cannot be sent any more. */
  readonly whyNot: string;
}

/** A half-written reply where none can be sent any more: its text stays, to become a note or to be thrown away. */
export function UnsentReply({ reply, note, whyNot }: UnsentReplyProps) {
  const say = useWords('incident');
  if (!reply || !note || reply.content.body.trim() === '') return null;
  const addToNote = () => {
    note.change(note.content.body.trim() === '' ? reply.content : withBelow(note.content, reply.content));
    reply.discard();
  };
  return (
    <section className={classes.unsent} aria-label={say('composer.unsent')}>
      <p className={classes.note}>
        <strong>{say('composer.unsent')}</strong> {whyNot}
      </p>
      <p className={classes.unsentText} dir="auto">
        {reply.content.body}
      </p>
      <Button size="compact-xs" onClick={addToNote}>
        {say('composer.unsentToNote')}
      </Button>
      <Button size="compact-xs" variant="subtle" onClick={reply.discard}>
        {say('throwAway')}
      </Button>
    </section>
  );
}
