import type { PGlite } from '@electric-sql/pglite';

/** Writing transactions between two looks. */
const LOOK_EVERY = 20;
const VACUUM_EVERY = 20_000;
/** Of the write-ahead log, which grows until a checkpoint and is read again whole after a crash. */
const MEGABYTES = 32;

/**
 * An embedded PostgreSQL has no background of its own: no checkpoints, no vacuum. To be called after each writing
 * transaction; what it does comes after those that wait already.
 */
export function maintenanceOf(database: PGlite): () => void {
  let written = 0;
  const look = async (): Promise<void> => {
    const { rows } = await database.query<{ readonly megabytes: number }>(
      `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::float8 / 1048576 as megabytes
       from pg_control_checkpoint()`,
    );
    if ((rows[0]?.megabytes ?? 0) >= MEGABYTES) await database.exec('checkpoint');
  };
  return () => {
    written += 1;
    // What was committed stays so, whatever becomes of these; the next ones try again.
    if (written % VACUUM_EVERY === 0) database.exec('vacuum (analyze)').catch(() => undefined);
    if (written % LOOK_EVERY === 0) look().catch(() => undefined);
  };
}
