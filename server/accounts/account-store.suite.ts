import { beforeEach, describe, expect, it } from 'vitest';
import type { Account, AccountStore, Rotation, Session } from './account-store.ts';

const account = (personId: string, more: Partial<Account> = {}): Account => ({
  personId,
  email: `${personId}@desk.example`,
  passwordHash: 'hash',
  active: true,
  createdAt: 1,
  ...more,
});

const session = (id: string, personId: string, more: Partial<Session> = {}): Session => ({
  id,
  personId,
  device: `device of ${id}`,
  deviceName: null,
  createdAt: 10,
  lastSeenAt: 10,
  clockAhead: null,
  accessHash: `access of ${id}`,
  accessExpiresAt: 100,
  familyHash: `family of ${id}`,
  refreshHash: `refresh of ${id}`,
  refreshExpiresAt: 1_000,
  ...more,
});

const next = (more: Partial<Rotation> = {}): Rotation => ({
  now: 50,
  accessHash: 'access 2',
  accessExpiresAt: 150,
  refreshHash: 'refresh 2',
  refreshExpiresAt: 1_050,
  device: null,
  ...more,
});

/** What every store of accounts has to do alike. `make` answers an empty one. */
export function accountStoreSuite(name: string, make: () => Promise<AccountStore>): void {
  describe(`accounts in ${name}`, () => {
    let store: AccountStore;
    beforeEach(async () => {
      store = await make();
    }, 120_000);

    it('are found by person and by e-mail, and listed by e-mail', async () => {
      expect(await store.count()).toBe(0);
      expect(await store.add(account('bo'))).toBeNull();
      expect(await store.add(account('ada'))).toBeNull();
      expect(await store.count()).toBe(2);
      expect(await store.byPerson('bo')).toEqual(account('bo'));
      expect(await store.byEmail('ada@desk.example')).toEqual(account('ada'));
      expect(await store.byEmail('nobody')).toBeNull();
      expect(await store.byPerson(`' OR '1'='1`)).toBeNull();
      expect((await store.all()).map(({ personId }) => personId)).toEqual(['ada', 'bo']);
    });

    it('are one for a person and one for an e-mail', async () => {
      await store.add(account('ada'));
      expect(await store.add(account('ada', { email: 'other' }))).toBe('accountExists');
      expect(await store.add(account('bo', { email: 'ada@desk.example' }))).toBe('emailTaken');
      expect(await store.count()).toBe(1);
    });

    it('change their password and whether they are active', async () => {
      await store.add(account('ada'));
      expect(await store.setPassword('ada', 'other')).toBe(true);
      expect(await store.setActive('ada', false)).toBe(true);
      expect(await store.byPerson('ada')).toEqual(account('ada', { passwordHash: 'other', active: false }));
      expect(await store.setPassword('bo', 'other')).toBe(false);
      expect(await store.setActive('bo', true)).toBe(false);
    });

    it('gives each device a place of its own for good, also when several ask at once', async () => {
      const asked = ['place 1', 'place 2', 'place 1', 'place 3', 'place 2'];
      const places = await Promise.all(asked.map((device) => store.placeOf(device)));
      expect(places[2]).toBe(places[0]);
      expect(places[4]).toBe(places[1]);
      expect(new Set(places).size).toBe(3);
      expect(places.every((place) => place >= 1)).toBe(true);
      expect(await store.placeOf('place 3')).toBe(places[3]);
    });

    it('have a session until it ends', async () => {
      await store.add(account('ada'));
      expect(await store.openSession(session('s', 'ada', { deviceName: 'Desk 3' }))).toBeNull();
      expect(await store.sessionByAccess('access of s')).toEqual(session('s', 'ada', { deviceName: 'Desk 3' }));
      expect(await store.isSessionOpen('s')).toBe(true);
      expect(await store.endSession('s')).toBe(true);
      expect(await store.endSession('s')).toBe(false);
      expect(await store.sessionByAccess('access of s')).toBeNull();
      expect(await store.isSessionOpen('s')).toBe(false);
    });

    it('have one session on a device', async () => {
      await store.add(account('ada'));
      await store.add(account('bo'));
      await store.openSession(session('s', 'ada', { device: 'd' }));
      expect(await store.openSession(session('t', 'bo', { device: 'd' }))).toBeNull();
      expect(await store.openSession(session('u', 'ada', { device: 'd' }))).toBe('s');
      expect((await store.sessionsOf('ada')).map(({ id }) => id)).toEqual(['u']);
      expect((await store.sessionsOf('bo')).map(({ id }) => id)).toEqual(['t']);
    });

    it('sign in once on a device, even when two try at the same moment', async () => {
      await store.add(account('ada'));
      const both = ['s', 't'].map((id) => store.openSession(session(id, 'ada', { device: 'd' })));
      expect((await Promise.all(both)).filter((ended) => ended !== null)).toHaveLength(1);
      expect(await store.sessionsOf('ada')).toHaveLength(1);
    });

    it('have no session that counts while they are inactive', async () => {
      await store.add(account('ada'));
      await store.openSession(session('s', 'ada'));
      await store.setActive('ada', false);
      expect(await store.sessionByAccess('access of s')).toBeNull();
      expect(await store.isSessionOpen('s')).toBe(false);
      expect(await store.rotate('family of s', 'refresh of s', next())).toEqual({ was: 'revoked' });
    });

    it('SPEC 7.9: know the tokens of sessions that were ended on purpose until they would have run out, and no others', async () => {
      await store.add(account('ada'));
      for (const id of ['s', 't', 'u', 'v']) await store.openSession(session(id, 'ada'));
      await store.endSession('s');
      await store.rotate('family of t', 'refresh of t', next());
      await store.rotate('family of t', 'refresh of t', next());
      await store.openSession(session('w', 'ada', { device: 'device of u' }));
      await store.endSessionsOf('ada', 'w');
      const was = async (id: string, now = 50) => (await store.rotate(`family of ${id}`, 'any', next({ now }))).was;
      expect([await was('s'), await was('v')]).toEqual(['revoked', 'revoked']);
      expect([await was('t'), await was('u'), await was('never')]).toEqual(['unknown', 'unknown', 'unknown']);
      expect(await was('s', 1_000)).toBe('unknown');
    });

    it('rotate the tokens of a session', async () => {
      await store.add(account('ada'));
      await store.openSession(session('s', 'ada'));
      const { now, device, ...tokens } = next();
      const rotated = { ...session('s', 'ada'), ...tokens, lastSeenAt: now };
      expect(await store.rotate('family of s', 'refresh of s', next())).toEqual({ was: 'good', session: rotated });
      expect(await store.sessionByAccess('access of s')).toBeNull();
      expect(await store.sessionByAccess('access 2')).toEqual(rotated);
      expect(device).toBeNull();
    });

    it('end a session whose used token comes again', async () => {
      await store.add(account('ada'));
      await store.openSession(session('s', 'ada'));
      await store.rotate('family of s', 'refresh of s', next());
      expect(await store.rotate('family of s', 'refresh of s', next())).toMatchObject({
        was: 'reused',
        session: { id: 's' },
      });
      expect(await store.isSessionOpen('s')).toBe(false);
      expect(await store.rotate('family of s', 'refresh 2', next())).toEqual({ was: 'unknown' });
    });

    it('give new tokens to one of two who bring the same one', async () => {
      await store.add(account('ada'));
      await store.openSession(session('s', 'ada'));
      const both = ['a', 'b'].map((hash) =>
        store.rotate('family of s', 'refresh of s', next({ accessHash: hash, refreshHash: hash })),
      );
      expect((await Promise.all(both)).map(({ was }) => was).sort()).toEqual(['good', 'reused']);
      expect(await store.isSessionOpen('s')).toBe(false);
    });

    it('do not know a refresh token that expired', async () => {
      await store.add(account('ada'));
      await store.openSession(session('s', 'ada'));
      expect(await store.rotate('family of s', 'refresh of s', next({ now: 1_000 }))).toEqual({ was: 'unknown' });
    });

    it('move a session to another device, in the place of the one that was there', async () => {
      await store.add(account('ada'));
      await store.openSession(session('s', 'ada', { device: 'old' }));
      await store.openSession(session('t', 'ada', { device: 'new' }));
      await store.rotate('family of s', 'refresh of s', next({ device: 'new' }));
      expect((await store.sessionsOf('ada')).map(({ id, device }) => [id, device])).toEqual([['s', 'new']]);
    });

    it('note when and with what clock a device was there', async () => {
      await store.add(account('ada'));
      await store.openSession(session('s', 'ada'));
      await store.seen('s', 20, -5);
      await store.seen('s', 30, null);
      expect(await store.sessionsOf('ada')).toEqual([session('s', 'ada', { lastSeenAt: 30, clockAhead: -5 })]);
    });

    it('end all sessions of a person, but for one if so asked', async () => {
      await store.add(account('ada'));
      await store.add(account('bo'));
      for (const id of ['s', 't', 'u']) await store.openSession(session(id, 'ada'));
      await store.openSession(session('v', 'bo'));
      expect([...(await store.endSessionsOf('ada', 't'))].sort()).toEqual(['s', 'u']);
      expect(await store.endSessionsOf('ada', null)).toEqual(['t']);
      expect(await store.isSessionOpen('v')).toBe(true);
    });

    it('offer one link at a time, and it is taken once', async () => {
      await store.offerLink('one');
      await store.offerLink('two');
      expect(await store.isLinkGood('one')).toBe(false);
      expect(await store.isLinkGood('two')).toBe(true);
      expect(await store.takeLink('one')).toBe(false);
      expect(await Promise.all([store.takeLink('two'), store.takeLink('two')])).toContain(false);
      expect(await store.isLinkGood('two')).toBe(false);
    });
  });
}
