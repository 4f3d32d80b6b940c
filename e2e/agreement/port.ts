import type { Page } from '@playwright/test';
import type {
  CallName,
  Calls,
  EngineError,
  FromEngine,
  Queries,
  QueryName,
  ToEngine,
} from '#contracts/engine/protocol.ts';
import { openQueue } from '../steps/people.ts';

/** Speaks to the engine over the port of a desk's own window, beside what the window says there itself. */

type Said = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: EngineError };
type Tap = (type: 'call' | 'watch', name: string, args: unknown) => Promise<Said>;

const PATIENCE = 60_000;

/** Finds the window's port by what it says on it next. */
export async function tapPort(page: Page): Promise<void> {
  await page.evaluate(listenIn);
  await openQueue(page, 'All open');
  await openQueue(page, 'All incidents');
}

/** Runs in the page. Its ids lie beyond any that the window reaches, which passes over answers it did not ask for. */
function listenIn(): void {
  const waiting = new Map<number, { readonly type: 'call' | 'watch'; readonly take: (said: Said) => void }>();
  const post = MessagePort.prototype.postMessage;
  let port: MessagePort | null = null;
  let found = (): void => undefined;
  // The first page is on the screen before the engine is there to speak to.
  const isFound = new Promise<void>((resolve) => {
    found = resolve;
  });
  let last = 1_000_000_000;
  const send = (message: ToEngine) => Reflect.apply(post, port, [message]);
  const hear = ({ data }: MessageEvent<FromEngine>) => {
    if (!('id' in data)) return;
    const asked = waiting.get(data.id);
    if (!asked) return;
    waiting.delete(data.id);
    if (asked.type === 'watch') send({ type: 'unwatch', id: data.id });
    if (data.type === 'answer') asked.take(data);
    else asked.take(data.type === 'value' ? { ok: true, value: data.value } : { ok: false, error: data.error });
  };
  MessagePort.prototype.postMessage = function (this: MessagePort, ...said: unknown[]) {
    const [message] = said;
    const isOurs = typeof message === 'object' && message !== null && 'type' in message;
    if (isOurs && port !== this) {
      port = this;
      port.addEventListener('message', hear);
      found();
    }
    return Reflect.apply(post, this, said);
  };
  const tap: Tap = async (type, name, args) => {
    await isFound;
    return new Promise((take) => {
      last += 1;
      waiting.set(last, { type, take });
      send({ type, id: last, name, args } as ToEngine);
    });
  };
  Object.assign(window, { deskbellTap: tap });
}

async function ask(page: Page, type: 'call' | 'watch', name: string, args: unknown): Promise<Said> {
  const asked = page.evaluate(
    ([how, what, given]) => (window as unknown as { deskbellTap: Tap }).deskbellTap(how, what, given),
    [type, name, args] as const,
  );
  // One that comes too late, or never because the desk was killed, is nobody's failure.
  asked.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the engine did not answer ${name} in time`)), PATIENCE);
  });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}

export type Called<N extends CallName> =
  | { readonly ok: true; readonly value: Calls[N]['value'] }
  | { readonly ok: false; readonly error: EngineError };

export const call = async <N extends CallName>(page: Page, name: N, args: Calls[N]['args']): Promise<Called<N>> =>
  (await ask(page, 'call', name, args)) as Called<N>;

/** The first value of a watch. */
export async function read<N extends QueryName>(
  page: Page,
  name: N,
  args: Queries[N]['args'],
): Promise<Queries[N]['value']> {
  const said = await ask(page, 'watch', name, args);
  if (!said.ok) throw new Error(`${name}: ${said.error.code}`);
  return said.value as Queries[N]['value'];
}
