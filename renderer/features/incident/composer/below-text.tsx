import { Checkbox, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '#renderer/words/words.ts';
import classes from './composer.module.css';
import type { ComposerTab, EntryContent } from './entry-content.schema.ts';

export interface BelowTextProps {
  readonly tab: ComposerTab;
  readonly callerName: string | null;
  readonly content: EntryContent;
  /** It happened so long ago that a reason is asked for. */
  readonly late: boolean;
  readonly lateReasonError: ReactNode;
  readonly onChange: (changes: Partial<EntryContent>) => void;
}

/** Whether a note was a call. */
export function CallBox({ content, onChange }: Pick<BelowTextProps, 'content' | 'onChange'>) {
  const say = useWords('incident');
  return (
    <Checkbox
      size="xs"
      label={say('composer.logCall')}
      checked={content.byCall}
      onChange={(event) => onChange({ byCall: event.currentTarget.checked })}
    />
  );
}

/** To whom a reply goes, and why an entry comes late. */
export function BelowText({ tab, callerName, content, late, lateReasonError, onChange }: BelowTextProps) {
  const say = useWords('incident');
  if (tab === 'note' && !late) return null;
  return (
    <div className={classes.below}>
      {tab === 'reply' && (
        <p className={classes.note}>
          <strong>{callerName === null ? say('composer.toNobody') : say('composer.to', { caller: callerName })}</strong>
          {'. '}
          {say('composer.noRoute')}
        </p>
      )}
      {late && (
        <TextInput
          className={classes.late}
          label={say('composer.lateReason')}
          value={content.lateReason}
          error={lateReasonError}
          required
          onChange={(event) => onChange({ lateReason: event.currentTarget.value })}
        />
      )}
    </div>
  );
}
