import { afterEach, beforeEach, describe } from 'vitest';
import type { PushRequest } from '#contracts/sync/wire.ts';
import type { Network } from './network.ts';
import {
  account,
  type NetworkUnderTest,
  networkUnderTest,
  pushOf,
  type Surroundings,
  surroundings,
} from './network-under-test.suite.ts';

export const REFRESH = 'POST /api/v1/auth/refresh';
const ACCESS_LIVES = 15 * 60_000;

/** A desk with somebody signed in at our own server, over a way on which a test can do harm. */
export class SignedInDesk {
  around = {} as Surroundings;
  desk = {} as NetworkUnderTest;
  person = '';
  private clock = 0;

  /** Another run, or another desk. */
  begin(parts: Parameters<typeof networkUnderTest>[0] = {}): NetworkUnderTest {
    return networkUnderTest({ steady: () => this.clock, ...parts });
  }

  async signIn(network: Network): Promise<string> {
    await network.connect({ address: this.around.way.address });
    const answer = await network.signIn(account);
    if (!answer.ok) throw new Error(answer.error.code);
    return answer.value.user.id;
  }

  /** The code of what came of a push. */
  async push(request: PushRequest = pushOf()): Promise<string> {
    const answer = await this.desk.network.push({ person: this.person, request });
    return answer.ok ? 'ok' : answer.error.code;
  }

  refreshes(): number {
    return this.around.way.passed.filter(({ line }) => line === REFRESH).length;
  }

  /** Access tokens run out on the server; `known`: the desk's own clock says so too. */
  runOut(known = false): void {
    this.around.server.clock.now += ACCESS_LIVES + 1;
    if (known) this.clock += ACCESS_LIVES + 1;
  }
}

export function describeSignedIn(name: string, tests: (t: SignedInDesk) => void): void {
  describe(name, () => {
    const t = new SignedInDesk();
    beforeEach(async () => {
      t.around = await surroundings();
      t.desk = t.begin();
      t.person = await t.signIn(t.desk.network);
    });
    afterEach(async () => {
      await t.desk.network.close();
      await t.around.way.close();
    });
    tests(t);
  });
}
