/** Written once and never edited: a change of the database is a further version file with a test of its own. */
export const version = 2;

export const why =
  'A desk that shares its log keeps what happened to its outbox, frame by frame, so that the journal can be compacted ' +
  'without losing a command that still waits.';

export const stores = { sync: 'lsn' } as const;
