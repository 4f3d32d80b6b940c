import { z } from 'zod';
import { type UploadMetadata, uploadMetadata } from '#contracts/api/files.ts';
import type { Checksum } from './intake.ts';

/** What of tus 1.0 is spoken here. */
export const TUS = {
  version: '1.0.0',
  extensions: 'creation,checksum,expiration,termination',
  algorithms: 'sha1,sha256',
  media: 'application/offset+octet-stream',
} as const;

const count = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);

/** A number of bytes in a header. Null: it is none. */
export function readCount(value: unknown): number | null {
  const read = count.safeParse(value);
  return read.success ? read.data : null;
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** Characters of all metadata together. */
const METADATA = 8_000;

function decoded(value: string): string | null {
  if (!BASE64.test(value)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(value, 'base64'));
  } catch {
    return null;
  }
}

/** `key base64,key base64`. Null: it is not what an upload here needs. */
export function readMetadata(value: unknown): UploadMetadata | null {
  if (typeof value !== 'string' || value.length > METADATA) return null;
  const pairs = value.split(',').map((pair) => {
    const [key = '', content = '', ...more] = pair.trim().split(' ');
    return [key, more.length === 0 ? decoded(content) : null] as const;
  });
  // A key that comes twice says two things.
  if (new Set(pairs.map(([key]) => key)).size !== pairs.length) return null;
  const read = uploadMetadata.safeParse(Object.fromEntries(pairs));
  return read.success ? read.data : null;
}

const LENGTHS = { sha1: 20, sha256: 32 } as const;

/** `algorithm base64`. Undefined: there is none; null: none that can be checked here. */
export function readChecksum(value: unknown): Checksum | null | undefined {
  if (value === undefined) return undefined;
  const [, name, base64 = ''] = /^(sha1|sha256) (\S+)$/.exec(String(value)) ?? [];
  if ((name !== 'sha1' && name !== 'sha256') || !BASE64.test(base64)) return null;
  const digest = Buffer.from(base64, 'base64');
  return digest.length === LENGTHS[name] ? { algorithm: name, digest } : null;
}
