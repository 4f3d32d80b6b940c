import type { Id } from '#domain/activity/activity.ts';
import type { Driver, Queries } from '#server/store/driver.ts';
import { together } from '#server/store/together.ts';
import type { Account, AccountStore, Session } from './account-store.ts';

const ACCOUNT = `person_id AS "personId", email, password_hash AS "passwordHash", active, created_at AS "createdAt"`;
const SESSION =
  `s.id, s.person_id AS "personId", s.device, s.device_name AS "deviceName", s.created_at AS "createdAt", ` +
  `s.last_seen_at AS "lastSeenAt", s.clock_ahead AS "clockAhead", s.access_hash AS "accessHash", ` +
  `s.access_expires_at AS "accessExpiresAt", s.family_hash AS "familyHash", s.refresh_hash AS "refreshHash", ` +
  `s.refresh_expires_at AS "refreshExpiresAt"`;
const SESSIONS = 'sessions s JOIN accounts a ON a.person_id = s.person_id';
/** Sessions of accounts that may sign in. */
const OPEN = `${SESSIONS} AND a.active`;

type Identified = { readonly id: Id };

/** Accounts in the database of the log. */
export function createSqlAccounts(driver: Driver): AccountStore {
  const write = <T>(work: (queries: Queries) => Promise<T>) => driver.transaction('write', work);
  const account = async (where: string, value: string) =>
    (await driver.query<Account>(`SELECT ${ACCOUNT} FROM accounts WHERE ${where} = $1`, [value]))[0] ?? null;
  const changed = async (statement: string, parameters: readonly unknown[]) =>
    (await driver.query(statement, parameters)).length > 0;
  // Asked with every request of everybody.
  const sessionByAccess = together<string, Session | null>(async (hashes) => {
    const found = await driver.query<Session>(`SELECT ${SESSION} FROM ${OPEN} WHERE s.access_hash = ANY($1::text[])`, [
      hashes,
    ]);
    const byHash = new Map(found.map((session) => [session.accessHash, session]));
    return hashes.map((hash) => byHash.get(hash) ?? null);
  });

  return {
    count: async () => (await driver.query<{ count: number }>('SELECT count(*) AS count FROM accounts'))[0]?.count ?? 0,
    all: () => driver.query<Account>(`SELECT ${ACCOUNT} FROM accounts ORDER BY email`),
    byEmail: (email) => account('email', email),
    byPerson: (personId) => account('person_id', personId),
    add: ({ personId, email, passwordHash, active, createdAt }) =>
      write(async (queries) => {
        const added = await queries.query(
          `INSERT INTO accounts (person_id, email, password_hash, active, created_at) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT DO NOTHING RETURNING person_id`,
          [personId, email, passwordHash, active, createdAt],
        );
        if (added.length > 0) return null;
        const same = await queries.query('SELECT 1 FROM accounts WHERE person_id = $1', [personId]);
        return same.length > 0 ? 'accountExists' : 'emailTaken';
      }),
    setPassword: (personId, hash) =>
      changed('UPDATE accounts SET password_hash = $2 WHERE person_id = $1 RETURNING person_id', [personId, hash]),
    setActive: (personId, active) =>
      changed('UPDATE accounts SET active = $2 WHERE person_id = $1 RETURNING person_id', [personId, active]),

    openSession: (session) =>
      write(async (queries) => {
        const { personId, device, createdAt } = session;
        // Two desks that sign in at the same moment under one id take turns.
        await queries.query('SELECT 1 FROM accounts WHERE person_id = $1 FOR UPDATE', [personId]);
        const [earlier] = await removed(queries, 'person_id = $1 AND device = $2', [personId, device]);
        await removed(queries, 'person_id = $1 AND refresh_expires_at <= $2', [personId, createdAt]);
        await insert(queries, session);
        return earlier?.id ?? null;
      }),
    sessionByAccess,
    isSessionOpen: async (id) => (await driver.query(`SELECT 1 FROM ${OPEN} WHERE s.id = $1`, [id])).length > 0,
    rotate: (familyHash, refreshHash, next) =>
      write(async (queries) => {
        const [found] = await queries.query<Session & { readonly active: boolean }>(
          `SELECT ${SESSION}, a.active FROM ${SESSIONS} WHERE s.family_hash = $1 AND s.refresh_expires_at > $2 FOR UPDATE OF s`,
          [familyHash, next.now],
        );
        if (found === undefined)
          return { was: (await isRevoked(queries, familyHash, next.now)) ? 'revoked' : 'unknown' };
        const { active, ...session } = found;
        if (!active) return { was: 'revoked' };
        if (session.refreshHash !== refreshHash) {
          await removed(queries, 'id = $1', [session.id]);
          return { was: 'reused', session };
        }
        const { now, device, ...tokens } = next;
        const rotated: Session = { ...session, ...tokens, lastSeenAt: now, device: device ?? session.device };
        await removed(queries, 'person_id = $1 AND device = $2 AND id <> $3', [
          rotated.personId,
          rotated.device,
          rotated.id,
        ]);
        await renew(queries, rotated);
        return { was: 'good', session: rotated };
      }),
    seen: async (id, at, clockAhead) => {
      await driver.query(
        'UPDATE sessions SET last_seen_at = $2, clock_ahead = coalesce($3::bigint, clock_ahead) WHERE id = $1',
        [id, at, clockAhead],
      );
    },
    sessionsOf: (personId) =>
      driver.query<Session>(`SELECT ${SESSION} FROM sessions s WHERE s.person_id = $1 ORDER BY s.created_at`, [
        personId,
      ]),
    endSession: async (id) => (await revoked(driver, 'id = $1', [id])).length > 0,
    endSessionsOf: async (personId, but) => {
      const ended = await revoked(driver, 'person_id = $1 AND id IS DISTINCT FROM $2::text', [personId, but]);
      return ended.map(({ id }) => id);
    },

    placeOf: async (device) => {
      const known = () =>
        driver.query<{ readonly entry: number }>('SELECT entry FROM devices WHERE device = $1', [device]);
      const [found] = await known();
      if (found !== undefined) return found.entry;
      // Somebody else may have put it there by now.
      await driver.query('INSERT INTO devices (device) VALUES ($1) ON CONFLICT DO NOTHING', [device]);
      const [made] = await known();
      if (made === undefined) throw new Error(`device ${device} was not kept`);
      return made.entry;
    },

    offerLink: (hash) =>
      write(async (queries) => {
        await queries.query('DELETE FROM setup_link');
        await queries.query('INSERT INTO setup_link (hash) VALUES ($1)', [hash]);
      }),
    takeLink: (hash) => changed('DELETE FROM setup_link WHERE hash = $1 RETURNING hash', [hash]),
    isLinkGood: async (hash) => (await driver.query('SELECT 1 FROM setup_link WHERE hash = $1', [hash])).length > 0,
  };
}

/** Removes sessions, and notes that somebody did so on purpose. What was noted of tokens that ran out goes. */
const revoked = (queries: Queries, where: string, parameters: readonly unknown[]) =>
  queries.query<Identified>(
    `WITH gone AS (DELETE FROM sessions WHERE ${where} RETURNING id, family_hash, refresh_expires_at, last_seen_at),
          past AS (DELETE FROM revoked_sessions WHERE until < (SELECT min(last_seen_at) FROM gone)),
          noted AS (INSERT INTO revoked_sessions (family_hash, until) SELECT family_hash, refresh_expires_at FROM gone
                    ON CONFLICT (family_hash) DO NOTHING)
     SELECT id FROM gone`,
    parameters,
  );

const isRevoked = async (queries: Queries, familyHash: string, now: number): Promise<boolean> =>
  (await queries.query('SELECT 1 FROM revoked_sessions WHERE family_hash = $1 AND until > $2', [familyHash, now]))
    .length > 0;

const removed = (queries: Queries, where: string, parameters: readonly unknown[]) =>
  queries.query<Identified>(`DELETE FROM sessions WHERE ${where} RETURNING id`, parameters);

async function insert(queries: Queries, session: Session): Promise<void> {
  await queries.query(
    `INSERT INTO sessions (id, person_id, device, device_name, created_at, last_seen_at, clock_ahead, access_hash,
       access_expires_at, family_hash, refresh_hash, refresh_expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      session.id,
      session.personId,
      session.device,
      session.deviceName,
      session.createdAt,
      session.lastSeenAt,
      session.clockAhead,
      session.accessHash,
      session.accessExpiresAt,
      session.familyHash,
      session.refreshHash,
      session.refreshExpiresAt,
    ],
  );
}

async function renew(queries: Queries, session: Session): Promise<void> {
  await queries.query(
    `UPDATE sessions SET device = $2, last_seen_at = $3, access_hash = $4, access_expires_at = $5, refresh_hash = $6,
       refresh_expires_at = $7 WHERE id = $1`,
    [
      session.id,
      session.device,
      session.lastSeenAt,
      session.accessHash,
      session.accessExpiresAt,
      session.refreshHash,
      session.refreshExpiresAt,
    ],
  );
}
