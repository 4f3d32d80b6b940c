import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';

export interface LoginLimits {
  /** Attempts within the window before the next one has to wait. */
  readonly accountFromAddress: number;
  readonly account: number;
  readonly address: number;
  /** Seconds. */
  readonly window: number;
}
export const LOGIN_LIMITS: LoginLimits = { accountFromAddress: 10, account: 100, address: 100, window: 15 * 60 };

/**
 * Holds those who try passwords: per account and address, per account, and per address. An e-mail that nobody has is
 * counted like any other. A right password clears what its own address had tried on that account, and only that.
 */
export class LoginGuard {
  private readonly limiters: readonly { readonly limiter: RateLimiterMemory; readonly key: KeyOf }[];

  constructor(limits: LoginLimits = LOGIN_LIMITS) {
    const limiter = (points: number) =>
      new RateLimiterMemory({ points, duration: limits.window, blockDuration: limits.window });
    this.limiters = [
      { limiter: limiter(limits.accountFromAddress), key: (email, address) => `${address} ${email}` },
      { limiter: limiter(limits.account), key: (email) => email },
      { limiter: limiter(limits.address), key: (_, address) => address },
    ];
  }

  /** Counts an attempt. Seconds to wait, or null to go on. */
  async enter(email: string, address: string): Promise<number | null> {
    const waits = await Promise.all(
      this.limiters.map(({ limiter, key }) =>
        limiter.consume(key(email, address)).then(
          () => 0,
          (held: RateLimiterRes) => held.msBeforeNext,
        ),
      ),
    );
    const wait = Math.max(...waits);
    return wait > 0 ? Math.ceil(wait / 1_000) : null;
  }

  async passed(email: string, address: string): Promise<void> {
    const [own, ...others] = this.limiters;
    await own?.limiter.delete(own.key(email, address));
    for (const { limiter, key } of others) await limiter.reward(key(email, address), 1);
  }
}

type KeyOf = (email: string, address: string) => string;
