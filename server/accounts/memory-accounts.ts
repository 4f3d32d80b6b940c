import type { Id } from '#domain/activity/activity.ts';
import type { Account, AccountStore, Session } from './account-store.ts';

/** Accounts in their simplest form: maps. For tests. */
export function createMemoryAccounts(): AccountStore {
  const accounts = new Map<Id, Account>();
  const sessions = new Map<Id, Session>();
  const devices: Id[] = [];
  /** Until when, by hash of the family. */
  const revoked = new Map<string, number>();
  let link: string | null = null;

  const change = (personId: Id, part: Partial<Account>): boolean => {
    const account = accounts.get(personId);
    if (account) accounts.set(personId, { ...account, ...part });
    return account !== undefined;
  };
  const find = (is: (session: Session) => boolean) => [...sessions.values()].find(is);
  const revoke = ({ id, familyHash, refreshExpiresAt }: Session): boolean => {
    revoked.set(familyHash, refreshExpiresAt);
    return sessions.delete(id);
  };
  const isActive = ({ personId }: Session) => accounts.get(personId)?.active === true;

  return {
    count: async () => accounts.size,
    all: async () => [...accounts.values()].sort((one, other) => (one.email < other.email ? -1 : 1)),
    byEmail: async (email) => [...accounts.values()].find((account) => account.email === email) ?? null,
    byPerson: async (personId) => accounts.get(personId) ?? null,
    add: async (account) => {
      if (accounts.has(account.personId)) return 'accountExists';
      if ([...accounts.values()].some(({ email }) => email === account.email)) return 'emailTaken';
      accounts.set(account.personId, account);
      return null;
    },
    setPassword: async (personId, passwordHash) => change(personId, { passwordHash }),
    setActive: async (personId, active) => change(personId, { active }),

    openSession: async (session) => {
      const earlier = find(({ personId, device }) => personId === session.personId && device === session.device);
      if (earlier) sessions.delete(earlier.id);
      sessions.set(session.id, session);
      return earlier?.id ?? null;
    },
    sessionByAccess: async (accessHash) => {
      const session = find((one) => one.accessHash === accessHash);
      return session && isActive(session) ? session : null;
    },
    isSessionOpen: async (id) => {
      const session = sessions.get(id);
      return session !== undefined && isActive(session);
    },
    rotate: async (familyHash, refreshHash, { now, device, ...tokens }) => {
      const session = find((one) => one.familyHash === familyHash);
      if ((revoked.get(familyHash) ?? 0) > now) return { was: 'revoked' };
      if (!session || session.refreshExpiresAt <= now) return { was: 'unknown' };
      if (!isActive(session)) return { was: 'revoked' };
      if (session.refreshHash !== refreshHash) {
        sessions.delete(session.id);
        return { was: 'reused', session };
      }
      const rotated = { ...session, ...tokens, lastSeenAt: now, device: device ?? session.device };
      const other = find((one) => one.personId === rotated.personId && one.device === rotated.device);
      if (other && other.id !== session.id) sessions.delete(other.id);
      sessions.set(session.id, rotated);
      return { was: 'good', session: rotated };
    },
    seen: async (id, at, clockAhead) => {
      const session = sessions.get(id);
      if (session) sessions.set(id, { ...session, lastSeenAt: at, clockAhead: clockAhead ?? session.clockAhead });
    },
    sessionsOf: async (personId) => [...sessions.values()].filter((session) => session.personId === personId),
    endSession: async (id) => {
      const session = sessions.get(id);
      return session !== undefined && revoke(session);
    },
    endSessionsOf: async (personId, but) => {
      const ended = [...sessions.values()].filter((one) => one.personId === personId && one.id !== but);
      for (const session of ended) revoke(session);
      return ended.map(({ id }) => id);
    },

    placeOf: async (device) => {
      if (!devices.includes(device)) devices.push(device);
      return devices.indexOf(device) + 1;
    },

    offerLink: async (hash) => {
      link = hash;
    },
    takeLink: async (hash) => {
      const good = link === hash;
      if (good) link = null;
      return good;
    },
    isLinkGood: async (hash) => link === hash,
  };
}
