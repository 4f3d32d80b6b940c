import { app } from 'electron';
import type { Log } from '#electron/logs/log.ts';
import { type StartRequest, startRequestFrom } from '#electron/main/arguments.ts';
import type { DeskWindows } from '#electron/windows/desk-windows.ts';

/**
 * What the system asks of the running application: a second start, a link, a click in the dock. Asked before the
 * application is ready, it is done as soon as it is.
 */
export const followAppEvents = (desks: DeskWindows, log: Log) => {
  let ready = false;
  let waiting: StartRequest | null = null;

  const answer = (request: StartRequest) => {
    if (!ready) {
      waiting = request;
      return;
    }
    if (request.link !== null && desks.showLink(request.link)) return;
    if (!request.hidden) desks.bringForwardOrOpen();
  };
  app.on('open-url', (event, link) => {
    event.preventDefault();
    answer({ hidden: true, link });
  });
  app.on('second-instance', (_event, _words, _folder, data) => answer(startRequestFrom(data)));
  app.on('activate', () => answer({ hidden: false, link: null }));
  app.on('window-all-closed', () => log('info', 'window.none'));

  return {
    begin: (first: StartRequest): void => {
      ready = true;
      const link = waiting?.link ?? first.link;
      answer({ hidden: first.hidden && (waiting?.hidden ?? true), link });
    },
  };
};
