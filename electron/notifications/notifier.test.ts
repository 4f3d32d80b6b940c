import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { NotificationRequest } from '#contracts/host/engine-host.ts';

const fake = vi.hoisted(() => ({
  supported: true,
  daemon: { readsMarkup: false } as { readsMarkup: boolean } | null,
  made: [] as { options: Record<string, unknown>; closed: boolean; emit(name: string, ...args: unknown[]): boolean }[],
  onShow: (_notification: { emit(name: string, ...args: unknown[]): boolean }): void => undefined,
  badge: 0,
}));

vi.mock('electron', async () => {
  const { EventEmitter } = await import('node:events');
  class Notification extends EventEmitter {
    static isSupported = () => fake.supported;
    closed = false;
    readonly options: Record<string, unknown>;
    constructor(options: Record<string, unknown>) {
      super();
      this.options = options;
      fake.made.push(this);
    }
    show() {
      fake.onShow(this);
    }
    close() {
      this.closed = true;
    }
  }
  const app = {
    setBadgeCount: (count: number) => {
      fake.badge = count;
    },
  };
  return { app, Notification };
});
vi.mock('#electron/notifications/daemon.ts', async (original) => ({
  ...(await original<typeof import('#electron/notifications/daemon.ts')>()),
  findDaemon: async () => fake.daemon,
}));

const { notifier } = await import('#electron/notifications/notifier.ts');
const opened: string[] = [];
const onBadge = vi.fn();
let allowed = true;
const make = () =>
  notifier({ log: vi.fn(), openLink: (link) => void opened.push(link), onBadge, allowed: () => allowed });

const request = (more: Partial<NotificationRequest> = {}): NotificationRequest => ({
  alertId: 'a1',
  title: 'P1',
  body: 'Mail & more',
  urgency: 'critical',
  link: 'deskbell://incident/INC0000001',
  tag: 't1',
  ...more,
});

beforeEach(() => {
  fake.supported = true;
  fake.daemon = { readsMarkup: false };
  fake.made.length = 0;
  fake.onShow = (notification) => void notification.emit('show');
  opened.length = 0;
  allowed = true;
});

describe('showing a notification', () => {
  test('it is shown with its urgency and its words', async () => {
    expect(await make().show(request())).toEqual({ shown: true });
    expect(fake.made[0]?.options).toMatchObject({ title: 'P1', body: 'Mail & more', urgency: 'critical' });
  });

  test('words are never markup to a daemon that reads markup', async () => {
    fake.daemon = { readsMarkup: true };
    await make().show(request({ body: '<a href="x">y</a>' }));
    expect(fake.made[0]?.options.body).toBe('&lt;a href="x"&gt;y&lt;/a&gt;');
  });

  test('a click opens its link and takes it off the screen', async () => {
    await make().show(request());
    fake.made[0]?.emit('click');
    expect(opened).toEqual(['deskbell://incident/INC0000001']);
    expect(fake.made[0]?.closed).toBe(true);
  });

  test('a later one of the same tag replaces it, one of another tag does not', async () => {
    const { show } = make();
    await show(request());
    await show(request({ tag: 't2' }));
    await show(request({ title: 'P1, two of them' }));
    expect(fake.made.map(({ closed }) => closed)).toEqual([true, false, false]);
  });

  test('all are taken down at the end', async () => {
    const { show, closeAll } = make();
    await show(request());
    await show(request({ tag: 't2' }));
    closeAll();
    expect(fake.made.every(({ closed }) => closed)).toBe(true);
  });

  test('the badge goes to dock and tray', () => {
    make().badge(3);
    expect(fake.badge).toBe(3);
    expect(onBadge).toHaveBeenCalledWith(3);
  });
});

describe('why a notification was not shown', () => {
  test('the person switched them off', async () => {
    allowed = false;
    expect(await make().show(request())).toMatchObject({ shown: false, reason: 'permissionDenied' });
    expect(fake.made).toEqual([]);
  });

  test('the system knows none', async () => {
    fake.supported = false;
    expect(await make().show(request())).toEqual({ shown: false, reason: 'notSupported' });
  });

  test('the desktop has nobody who shows them', async () => {
    fake.daemon = null;
    expect(await make().show(request())).toEqual({ shown: false, reason: 'noDaemon' });
    expect(fake.made).toEqual([]);
  });

  test('the system refused it', async () => {
    fake.onShow = (notification) => void notification.emit('failed', {}, 'no');
    expect(await make().show(request())).toEqual({ shown: false, reason: 'failed', detail: 'no' });
  });

  test('it broke on the way', async () => {
    fake.onShow = () => {
      throw new Error('broken');
    };
    expect(await make().show(request())).toEqual({ shown: false, reason: 'failed' });
  });

  test('nobody answered in time', async () => {
    vi.useFakeTimers();
    fake.onShow = () => undefined;
    const outcome = make().show(request());
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await outcome).toEqual({ shown: false, reason: 'noDaemon', detail: 'no answer' });
    vi.useRealTimers();
  });
});
