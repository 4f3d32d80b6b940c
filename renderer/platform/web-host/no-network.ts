import type { NetworkHost } from '#contracts/host/network.ts';

const notSupported = async () => ({ ok: false, error: { code: 'notSupported' } }) as const;

/** A page of a plain browser may speak to nobody but its own origin: this desk works alone, and says so. */
export const noNetwork: NetworkHost = {
  state: async () => ({ mode: 'notSupported' }),
  connect: notSupported,
  signIn: notSupported,
  signInByBrowser: notSupported,
  cancelSignIn: notSupported,
  signOut: notSupported,
  disconnect: notSupported,
  push: notSupported,
  pull: notSupported,
  subject: notSupported,
  find: notSupported,
  size: notSupported,
  onPoke: () => () => undefined,
  look: () => undefined,
  onPresence: () => () => undefined,
};
