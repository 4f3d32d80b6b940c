import { type BrowserWindow, dialog } from 'electron';
import { say } from '#electron/words/words.ts';

/** Asks whether a window that does not answer shall be loaded again. */
export const askToReload = async (window: BrowserWindow): Promise<boolean> => {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: say('hung.title'),
    detail: say('hung.detail'),
    buttons: [say('hung.wait'), say('hung.reload')],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
};
