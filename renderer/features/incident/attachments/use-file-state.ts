import { useEffect, useState } from 'react';
import type { FileState } from '#contracts/host/files-host.ts';
import { useHost } from '#renderer/platform/hooks.ts';

/** Where the bytes of a file are, live; null while nobody has said. */
export function useFileState(sha256: string): FileState | null {
  const { files } = useHost();
  const [state, setState] = useState<FileState | null>(null);
  useEffect(() => {
    let listens = true;
    let told = false;
    const stop = files.onChange((changed) => {
      if (changed.sha256 !== sha256) return;
      told = true;
      setState(changed);
    });
    // What was told meanwhile is newer than this answer.
    const first = (states: readonly FileState[]) => listens && !told && setState(states[0] ?? null);
    files.state({ sha256s: [sha256] }).then(first, () => undefined);
    return () => {
      listens = false;
      stop();
    };
  }, [files, sha256]);
  return state;
}
