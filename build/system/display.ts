import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** A virtual screen and a session bus of our own, for machines that have neither and for tests. */

export interface Helper {
  readonly env: Record<string, string>;
  stop(): void;
}

const firstLine = (child: ChildProcess, stream: Readable | null | undefined, name: string): Promise<string> =>
  new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`${name} does not start: ${error.message}`)));
    child.once('exit', (code) => reject(new Error(`${name} ended at once with code ${code}`)));
    if (stream) createInterface(stream).once('line', resolve);
  });

const stopper = (child: ChildProcess) => {
  const stop = () => void child.kill('SIGTERM');
  process.once('exit', stop);
  return () => {
    process.off('exit', stop);
    stop();
  };
};

/** Xvfb picks a free display number itself, so that several can start at once. */
export const startScreen = async (size = '1920x1080'): Promise<Helper> => {
  const args = ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp', '-noreset'];
  const child = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await firstLine(child, child.stdio[3] as Readable, 'Xvfb');
  child.unref();
  (child.stdio[3] as Readable).destroy();
  return { env: { DISPLAY: `:${number.trim()}` }, stop: stopper(child) };
};

/** A D-Bus session bus: notifications and the secret store speak over it. */
export const startBus = async (): Promise<Helper> => {
  const args = ['--session', '--nofork', '--nopidfile', '--print-address=1'];
  const child = spawn('dbus-daemon', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const address = await firstLine(child, child.stdout, 'dbus-daemon');
  child.unref();
  child.stdout?.destroy();
  return { env: { DBUS_SESSION_BUS_ADDRESS: address.trim() }, stop: stopper(child) };
};

/** Both, as one. */
export const startHeadlessSession = async (size?: string): Promise<Helper> => {
  const screen = await startScreen(size);
  const bus = await startBus();
  return {
    env: { ...screen.env, ...bus.env },
    stop: () => {
      bus.stop();
      screen.stop();
    },
  };
};

export const hasDisplay = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
