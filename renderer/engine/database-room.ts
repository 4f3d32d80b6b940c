/** Bytes: what a transaction may take, and Chromium's own tidying after it. */
const ROOM_NEEDED = 8 * 1024 * 1024;

/**
 * Whether the database may be written. Chromium that meets a full disk closes its database, and may not open it again
 * before the next start; so it is never let near one.
 * @param free bytes still free where the database lies; null when nobody can tell
 */
export const isRoomEnough = (free: number | null): boolean => free === null || free >= ROOM_NEEDED;
