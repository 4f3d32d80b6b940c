import { extname, join, sep } from 'node:path';

/** Every kind of file a build makes; any other is not ours to serve. */
const MIME_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

export const mimeTypeOf = (path: string): string | undefined => MIME_TYPES[extname(path).toLowerCase()];

/** A path segment of our builds: no dot at its start, nothing a file system could read in two ways. */
const plainSegment = /^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/;

/** The file below `root` that a URL's path names, or undefined when it names none that may be served. */
export const fileFor = (root: string, urlPath: string): string | undefined => {
  const segments = urlPath.split('/').slice(1);
  if (segments.length === 0 || !segments.every((segment) => plainSegment.test(segment))) return undefined;
  const file = join(root, ...segments);
  return file.startsWith(root + sep) && mimeTypeOf(file) !== undefined ? file : undefined;
};
