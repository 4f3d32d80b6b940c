import { DeviceLine } from './ask.ts';
import type { BenchDevice } from './furnish.ts';

/** A process of its own that listens for many devices, and says when each heard which end of the log. */

export interface ListenerOrder {
  readonly url: string;
  readonly devices: readonly BenchDevice[];
  readonly first: number;
}
export type ListenerWord = { readonly ready: true } | { readonly heard: readonly (readonly [number, number])[] };

const now = () => performance.timeOrigin + performance.now();
const say = (word: ListenerWord) => process.send?.(word);

process.once('message', async ({ url, devices, first }: ListenerOrder) => {
  let heard: [number, number][] = [];
  for (const [at, device] of devices.entries()) {
    await new DeviceLine(url, device, first + at).listen(
      (throughSeq) => heard.push([throughSeq, now()]),
      () => process.exit(1),
    );
  }
  say({ ready: true });
  process.on('message', () => {
    say({ heard });
    heard = [];
  });
});
