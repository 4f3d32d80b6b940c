import { join } from 'node:path';
import { root } from '../system/places.ts';

/** Where `npm run dist` puts what it makes. */
export const packages = join(root, 'dist');

const unpacked: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'mac/Deskbell.app/Contents/MacOS/Deskbell',
  win32: 'win-unpacked/Deskbell.exe',
};

/** The executable of the unpacked application for this system. */
export const packagedExecutable = (): string => join(packages, unpacked[process.platform] ?? 'linux-unpacked/deskbell');
