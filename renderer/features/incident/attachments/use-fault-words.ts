import { useMemo } from 'react';
import { FILE_CODES, FILE_LIMITS, type FileCode, type FileState } from '#contracts/host/files-host.ts';
import { useWords } from '#renderer/words/words.ts';

const isFileCode = (code: string): code is FileCode => (FILE_CODES as readonly string[]).includes(code);
const MEGA = 1024 * 1024;

type Trouble = Exclude<FileState['trouble'], null>;

/** One sentence for everything that can keep a file from where it should be. */
export function useFaultWords(): (code: Trouble, name: string) => string {
  const say = useWords('attachments');
  const errors = useWords('errors');
  return useMemo(
    () => (code, name) =>
      isFileCode(code) ? say(`fault.${code}`, { name, limit: FILE_LIMITS.file / MEGA }) : errors(`network.${code}`),
    [say, errors],
  );
}
