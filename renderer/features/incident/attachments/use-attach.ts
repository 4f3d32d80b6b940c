import { useCallback, useMemo, useState } from 'react';
import type { Id, Visibility } from '#domain/activity/activity.ts';
import { useHost } from '#renderer/platform/hooks.ts';
import { newId } from '#renderer/platform/ids.ts';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { useWords } from '#renderer/words/words.ts';
import type { Commands } from '../use-commands.ts';
import { useFaultWords } from './use-fault-words.ts';

export interface Attach {
  /** Adds files one after the other: the bytes first, then the word in the log. */
  add(files: readonly File[], visibility: Visibility): void;
  /** What is being done, or was done last; '' for nothing. */
  readonly status: string;
  /** Sentences about what was not attached, until the next files come. */
  readonly refused: readonly string[];
}

/** Attaching to one incident. */
export function useAttach(incidentId: Id, commands: Commands): Attach {
  const say = useWords('attachments');
  const errorWords = useErrorWords();
  const faultWords = useFaultWords();
  const { files: host } = useHost();
  const [status, setStatus] = useState('');
  const [refused, setRefused] = useState<readonly string[]>([]);
  const { run } = commands;

  const one = useCallback(
    async (file: File, visibility: Visibility): Promise<string | null> => {
      const name = file.name || 'file';
      const tell = (bytes: number) =>
        setStatus(say('adding', { name, percent: file.size === 0 ? 100 : Math.floor((100 * bytes) / file.size) }));
      tell(0);
      const added = await host.add({ incidentId, name, content: file, onProgress: tell });
      if (!added.ok) return faultWords(added.error.code, name);
      const { sha256, bytes, mediaType } = added.value;
      const args = { incidentId, attachmentId: newId(), sha256, name: added.value.name, bytes, mediaType, visibility };
      const outcome = await run('incident.attach', args, { quiet: true });
      if (!outcome.ok) return errorWords.engine(outcome.error);
      setStatus(say('added', { name: added.value.name }));
      return null;
    },
    [host, incidentId, run, say, errorWords, faultWords],
  );
  const add = useCallback(
    async (files: readonly File[], visibility: Visibility) => {
      setRefused([]);
      for (const file of files) {
        const sentence = await one(file, visibility);
        if (sentence === null) continue;
        setStatus('');
        setRefused((before) => [...before, sentence]);
      }
    },
    [one],
  );
  return useMemo(
    () => ({ add: (files, visibility) => void add(files, visibility), status, refused }),
    [add, status, refused],
  );
}
