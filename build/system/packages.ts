import { runsAsRoot } from './places.ts';
import { capture, foreground } from './run.ts';

/** The Debian and Ubuntu packages that the desktop, a machine without a display, and the tests need. */
export const needs = {
  desktop: [
    'libnss3',
    'libgtk-3-0',
    'libasound2',
    'libgbm1',
    'libxss1',
    'libxtst6',
    'libnotify4',
    'libsecret-1-0',
    'libatspi2.0-0',
    'libdrm2',
  ],
  headless: ['xvfb', 'xauth', 'dbus', 'dbus-x11'],
  tests: ['dunst', 'chromium', 'procps', 'postgresql'],
  packaging: ['p7zip-full'],
} as const;

/** Newer releases renamed libraries when time_t grew to 64 bits; either name will do. */
const alternatives = (name: string): string[] => (name.startsWith('lib') ? [`${name}t64`, name] : [name]);

const isDebian = async (): Promise<boolean> => (await capture('dpkg-query', ['--version'])).code === 0;

export const missingPackages = async (names: readonly string[]): Promise<string[]> => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
  const format = '${db:Status-Status} ${Package}\\n';
  const { stdout } = await capture('dpkg-query', ['-W', '-f', format, ...names.flatMap(alternatives)]);
  const installed = new Set(
    stdout
      .split('\n')
      .filter((line) => line.startsWith('installed '))
      .map((line) => line.slice('installed '.length)),
  );
  return names.filter((name) => !alternatives(name).some((candidate) => installed.has(candidate)));
};

const isKnown = async (name: string): Promise<boolean> => {
  const { stdout } = await capture('apt-cache', ['policy', name]);
  return /Candidate: (?!\(none\))/.test(stdout);
};

const nameHere = async (name: string): Promise<string | undefined> => {
  for (const candidate of alternatives(name)) if (await isKnown(candidate)) return candidate;
  return undefined;
};

const namesHere = async (names: readonly string[]): Promise<string[]> => {
  const found = await Promise.all(names.map(nameHere));
  return found.map((name, index) => name ?? names[index] ?? '');
};

const aptGet = (...args: string[]) =>
  foreground('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=120', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });

const install = async (names: readonly string[]): Promise<boolean> => {
  const args = async () => ['install', '-y', '--no-install-recommends', ...(await namesHere(names))];
  console.error(`Installing system packages: ${names.join(' ')}`);
  const known = (await Promise.all(names.map(nameHere))).every(Boolean);
  if (known && (await aptGet(...(await args()))) === 0) return true;
  return (await aptGet('update')) === 0 && (await aptGet(...(await args()))) === 0;
};

/**
 * Sees to it that packages are there. Root gets them installed; anyone else gets the one command to run.
 * Other systems than Debian's are left to their own ways: answers true.
 */
export const ensurePackages = async (names: readonly string[]): Promise<boolean> => {
  if (process.platform !== 'linux' || !(await isDebian())) return true;
  const missing = await missingPackages(names);
  if (missing.length === 0) return true;
  if (runsAsRoot()) return (await install(missing)) && (await missingPackages(names)).length === 0;
  const command = `sudo apt-get install -y ${(await namesHere(missing)).join(' ')}`;
  console.error(`Deskbell needs system packages that are not installed. Run:\n  ${command}`);
  return false;
};
