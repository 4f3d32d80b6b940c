import { type DragEvent, type ReactNode, type RefObject, useState } from 'react';
import { useWords } from '#renderer/words/words.ts';
import classes from './attachments.module.css';

export interface DropAreaProps {
  readonly area: RefObject<HTMLDivElement | null>;
  readonly className: string | undefined;
  /** Null where nothing may be attached. */
  readonly onFiles: ((files: readonly File[]) => void) | null;
  readonly children: ReactNode;
}

const bringsFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes('Files');

/** A part of the screen on which files can be dropped. */
export function DropArea({ area, className, onFiles, children }: DropAreaProps) {
  const say = useWords('attachments');
  const [over, setOver] = useState(false);
  const leave = ({ currentTarget, relatedTarget }: DragEvent<HTMLDivElement>) => {
    if (!(relatedTarget instanceof Node) || !currentTarget.contains(relatedTarget)) setOver(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a way of the pointer; the button "Attach file" is for everybody
    <div
      ref={area}
      className={className}
      onDragOver={(event) => {
        if (!onFiles || !bringsFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={leave}
      onDrop={(event) => {
        setOver(false);
        if (!onFiles || !bringsFiles(event)) return;
        event.preventDefault();
        onFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
      {over && <p className={classes.drop}>{say('drop')}</p>}
    </div>
  );
}
