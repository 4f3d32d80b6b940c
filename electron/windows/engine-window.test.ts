import type { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test, vi } from 'vitest';

const fake = vi.hoisted(() => ({ windows: [] as unknown[] }));

vi.mock('electron', async () => {
  const { EventEmitter } = await import('node:events');
  class Contents extends EventEmitter {
    readonly sent: unknown[][] = [];
    readonly id: number;
    crashed = false;
    constructor(id: number) {
      super();
      this.id = id;
    }
    send = (...sent: unknown[]) => void this.sent.push(sent);
    postMessage = (...sent: unknown[]) => void this.sent.push(sent);
    setWindowOpenHandler = () => undefined;
    setWebRTCIPHandlingPolicy = () => undefined;
    isDevToolsOpened = () => false;
    forcefullyCrashRenderer = () => {
      this.crashed = true;
    };
  }
  class BrowserWindow extends EventEmitter {
    readonly webContents: Contents;
    readonly options: unknown;
    gone = false;
    constructor(options: unknown) {
      super();
      this.options = options;
      this.webContents = new Contents(fake.windows.length + 1);
      fake.windows.push(this);
    }
    loadURL = async () => undefined;
    isDestroyed = () => this.gone;
    destroy = () => {
      this.gone = true;
      this.emit('closed');
    };
  }
  let channels = 0;
  class MessageChannelMain {
    readonly port1 = { end: 'window', channel: ++channels };
    readonly port2 = { end: 'engine', channel: channels };
  }
  return { BrowserWindow, MessageChannelMain };
});

const { engineWindow } = await import('#electron/windows/engine-window.ts');

interface FakeWindow {
  readonly webContents: EventEmitter & { readonly sent: unknown[][]; readonly crashed: boolean };
  readonly options: { readonly show: boolean; readonly webPreferences: Readonly<Record<string, unknown>> };
  readonly gone: boolean;
  destroy(): void;
}
const windowsMade = () => fake.windows as FakeWindow[];
const newest = () => windowsMade().at(-1) as FakeWindow;
const crash = () => newest().webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });

const tellDesks = vi.fn();
const known = { add: vi.fn(), find: vi.fn(), contentsOf: vi.fn(), tellDesks };
const start = () => {
  const engine = engineWindow({ preload: '/preload', windows: known, log: vi.fn(), now: () => Date.now() });
  engine.start();
  return engine;
};

beforeEach(() => {
  vi.useFakeTimers();
  fake.windows.length = 0;
  tellDesks.mockClear();
  return () => void vi.useRealTimers();
});

describe('the engine window', () => {
  test('is hidden, sandboxed, and never slowed down for being hidden', () => {
    start();
    expect(newest().options.show).toBe(false);
    expect(newest().options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      backgroundThrottling: false,
    });
  });

  test('is one, however often it is started', () => {
    start().start();
    expect(windowsMade()).toHaveLength(1);
  });

  test('gets the ports that waited for it as soon as it listens, and later ones at once', () => {
    const engine = start();
    engine.connect('w1');
    engine.connect('w2');
    expect(newest().webContents.sent).toEqual([]);
    engine.ready();
    engine.connect('w3');
    expect(newest().webContents.sent.map(([name, payload]) => [name, payload])).toEqual([
      ['windowPort', { windowId: 'w1' }],
      ['windowPort', { windowId: 'w2' }],
      ['windowPort', { windowId: 'w3' }],
    ]);
  });

  test('the two ends of a connection belong together', () => {
    const engine = start();
    engine.ready();
    const port = engine.connect('w1') as unknown as { end: string; channel: number };
    const [, , ports] = newest().webContents.sent[0] ?? [];
    expect(port.end).toBe('window');
    expect(ports).toEqual([{ end: 'engine', channel: port.channel }]);
  });

  test('is started again when its process goes away, and the windows are told', () => {
    start();
    crash();
    expect(tellDesks).toHaveBeenCalledWith('engineLost', {});
    vi.advanceTimersByTime(0);
    expect(windowsMade()).toHaveLength(2);
    expect(windowsMade()[0]?.gone).toBe(true);
  });

  test('that crashes at every start is started ever more rarely', () => {
    start();
    crash();
    vi.advanceTimersByTime(0);
    crash();
    vi.advanceTimersByTime(499);
    expect(windowsMade()).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(windowsMade()).toHaveLength(3);
  });

  test('ports given to a lost engine are not given to the next', () => {
    const engine = start();
    engine.connect('w1');
    crash();
    vi.advanceTimersByTime(0);
    engine.ready();
    expect(newest().webContents.sent).toEqual([]);
  });

  test('that does not answer for long is ended, and so begun anew', () => {
    const engine = start();
    engine.ready();
    vi.advanceTimersByTime(50_000);
    expect(newest().webContents.crashed).toBe(true);
    crash();
    vi.advanceTimersByTime(0);
    expect(windowsMade()).toHaveLength(2);
  });

  test('is asked to finish, and waited for as long as agreed', async () => {
    const engine = start();
    engine.ready();
    const quick = engine.finish(4_000);
    expect(newest().webContents.sent).toEqual([['finish', {}]]);
    engine.finished();
    await quick;
    const slow = engine.finish(4_000);
    await vi.advanceTimersByTimeAsync(4_000);
    await slow;
  });

  test('is told an event once it listens; before, it has not missed any', () => {
    const engine = start();
    engine.tell('poke', { throughSeq: 1 });
    engine.ready();
    engine.tell('poke', { throughSeq: 2 });
    expect(newest().webContents.sent).toEqual([['poke', { throughSeq: 2 }]]);
  });

  test('that is not up has nothing to finish', async () => {
    await start().finish(4_000);
  });

  test('once stopped it stays away and nobody is alarmed', () => {
    const engine = start();
    engine.stop();
    vi.advanceTimersByTime(120_000);
    expect(windowsMade()).toHaveLength(1);
    expect(tellDesks).not.toHaveBeenCalled();
    expect(engine.isRunning()).toBe(false);
  });
});
