import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { say } from '#electron/words/words.ts';

/**
 * A start that got no lock. As a rule an instance that runs has been told of it, and there is nothing to keep or to
 * say. But nobody gets a lock in a folder that takes no files: then nothing has been opened, and the person hears why.
 */
export const leaveWithoutLock = async (deps: {
  readonly profile: string;
  readonly ready: () => Promise<unknown>;
  readonly tell: (title: string, detail: string) => void;
  readonly exit: (code: number) => void;
}): Promise<void> => {
  const writable = await access(deps.profile, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (writable) return deps.exit(0);
  await deps.ready();
  deps.tell(say('start.readOnly'), `${say('start.readOnlyDetail')}\n\n${deps.profile}`);
  deps.exit(1);
};
