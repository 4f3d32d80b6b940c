import { describe, expect, test, vi } from 'vitest';
import { APP_ORIGIN } from '#contracts/ipc/bridges.ts';
import { CHANNELS, type Channel, calls } from '#contracts/ipc/contract.ts';
import { answerCall, type FindWindow, type Handlers, type Sender } from '#electron/ipc/answer-call.ts';
import { type IpcHost, registerCalls, senderOf } from '#electron/ipc/register-calls.ts';
import { sampleArgs } from '#electron/ipc/sample-calls.suite.ts';

const ENGINE = 1;
const DESK = 2;
const find: FindWindow = (webContentsId) => {
  if (webContentsId === ENGINE) return { kind: 'engine', windowId: 'engine', webContentsId };
  return webContentsId === DESK ? { kind: 'desk', windowId: 'w1', webContentsId } : undefined;
};
const log = vi.fn();

/** Handlers that only note that they were reached. */
const spies = () => {
  const reached: { channel: Channel; args: unknown }[] = [];
  const entries = CHANNELS.map((channel) => [
    channel,
    (args: unknown) => {
      reached.push({ channel, args });
      return { ok: true, value: null };
    },
  ]);
  return { reached, handlers: Object.fromEntries(entries) as Handlers };
};

const own = (channel: Channel): Sender => ({
  webContentsId: calls[channel].from === 'engine' ? ENGINE : DESK,
  isMainFrame: true,
  origin: APP_ORIGIN,
});

const send = async (channel: Channel, sender: Sender, ...sent: unknown[]) => {
  const { reached, handlers } = spies();
  const answer = await answerCall(channel, sender, sent, { handlers, find, log });
  return { answer, reached };
};

/** What looks bad and is allowed. */
const mayBe = new Set([
  'drafts.put incidentId as null',
  'drafts.put content as null',
  'network.look incidentId as null',
  'network.size scope as null',
  'engine.log no fields',
]);

describe.each(CHANNELS)('%s', (channel) => {
  const good = sampleArgs[channel];

  test('its own window is answered, with exactly what it sent', async () => {
    const { answer, reached } = await send(channel, own(channel), good);
    expect(answer).toEqual({ ok: true, value: null });
    expect(reached).toEqual([{ channel, args: good }]);
  });

  test.each([
    ['a window nobody opened', { webContentsId: 99 }],
    ['a window of the other kind', { webContentsId: calls[channel].from === 'engine' ? DESK : ENGINE }],
    ['a frame within the page', { isMainFrame: false }],
    ['another origin', { origin: 'https://example.org' }],
    ['an origin that only begins like ours', { origin: `${APP_ORIGIN}.example.org` }],
    ['an origin that says nothing', { origin: 'null' }],
    ['no origin', { origin: '' }],
  ])('%s is refused before its arguments are read', async (_who, difference) => {
    const trap = new Proxy({}, { get: () => expect.fail('read'), ownKeys: () => expect.fail('read') });
    const { answer, reached } = await send(channel, { ...own(channel), ...difference }, trap);
    expect(answer).toEqual({ ok: false, error: { code: 'foreignSender' } });
    expect(reached).toEqual([]);
  });

  test.each([
    ['an unknown member', [{ ...good, surplus: 1 }]],
    ['a second argument', [good, {}]],
    ['no argument', []],
    ['null', [null]],
    ['a list', [[good]]],
    ['a text', [JSON.stringify(good)]],
    ...Object.keys(good)
      .flatMap((name): [string, unknown[]][] => [
        [`no ${name}`, [Object.fromEntries(Object.entries(good).filter(([key]) => key !== name))]],
        [`a bad ${name}`, [{ ...good, [name]: Symbol.iterator }]],
        [`${name} as null`, [{ ...good, [name]: null }]],
      ])
      .filter(([what]) => !mayBe.has(`${channel} ${what}`)),
  ])('%s is refused', async (_what, sent) => {
    const { answer, reached } = await send(channel, own(channel), ...sent);
    expect(answer).toMatchObject({ ok: false, error: { code: 'badArguments' } });
    expect(reached).toEqual([]);
  });
});

describe('the table at work', () => {
  test('every row is registered, and nothing else', () => {
    const registered: string[] = [];
    const ipc: IpcHost = { handle: (channel) => void registered.push(channel) };
    registerCalls(ipc, { handlers: spies().handlers, find, log });
    expect(registered.sort()).toEqual([...CHANNELS].sort());
  });

  test('what is beyond a size is told as too large', async () => {
    const big = { suggestedName: 'x', text: 'x'.repeat(64 * 1024 * 1024 + 1) };
    const { answer } = await send('desk.saveFile', own('desk.saveFile'), big);
    expect(answer).toMatchObject({ ok: false, error: { code: 'tooLarge' } });
  });

  test('many lines of a stage are too large together, though each is small', async () => {
    const line = 'x'.repeat(1024 * 1024);
    const big = { ...sampleArgs['stages.append'], lines: Array.from({ length: 65 }, () => line) };
    const { answer } = await send('stages.append', own('stages.append'), big);
    expect(answer).toMatchObject({ ok: false, error: { code: 'tooLarge' } });
  });

  test('a frame with a function, a date or a strange member is no frame', async () => {
    const [frame] = sampleArgs['journal.append'].frames;
    for (const bad of [{ body: () => 1 }, { activities: [new Date(0)] }, { command: 'x' }, { lsn: 0 }, { extra: 1 }]) {
      const args = { ...sampleArgs['journal.append'], frames: [{ ...frame, ...bad }] };
      const { answer } = await send('journal.append', own('journal.append'), args);
      expect(answer).toMatchObject({ ok: false, error: { code: 'badArguments' } });
    }
  });

  test('the detail of a refusal names places and never repeats what was sent', async () => {
    const { answer } = await send('desk.copyText', own('desk.copyText'), { text: 7, secret: 'the caller said' });
    expect(JSON.stringify(answer)).not.toContain('the caller said');
  });

  test('a handler that throws is told as internal, and its message goes nowhere', async () => {
    log.mockClear();
    const handlers = { ...spies().handlers, 'desk.painted': () => Promise.reject(new Error('the caller said')) };
    const answer = await answerCall('desk.painted', own('desk.painted'), [{}], { handlers, find, log });
    expect(answer).toEqual({ ok: false, error: { code: 'internal' } });
    expect(log).toHaveBeenCalledWith('error', 'ipc.internal', expect.objectContaining({ channel: 'desk.painted' }));
    expect(JSON.stringify(log.mock.calls)).not.toContain('the caller said');
  });
});

describe('the sender of an event', () => {
  const frame = { parent: null, origin: APP_ORIGIN };
  const sender = { id: DESK, mainFrame: frame };

  test('is told by its contents, its frame and its origin', () => {
    const event = { sender, senderFrame: frame } as never;
    expect(senderOf(event)).toEqual({ webContentsId: DESK, isMainFrame: true, origin: APP_ORIGIN });
  });

  test('in a frame within the page is not the main frame', () => {
    const event = { sender, senderFrame: { parent: frame, origin: APP_ORIGIN } } as never;
    expect(senderOf(event)).toMatchObject({ isMainFrame: false });
  });

  test('that is gone is nobody', () => {
    const gone = {
      get origin(): string {
        throw new Error('disposed');
      },
      parent: null,
    };
    expect(senderOf({ sender, senderFrame: gone } as never)).toMatchObject({ webContentsId: -1 });
    expect(senderOf({ sender, senderFrame: null } as never)).toMatchObject({ isMainFrame: false, origin: '' });
  });
});
