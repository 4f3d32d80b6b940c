import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';

/** Stable facts about a machine, each hashed: what they say stays private, whether they changed does not. */
export type MachineMark = Readonly<Record<string, string>>;

const hashed = (fact: string) => createHash('sha256').update(`deskbell machine ${fact}`).digest('hex').slice(0, 32);

const output = (command: string, args: readonly string[]) =>
  new Promise<string>((resolve) => {
    execFile(command, [...args], { timeout: 2000, windowsHide: true }, (error, text) => resolve(error ? '' : text));
  });

/** The system's own id of this installation, or nothing where it has none. Linux reads a file; others ask a tool. */
async function installationId(): Promise<string> {
  if (process.platform === 'win32') {
    const key = 'HKLM\\SOFTWARE\\Microsoft\\Cryptography';
    const text = await output('reg', ['query', key, '/v', 'MachineGuid']);
    return /MachineGuid\s+REG_SZ\s+(\S+)/.exec(text)?.[1] ?? '';
  }
  if (process.platform === 'darwin') {
    const text = await output('/usr/sbin/ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice']);
    return /"IOPlatformUUID" = "([^"]+)"/.exec(text)?.[1] ?? '';
  }
  for (const path of ['/etc/machine-id', '/var/lib/dbus/machine-id']) {
    const text = await readFile(path, 'utf8').catch(() => '');
    if (text.trim() !== '') return text.trim();
  }
  return '';
}

export async function readMachineMark(): Promise<MachineMark> {
  const installation = await installationId();
  const host = hostname();
  return {
    ...(installation === '' ? {} : { installation: hashed(installation) }),
    ...(host === '' ? {} : { host: hashed(host) }),
  };
}

/**
 * Whether two marks are of different machines: some fact both know differs. A fact that could not be read this time
 * says nothing, so a tool that is slow once never turns a desk into another device.
 */
export const isOtherMachine = (stored: MachineMark, found: MachineMark): boolean =>
  Object.entries(stored).some(([fact, value]) => fact in found && found[fact] !== value);
