import { IconFileImport } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { useWords } from '#renderer/words/words.ts';
import classes from './import.module.css';

export interface FileFieldProps {
  readonly onFile: (file: File) => void;
  readonly busy?: boolean;
  /** The last file could not be taken: what is wrong with it is said below. */
  readonly failed?: boolean;
  /** One line, beside a file that was chosen already. */
  readonly compact?: boolean;
}

const ACCEPTED = '.csv,.tsv,.txt,.gz,text/csv,text/plain,application/gzip';

/** The file input "File", which is also where a file can be dropped. */
export function FileField({ onFile, busy = false, failed = false, compact = false }: FileFieldProps) {
  const say = useWords('import');
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file) onFile(file);
  };
  const drag = (event: DragEvent) => {
    event.preventDefault();
    setOver(event.type === 'dragover');
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut for the input inside
    <div
      className={compact ? classes.another : classes.drop}
      data-over={over || undefined}
      data-failed={failed || undefined}
      onDragOver={drag}
      onDragLeave={drag}
      onDrop={(event) => {
        drag(event);
        take(event.dataTransfer.files);
      }}
    >
      <label className={classes.dropLabel}>
        {!compact && <IconFileImport size={28} aria-hidden="true" className={classes.glyph} />}
        <span>{busy ? say('opening') : say(compact ? 'another' : 'drop')}</span>
        <input
          type="file"
          className="visually-hidden"
          aria-label={say('file')}
          aria-busy={busy || undefined}
          accept={ACCEPTED}
          data-autofocus={!compact || undefined}
          onChange={(event) => {
            take(event.currentTarget.files);
            // The same file chosen again, after it was mended, is a change too.
            event.currentTarget.value = '';
          }}
        />
      </label>
      {!compact && <p className={classes.hint}>{say('dropHint')}</p>}
    </div>
  );
}
