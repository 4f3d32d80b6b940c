import { Button, Checkbox } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { type ReactNode, useRef } from 'react';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useWords } from '#renderer/words/words.ts';
import classes from './attachments.module.css';
import type { Attach } from './use-attach.ts';

export interface AttachRowProps {
  readonly attach: Attach;
  /** A reply is written: files may be for the caller too, if somebody says so. */
  readonly replying: boolean;
  readonly forCaller: boolean;
  readonly onForCaller: (value: boolean) => void;
  /** What is asked of a note, in the place of that. */
  readonly children: ReactNode;
}

/** The button that picks files, for whom they are, and what became of them. */
export function AttachRow({ attach, replying, forCaller, onForCaller, children }: AttachRowProps) {
  const say = useWords('attachments');
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <div className={classes.row}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPaperclip size={14} stroke={1.75} aria-hidden="true" />}
          onClick={() => input.current?.click()}
        >
          {say('attach')}
        </Button>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          data-attach
          onChange={({ currentTarget }) => {
            const files = [...(currentTarget.files ?? [])];
            currentTarget.value = '';
            attach.add(files, replying && forCaller ? 'public' : 'internal');
          }}
        />
        {replying && (
          <Checkbox
            size="xs"
            label={say('forCaller')}
            checked={forCaller}
            onChange={(event) => onForCaller(event.currentTarget.checked)}
          />
        )}
        {children}
        <span role="status" className={classes.quiet}>
          {attach.status}
        </span>
      </div>
      {attach.refused.map((sentence) => (
        <ErrorNote key={sentence} text={sentence} />
      ))}
    </>
  );
}
