import type { Driver } from '#server/store/driver.ts';
import type { Begun, Passed, SignInStore } from './sign-in-store.ts';

const BEGUN =
  `state_hash AS "stateHash", nonce, verifier, device, challenge, port, desk_state AS "deskState", ` +
  `expires_at AS "expiresAt"`;
const PASSED = `code_hash AS "codeHash", person_id AS "personId", device, challenge, expires_at AS "expiresAt"`;

/** Sign-ins in the database of the log. */
export function createSqlSignIns(driver: Driver): SignInStore {
  const live = <T extends { readonly expiresAt: number }>([row]: readonly T[], now: number): T | null =>
    row !== undefined && row.expiresAt > now ? row : null;
  return {
    begin: (begun, now, most) =>
      driver.transaction('write', async (queries) => {
        await queries.query('DELETE FROM sign_ins_begun WHERE expires_at <= $1', [now]);
        const kept = await queries.query(
          `INSERT INTO sign_ins_begun (state_hash, nonce, verifier, device, challenge, port, desk_state, expires_at)
           SELECT $1, $2, $3, $4, $5, $6::integer, $7, $8::bigint
           WHERE (SELECT count(*) FROM sign_ins_begun) < $9::bigint RETURNING state_hash`,
          [
            begun.stateHash,
            begun.nonce,
            begun.verifier,
            begun.device,
            begun.challenge,
            begun.port,
            begun.deskState,
            begun.expiresAt,
            most,
          ],
        );
        return kept.length > 0;
      }),
    takeBegun: async (stateHash, now) =>
      live(
        await driver.query<Begun>(`DELETE FROM sign_ins_begun WHERE state_hash = $1 RETURNING ${BEGUN}`, [stateHash]),
        now,
      ),
    pass: (passed, now) =>
      driver.transaction('write', async (queries) => {
        await queries.query('DELETE FROM sign_ins_passed WHERE expires_at <= $1', [now]);
        await queries.query(
          `INSERT INTO sign_ins_passed (code_hash, person_id, device, challenge, expires_at)
           VALUES ($1, $2, $3, $4, $5)`,
          [passed.codeHash, passed.personId, passed.device, passed.challenge, passed.expiresAt],
        );
      }),
    takePassed: async (codeHash, now) =>
      live(
        await driver.query<Passed>(`DELETE FROM sign_ins_passed WHERE code_hash = $1 RETURNING ${PASSED}`, [codeHash]),
        now,
      ),
  };
}
