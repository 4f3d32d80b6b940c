import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, root } from '#build/system/places.ts';

/** Names a build by its content: what was prepared with one is not taken for another's. */
export const buildKey = (): string => {
  const hash = createHash('sha256');
  const out = join(root, 'out');
  const files = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(c?js|html|css)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) hash.update(file.slice(out.length)).update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
};

/** Prepared files and profiles, kept between runs outside the tree. */
export const preparedFolder = (...parts: string[]): string => join(cacheFolder(), 'bench', ...parts);
