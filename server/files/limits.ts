/** How much people may attach, and how long the server waits for it. Bytes and milliseconds. */
export interface FileLimits {
  readonly file: number;
  /** Of one person in any 24 hours. */
  readonly day: number;
  readonly uploadsADay: number;
  /** Left free on the disk, for the database and everything else. */
  readonly kept: number;
  /** An upload without progress expires after so long. */
  readonly life: number;
  /** A sender who is silent for so long has gone. */
  readonly silence: number;
}

const MIB = 1024 * 1024;

export const FILE_LIMITS: FileLimits = {
  file: 100 * MIB,
  day: 2048 * MIB,
  uploadsADay: 2_000,
  kept: 1024 * MIB,
  life: 24 * 60 * 60_000,
  silence: 15_000,
};
