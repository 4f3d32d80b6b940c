import type { AccountStore } from './account-store.ts';
import { hashOf, newSecret } from './tokens.ts';

/** The secret by which the first administrator is made, once, while there is no account. */
export class SetupLink {
  private readonly store: AccountStore;

  constructor(store: AccountStore) {
    this.store = store;
  }

  /** A fresh secret in the place of any before it; null when there is an account already. */
  async offer(): Promise<string | null> {
    if ((await this.store.count()) > 0) return null;
    const secret = newSecret();
    await this.store.offerLink(hashOf(secret));
    return secret;
  }

  async isGood(secret: string): Promise<boolean> {
    return (await this.store.isLinkGood(hashOf(secret))) && (await this.store.count()) === 0;
  }

  /** True for one caller only. */
  take(secret: string): Promise<boolean> {
    return this.store.takeLink(hashOf(secret));
  }

  /** When what it was taken for did not come about. */
  giveBack(secret: string): Promise<void> {
    return this.store.offerLink(hashOf(secret));
  }
}
