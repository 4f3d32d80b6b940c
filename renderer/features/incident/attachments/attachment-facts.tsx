import { Button } from '@mantine/core';
import { IconFile, IconFileAlert, IconPhoto } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { isPicture } from '#contracts/files/content-type.ts';
import { isProgram } from '#contracts/files/programs.ts';
import type { FileState } from '#contracts/host/files-host.ts';
import type { Attachment } from '#domain/incident/attachments.ts';
import { useHost, usePersonId } from '#renderer/platform/hooks.ts';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useWords } from '#renderer/words/words.ts';
import classes from './attachments.module.css';
import { sizeWords, stateWords, typeWords } from './file-words.ts';
import { useFaultWords } from './use-fault-words.ts';
import { useFileState } from './use-file-state.ts';
import { useThumbnail } from './use-thumbnail.ts';

function Thumbnail({ attachment, here }: { attachment: Attachment; here: boolean }) {
  const say = useWords('attachments');
  const address = useThumbnail(attachment, here);
  if (address !== null) {
    return <img className={classes.picture} src={address} alt={say('picture', { name: attachment.name })} />;
  }
  const program = isProgram(attachment.name, attachment.mediaType);
  const Icon = isPicture(attachment.mediaType) ? IconPhoto : program ? IconFileAlert : IconFile;
  return (
    <span className={classes.icon}>
      <Icon size={20} stroke={1.5} aria-hidden="true" />
    </span>
  );
}

interface ActionsProps {
  readonly attachment: Attachment;
  readonly state: FileState;
  readonly onFault: (sentence: string | null) => void;
  readonly more?: ReactNode;
}

function Actions({ attachment, state, onFault, more }: ActionsProps) {
  const say = useWords('attachments');
  const { files } = useHost();
  const person = usePersonId();
  const faultWords = useFaultWords();
  const { name, sha256, bytes } = attachment;
  const tell = async (work: Promise<{ ok: true } | { ok: false; error: { code: FileState['trouble'] } }>) => {
    const done = await work;
    onFault(done.ok || done.error.code === null ? null : faultWords(done.error.code, name));
  };
  return (
    <span className={classes.actions}>
      {state.here && (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={say('saveName', { name })}
          onClick={() => void tell(files.saveAs({ sha256, name }))}
        >
          {say('save')}
        </Button>
      )}
      {!state.here && person !== null && (state.transfer === null || state.transfer.waits) && (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={say('fetchName', { name })}
          onClick={() => void tell(files.fetch({ person, sha256, bytes }))}
        >
          {say('fetch')}
        </Button>
      )}
      {more}
    </span>
  );
}

export interface AttachmentFactsProps {
  readonly attachment: Attachment;
  /** Further buttons. */
  readonly more?: ReactNode;
}

/** What a file is, where its bytes are, and what can be done with it. Nothing here ever opens it. */
export function AttachmentFacts({ attachment, more }: AttachmentFactsProps) {
  const say = useWords('attachments');
  const state = useFileState(attachment.sha256);
  const faultWords = useFaultWords();
  const [fault, setFault] = useState<string | null>(null);
  const { name, bytes, mediaType, visibility, detached } = attachment;
  const facts = [typeWords(name, mediaType, say), sizeWords(bytes, say), ...(state ? [stateWords(state, say)] : [])];
  const trouble = fault ?? (state?.trouble ? faultWords(state.trouble, name) : null);
  return (
    <div className={classes.facts} data-detached={detached !== null || undefined}>
      <Thumbnail attachment={attachment} here={state?.here === true} />
      <div className={classes.text}>
        <bdi className={classes.name}>{name}</bdi>
        <span className={classes.quiet}>{facts.join(' · ')}</span>
        {visibility === 'public' && <span className={classes.quiet}>{say('isForCaller')}</span>}
        {isProgram(name, mediaType) && <span className={classes.warning}>{say('isProgram')}</span>}
        {state && detached === null && <Actions attachment={attachment} state={state} onFault={setFault} more={more} />}
        {trouble && <ErrorNote text={trouble} />}
      </div>
    </div>
  );
}
