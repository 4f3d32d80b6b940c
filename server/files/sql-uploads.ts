import type { Id, Instant } from '#domain/activity/activity.ts';
import type { Driver, Queries } from '#server/store/driver.ts';
import type { DayLimit, FileReference, KeptFile, Upload, UploadBook } from './upload-book.ts';

const UPLOAD =
  `id, person_id AS "personId", incident AS "incidentId", name, internal, metadata, sha256, length, received, state, ` +
  `created_at AS "createdAt", expires_at AS "expiresAt"`;

/** "file" in ASCII: the space of the locks under which a person's day is counted. */
const LOCK = 0x66696c65;

/** Uploads and files in the database of the log. */
export function createUploadBook(driver: Driver): UploadBook {
  const write = <T>(work: (queries: Queries) => Promise<T>) => driver.transaction('write', work);
  const changed = async (statement: string, parameters: readonly unknown[]) =>
    (await driver.query(`${statement} RETURNING id`, parameters)).length > 0;

  return {
    open: (upload, limit) =>
      write(async (queries) => {
        await queries.query('SELECT pg_advisory_xact_lock($1::integer, hashtext($2))', [LOCK, upload.personId]);
        if (!(await hasRoom(queries, upload, limit))) return false;
        await insert(queries, upload);
        return true;
      }),
    find: async (id) => (await driver.query<Upload>(`SELECT ${UPLOAD} FROM uploads WHERE id = $1`, [id]))[0] ?? null,
    claim: (id, received, { token, until }, now) =>
      changed(
        `UPDATE uploads SET claim = $3, claimed_until = $4
         WHERE id = $1 AND received = $2 AND state = 'open' AND expires_at > $5 AND claimed_until <= $5`,
        [id, received, token, until, now],
      ),
    advance: (id, { token, until }, received, expiresAt) =>
      changed(
        `UPDATE uploads SET received = $3, claimed_until = $4, expires_at = $5
         WHERE id = $1 AND claim = $2 AND state = 'open'`,
        [id, token, received, until, expiresAt],
      ),
    release: async (id, token) => {
      await driver.query('UPDATE uploads SET claim = NULL, claimed_until = 0 WHERE id = $1 AND claim = $2', [
        id,
        token,
      ]);
    },
    releaseAll: async () => {
      await driver.query('UPDATE uploads SET claim = NULL, claimed_until = 0 WHERE claim IS NOT NULL');
    },
    complete: (id, token) =>
      changed(`UPDATE uploads SET state = 'whole', received = length WHERE id = $1 AND claim = $2 AND state = 'open'`, [
        id,
        token,
      ]),
    keep: (upload, type, at) => write((queries) => keep(queries, upload, type, at)),
    startOver: async (id, received) => {
      await driver.query(`UPDATE uploads SET received = 0 WHERE id = $1 AND received = $2 AND state = 'open'`, [
        id,
        received,
      ]);
    },
    end: async (id) => {
      await driver.query(
        `UPDATE uploads SET state = 'ended', counted = received, claim = NULL, claimed_until = 0
         WHERE id = $1 AND state = 'open'`,
        [id],
      );
    },
    refuse: (id, token) =>
      changed(`UPDATE uploads SET state = 'refused' WHERE id = $1 AND claim = $2 AND state = 'open'`, [id, token]),
    lose: async (id) => {
      await driver.query(`UPDATE uploads SET state = 'ended' WHERE id = $1 AND state = 'whole'`, [id]);
    },
    file: async (sha256) =>
      (await driver.query<KeptFile>('SELECT bytes, type FROM files WHERE sha256 = $1', [sha256]))[0] ?? null,
    references: (sha256, from, limit) =>
      driver.query<FileReference>(
        `SELECT incident AS "incidentId", name, internal FROM file_references
         WHERE sha256 = $1 ORDER BY entry OFFSET $2 LIMIT $3`,
        [sha256, from, limit],
      ),
    promised: async (now) => {
      const [sum] = await driver.query<{ readonly bytes: number }>(
        `SELECT coalesce(sum(length - received), 0)::bigint AS bytes FROM uploads WHERE state = 'open' AND expires_at > $1`,
        [now],
      );
      return sum?.bytes ?? 0;
    },
    expire: (now, since) =>
      write(async (queries) => {
        await queries.query(
          `UPDATE uploads SET state = 'ended', counted = received
           WHERE state = 'open' AND expires_at <= $1 AND claimed_until <= $1`,
          [now],
        );
        await queries.query(`DELETE FROM uploads WHERE state IN ('done', 'refused', 'ended') AND created_at < $1`, [
          since,
        ]);
      }),
    stranded: (now) =>
      driver.query<Upload>(`SELECT ${UPLOAD} FROM uploads WHERE state = 'whole' AND claimed_until <= $1`, [now]),
    unfinished: async (ids) => {
      const rows = await driver.query<{ readonly id: Id }>(
        `SELECT id FROM uploads WHERE id = ANY($1::text[]) AND state IN ('open', 'whole')`,
        [ids],
      );
      return new Set(rows.map(({ id }) => id));
    },
  };
}

async function hasRoom(queries: Queries, { personId, length, state }: Upload, limit: DayLimit): Promise<boolean> {
  const [day] = await queries.query<{ readonly bytes: number; readonly uploads: number }>(
    `SELECT coalesce(sum(counted), 0)::bigint AS bytes, count(*) AS uploads FROM uploads
     WHERE person_id = $1 AND created_at > $2`,
    [personId, limit.since],
  );
  const more = state === 'open' ? length : 0;
  return (day?.uploads ?? 0) < limit.uploads && (day?.bytes ?? 0) + more <= limit.bytes;
}

async function insert(queries: Queries, upload: Upload): Promise<void> {
  const { id, personId, incidentId, name, internal, metadata, sha256, length, received, state } = upload;
  await queries.query(
    `INSERT INTO uploads (id, person_id, incident, name, internal, metadata, sha256, length, received, counted, state,
       created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      id,
      personId,
      incidentId,
      name,
      internal,
      metadata,
      sha256,
      length,
      received,
      state === 'open' ? length : 0,
      state,
      upload.createdAt,
      upload.expiresAt,
    ],
  );
}

async function keep(queries: Queries, upload: Upload, type: string, at: Instant): Promise<void> {
  const { id, sha256, length, incidentId, name, internal, personId } = upload;
  await queries.query(
    'INSERT INTO files (sha256, bytes, type, kept_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [sha256, length, type, at],
  );
  await queries.query(
    `INSERT INTO file_references (sha256, incident, name, internal, person_id, added_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (sha256, incident, name)
     DO UPDATE SET internal = file_references.internal AND excluded.internal`,
    [sha256, incidentId, name, internal, personId, at],
  );
  await queries.query(
    `UPDATE uploads SET state = 'done', claim = NULL, claimed_until = 0 WHERE id = $1 AND state = 'whole'`,
    [id],
  );
}
