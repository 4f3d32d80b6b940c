import { newId } from '#renderer/platform/ids.ts';
import type { EngineEnvironment } from './environment.ts';

/** A turn of the event loop without a timer's least delay. */
function breather(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}

/** Clock, ids and timers of a page or worker. */
export const browserEnvironment = (): Pick<
  EngineEnvironment,
  'random' | 'zone' | 'now' | 'elapsed' | 'newId' | 'breathe' | 'after'
> => ({
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  now: () => Date.now(),
  elapsed: () => performance.now(),
  newId: () => newId(),
  random: () => Math.random(),
  breathe: breather(),
  after: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
});
