import { beforeEach, describe, expect, it } from 'vitest';
import type { Begun, Passed, SignInStore } from './sign-in-store.ts';

const begun = (stateHash: string, more: Partial<Begun> = {}): Begun => ({
  stateHash,
  nonce: 'nonce',
  verifier: 'verifier',
  device: 'd',
  challenge: 'challenge',
  port: 50_000,
  deskState: 'of the desk',
  expiresAt: 100,
  ...more,
});

const passed = (codeHash: string, more: Partial<Passed> = {}): Passed => ({
  codeHash,
  personId: 'ada',
  device: 'd',
  challenge: 'challenge',
  expiresAt: 100,
  ...more,
});

/** What every store of sign-ins has to do alike. `make` answers an empty one that knows the account of `ada`. */
export function signInStoreSuite(name: string, make: () => Promise<SignInStore>): void {
  describe(`sign-ins in ${name}`, () => {
    let store: SignInStore;
    beforeEach(async () => {
      store = await make();
    }, 120_000);

    it('are taken once, and only by their own secret', async () => {
      expect(await store.begin(begun('s'), 1, 10)).toBe(true);
      expect(await store.takeBegun('t', 1)).toBeNull();
      expect(await store.takeBegun('s', 1)).toEqual(begun('s'));
      expect(await store.takeBegun('s', 1)).toBeNull();
      await store.pass(passed('c'), 1);
      expect(await store.takePassed(`' OR '1'='1`, 1)).toBeNull();
      expect(await store.takePassed('c', 1)).toEqual(passed('c'));
      expect(await store.takePassed('c', 1)).toBeNull();
    });

    it('are given to one of two who come at the same moment', async () => {
      await store.begin(begun('s'), 1, 10);
      const both = await Promise.all([store.takeBegun('s', 1), store.takeBegun('s', 1)]);
      expect(both.filter((one) => one !== null)).toHaveLength(1);
      await store.pass(passed('c'), 1);
      const codes = await Promise.all([store.takePassed('c', 1), store.takePassed('c', 1)]);
      expect(codes.filter((one) => one !== null)).toHaveLength(1);
    });

    it('expire', async () => {
      await store.begin(begun('s'), 1, 10);
      expect(await store.takeBegun('s', 100)).toBeNull();
      await store.pass(passed('c'), 1);
      expect(await store.takePassed('c', 100)).toBeNull();
      expect(await store.takePassed('c', 1)).toBeNull();
    });

    it('are so many and no more, until some have expired or were taken', async () => {
      expect(await store.begin(begun('s'), 1, 2)).toBe(true);
      expect(await store.begin(begun('t', { expiresAt: 200 }), 1, 2)).toBe(true);
      expect(await store.begin(begun('u'), 99, 2)).toBe(false);
      expect(await store.takeBegun('u', 99)).toBeNull();
      expect(await store.begin(begun('v', { expiresAt: 200 }), 100, 2)).toBe(true);
      expect(await store.begin(begun('w'), 101, 2)).toBe(false);
      await store.takeBegun('t', 101);
      expect(await store.begin(begun('w', { expiresAt: 300 }), 101, 2)).toBe(true);
    });
  });
}
