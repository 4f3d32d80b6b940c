import { createWriteStream } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { app, type BrowserWindow, clipboard, dialog, shell } from 'electron';
import type { CallAnswer } from '#contracts/ipc/contract.ts';
import { fail, ok } from '#electron/ipc/answers.ts';
import { errorFields } from '#electron/logs/error-fields.ts';
import type { Log } from '#electron/logs/log.ts';
import { say } from '#electron/words/words.ts';

/** A name any file system takes, whatever a page suggested. */
export const plainFileName = (suggested: string): string => {
  const plain = basename(suggested.replaceAll('\\', '/'))
    .replace(/[^\p{L}\p{N} ._()-]/gu, '-')
    .replace(/^\.+/, '');
  return plain.trim().slice(0, 120) || 'deskbell.txt';
};

/** The files a person asks for, each through the system's own dialog, and the clipboard. */
export const personalFiles = (deps: {
  readonly dataFolder: string;
  readonly log: Log;
  readonly makeDiagnostics: () => Promise<Uint8Array>;
}) => {
  const { log } = deps;
  const choosePath = async (window: BrowserWindow | null, name: string): Promise<string | null> => {
    const options = { defaultPath: join(app.getPath('documents'), plainFileName(name)) };
    const chosen = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
    return chosen.canceled || !chosen.filePath ? null : chosen.filePath;
  };
  const tell = (window: BrowserWindow | null, type: 'info' | 'error', message: string, detail: string) => {
    const options = { type, message, detail };
    const told =
      window && !window.isDestroyed() ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options);
    told.catch((error: unknown) => log('error', 'file.notTold', errorFields(error)));
  };
  /** What could not be written is said by the system, on the spot: the page only learns that there is no file. */
  const write = async (window: BrowserWindow | null, path: string, content: string | Uint8Array) => {
    try {
      await writeFile(path, content);
      return ok(path);
    } catch (error) {
      const { code, error: name } = errorFields(error);
      log('error', 'file.notWritten', { code, name });
      tell(window, 'error', say('file.notSaved'), say('file.notSavedDetail'));
      return fail(code === 'ENOSPC' ? 'diskFull' : 'ioError', code);
    }
  };
  return {
    /** Where a person wants to have a file; null when they chose not to. */
    choosePath,
    /** Writes a file as it comes; what could not be written to its end is taken away. Rejects as the disk does. */
    writePieces: async (path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> => {
      try {
        await pipeline(Readable.from(pieces), createWriteStream(path));
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      }
    },
    saveText: async (
      window: BrowserWindow | null,
      args: { readonly suggestedName: string; readonly text: string },
    ): Promise<CallAnswer<'desk.saveFile'>> => {
      const path = await choosePath(window, args.suggestedName);
      if (path === null) return ok(false);
      const written = await write(window, path, args.text);
      return written.ok ? ok(true) : written;
    },
    saveDiagnostics: async (window: BrowserWindow | null): Promise<CallAnswer<'desk.saveDiagnostics'>> => {
      const path = await choosePath(window, 'deskbell-diagnostics.zip');
      if (path === null) return ok({ saved: false });
      const written = await write(window, path, await deps.makeDiagnostics());
      if (!written.ok) return written;
      tell(window, 'info', say('diagnostics.saved'), say('diagnostics.savedDetail'));
      return ok({ saved: true, path });
    },
    copy: (text: string): void => void clipboard.writeText(text),
    showDataFolder: async (): Promise<void> => {
      const trouble = await shell.openPath(deps.dataFolder);
      if (trouble !== '') log('warn', 'file.folderNotShown');
    },
  };
};
export type PersonalFiles = ReturnType<typeof personalFiles>;
