import type { BrowserWindow } from 'electron';
import type { FileResult } from '#contracts/host/files-host.ts';
import type { ChannelOf } from '#contracts/ipc/contract.ts';
import type { Attachments } from '#electron/attachments/attachments.ts';
import { fileCodeOf, fileFault } from '#electron/attachments/file-faults.ts';
import type { PersonalFiles } from '#electron/files/personal-files.ts';
import type { Handlers, KnownWindow } from '#electron/ipc/answer-call.ts';
import { ok } from '#electron/ipc/answers.ts';

type FileHandlers = Pick<Handlers, ChannelOf<'desk' | 'engine'> & `files.${string}`>;

/** Main's side of every call about attachments. They may still be opening: a call waits for them. */
export const fileHandlers = (deps: {
  readonly attachments: () => Promise<Attachments>;
  readonly files: Pick<PersonalFiles, 'choosePath' | 'writePieces'>;
  readonly windowOf: (caller: KnownWindow) => BrowserWindow | null;
}): FileHandlers => {
  const { attachments, files, windowOf } = deps;
  /** A folder that can't be opened is a fault of the disk like any other. */
  const opened = async <T>(work: (open: Attachments) => FileResult<T>): FileResult<T> => {
    let open: Attachments;
    try {
      open = await attachments();
    } catch (error) {
      return fileFault(fileCodeOf(error));
    }
    return work(open);
  };
  return {
    'files.begin': async (args, { windowId }) => ok(await opened((open) => open.begin(windowId, args))),
    'files.append': async (args, { windowId }) => ok(await opened((open) => open.append(windowId, args))),
    'files.finish': async (args, { windowId }) => ok(await opened((open) => open.finish(windowId, args))),
    'files.abandon': async (args, { windowId }) => ok(await opened((open) => open.abandon(windowId, args))),
    'files.state': async (args) => ok(await (await attachments()).state(args)),
    'files.picture': async (args) => ok(await (await attachments()).picture(args)),
    'files.saveAs': async ({ sha256, name }, caller) =>
      ok(
        await opened<boolean>(async (open) => {
          const path = await files.choosePath(windowOf(caller), name);
          return path === null ? ok(false) : open.save(sha256, (pieces) => files.writePieces(path, pieces));
        }),
      ),
    'files.fetch': async (args) => ok(await opened((open) => open.download(args))),
    'files.states': async (args) => ok(await (await attachments()).state(args)),
    'files.upload': async (args) => ok(await opened((open) => open.upload(args))),
    'files.download': async (args) => ok(await opened((open) => open.download(args))),
    'files.loose': async (args) => ok(await (await attachments()).loose(args)),
    'files.settle': async (args) => ok(await opened((open) => open.settle(args))),
  };
};
