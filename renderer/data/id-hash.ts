import type { Id } from '#domain/activity/activity.ts';

/** Later records lie in this many buckets; a snapshot rewrites only buckets that changed. */
export const BUCKETS = 256;

/** FNV-1a over the UTF-16 units of an id, unsigned 32 bits. Stored in the database: never change it. */
export function idHash(id: Id): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at += 1) {
    hash ^= id.charCodeAt(at);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

export const bucketOf = (id: Id): number => idHash(id) % BUCKETS;
