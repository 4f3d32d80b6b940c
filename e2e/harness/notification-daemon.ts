import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A session bus that starts nobody by itself, so that a desktop without a notification daemon can be had too. */
const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=${tmpdir()}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

/** One that stays on the screen until it is dismissed, so that nothing passes unseen. */
const dunstConfig = `[global]
  notification_limit = 0
  idle_threshold = 0
  sticky_history = true
  history_length = 0
[urgency_low]
  timeout = 0
[urgency_normal]
  timeout = 0
[urgency_critical]
  timeout = 0
`;

/** A notification as the daemon was asked to show it. */
export interface Shown {
  readonly summary: string;
  readonly body: string;
  readonly urgency: string;
}

export interface Daemon {
  /** Everything shown so far, oldest first; one that replaced another is there as well. */
  readonly shown: readonly Shown[];
  /** Notifications on the screen now. */
  displayed(): Promise<number>;
  /** A click on the one shown last. */
  click(): Promise<void>;
  /** Takes all off the screen, as a person does. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

export interface NotificationBus {
  readonly env: Readonly<Record<string, string>>;
  /** Starts dunst on this bus. */
  startDaemon(): Promise<Daemon>;
  stop(): Promise<void>;
}

const textOf = (line: string, key: string): string | undefined => new RegExp(`^\\s+${key}: '?(.*?)'?$`).exec(line)?.[1];

/** Reads what \`dunst -print\` writes: a block in braces for each notification. */
function readShown(child: ChildProcess, shown: Shown[]): void {
  if (!child.stdout) return;
  let summary = '';
  let body = '';
  createInterface(child.stdout).on('line', (line) => {
    summary = textOf(line, 'summary') ?? summary;
    body = textOf(line, 'body') ?? body;
    const urgency = textOf(line, 'urgency');
    if (urgency !== undefined) shown.push({ summary, body, urgency: urgency.toLowerCase() });
  });
}

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
};

/** A bus of a test's own; it needs a display in the environment for the daemon. */
export async function startNotificationBus(): Promise<NotificationBus> {
  const folder = await mkdtemp(join(tmpdir(), 'deskbell-bus-'));
  const [busFile, dunstFile] = [join(folder, 'bus.conf'), join(folder, 'dunstrc')];
  await writeFile(busFile, busConfig);
  await writeFile(dunstFile, dunstConfig);
  const bus = spawn('dbus-daemon', [`--config-file=${busFile}`, '--nofork', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [address] = await once(createInterface(bus.stdout), 'line');
  const env = { DBUS_SESSION_BUS_ADDRESS: String(address).trim() };
  const control = (...words: string[]) => run('dunstctl', words, { env: { ...process.env, ...env } });
  const isUp = () =>
    control('count', 'displayed').then(
      () => true,
      () => false,
    );

  const startDaemon = async (): Promise<Daemon> => {
    const child = spawn('dunst', ['-print', '-config', dunstFile], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const shown: Shown[] = [];
    readShown(child, shown);
    const deadline = Date.now() + 10_000;
    while (!(await isUp())) {
      if (Date.now() > deadline) throw new Error('dunst does not answer');
    }
    return {
      shown,
      displayed: async () => Number((await control('count', 'displayed')).stdout),
      click: async () => void (await control('action', '0')),
      clear: async () => void (await control('close-all')),
      stop: () => ended(child),
    };
  };
  return {
    env,
    startDaemon,
    stop: async () => {
      await ended(bus);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
