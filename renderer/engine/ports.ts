import { ENGINE_PROTOCOL, type EngineError, type FromEngine, type ToEngine } from '#contracts/engine/protocol.ts';
import type { Port } from '#contracts/platform.ts';
import type { Result } from '#domain/result.ts';
import { parseMessage } from './port-messages.ts';
import type { Topic, Touches } from './touches.ts';

/** A watch whose arguments were read: how to answer it, and what the last answer depends on. */
export interface Answerable {
  answer(): Promise<{ readonly value: unknown; readonly topics: readonly Topic[] }>;
}

export interface PortServices {
  readonly touches: Touches;
  /** The lsn that an answer given now reflects. */
  lsn(): number;
  call(name: string, args: unknown): Promise<Result<unknown, EngineError>>;
  watch(name: string, args: unknown): Result<Answerable, EngineError>;
  /** Something threw that should not have: for the log. */
  bug(where: string, cause: unknown): void;
}

interface RunningWatch {
  readonly name: string;
  question: Answerable;
  topics: ReadonlySet<Topic>;
  running: boolean;
  /** Touched, or asked differently, since the last answer began. */
  stale: boolean;
}

/** Serves every window; one that comes again takes the place of what it was. */
export function windowServer(services: PortServices): (port: Port, windowId: string) => void {
  const windows = new Map<string, () => void>();
  return (port, windowId) => {
    windows.get(windowId)?.();
    windows.set(windowId, servePort(port, services));
  };
}

/** Serves one window's port until the window says goodbye, or the returned function ends it. */
function servePort(port: Port, services: PortServices): () => void {
  const watches = new Map<number, RunningWatch>();
  const send = (message: FromEngine) => port.postMessage(message);

  const evaluate = async (id: number, watch: RunningWatch): Promise<void> => {
    watch.running = true;
    while (watch.stale && watches.get(id) === watch) {
      watch.stale = false;
      const { question } = watch;
      const lsn = services.lsn();
      try {
        const { value, topics } = await question.answer();
        watch.topics = new Set(topics);
        // An answer to a question that was changed meanwhile is dropped; one that is merely a burst old is not.
        if (watch.question === question && watches.get(id) === watch) send({ type: 'value', id, value, lsn });
      } catch (cause) {
        services.bug(`watch ${watch.name}`, cause);
        // What it looks at it could not say: it is asked again when the desk was opened anew, at the latest.
        watch.topics = new Set(watch.topics).add('session');
        if (watches.get(id) === watch) send({ type: 'watchError', id, error: { code: 'bug' } });
      }
    }
    watch.running = false;
  };

  const wake = (id: number, watch: RunningWatch) => {
    watch.stale = true;
    if (!watch.running) void evaluate(id, watch);
  };

  const ask = (id: number, name: string, args: unknown) => {
    const question = services.watch(name, args);
    if (!question.ok) {
      send({ type: 'watchError', id, error: question.error });
      return;
    }
    const known = watches.get(id);
    const watch = known ?? { name, question: question.value, topics: new Set<Topic>(), running: false, stale: false };
    watch.question = question.value;
    watches.set(id, watch);
    wake(id, watch);
  };

  const call = async (id: number, name: string, args: unknown) => {
    try {
      const outcome = await services.call(name, args);
      send(
        outcome.ok
          ? { type: 'answer', id, ok: true, value: outcome.value }
          : { type: 'answer', id, ok: false, error: outcome.error },
      );
    } catch (cause) {
      services.bug(`call ${name}`, cause);
      send({ type: 'answer', id, ok: false, error: { code: 'bug' } });
    }
  };

  const receive = (message: ToEngine) => {
    switch (message.type) {
      case 'hello':
        return send({ type: 'hello', protocol: ENGINE_PROTOCOL });
      case 'call':
        return void call(message.id, message.name, message.args);
      case 'watch':
        return ask(message.id, message.name, message.args);
      case 'rewatch': {
        const known = watches.get(message.id);
        return known && ask(message.id, known.name, message.args);
      }
      case 'unwatch':
        watches.delete(message.id);
        return undefined;
      case 'bye':
        return end();
    }
  };

  const forget = services.touches.listen((topics) => {
    for (const [id, watch] of watches) if (watch.running || meets(watch.topics, topics)) wake(id, watch);
  });
  const end = () => {
    forget();
    watches.clear();
    port.close();
  };
  port.addEventListener('message', (event) => {
    const message = parseMessage(event.data);
    if (message) receive(message);
    else services.bug('message', new Error('a message of no known shape'));
  });
  port.start();
  return end;
}

function meets(mine: ReadonlySet<Topic>, touched: ReadonlySet<Topic>): boolean {
  for (const topic of touched) if (mine.has(topic)) return true;
  return false;
}
