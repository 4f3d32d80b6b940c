/** Written once and never edited: a change of the database is a further version file with a test of its own. */
export const version = 1;

export const why =
  'The first shape: bulk history in immutable pages, everything later one record each under the bucket of its subject, ' +
  'so that snapshots read only what changed and nothing but primary keys has to be kept in order.';

export const stores = {
  basePages: 'page',
  baseHistories: 'page',
  baseHashes: 'page',
  incidents: '[bucket+id]',
  activities: '[bucket+subjectId+seq+index]',
  directory: '[kind+id]',
  commands: 'id,lsn',
  alerts: 'id',
  meta: 'key',
  indexCheckpoint: 'key',
} as const;
