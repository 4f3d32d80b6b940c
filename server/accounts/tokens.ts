import { createHash, randomBytes } from 'node:crypto';

/** A secret that nobody guesses: 256 bits, in letters that need no escaping. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What is kept of a secret. A secret of full strength needs no salt and no slow hash. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** A refresh token names its family, so that one that is no longer good still says whose it was. */
export const refreshToken = (family: string, secret: string): string => `${family}.${secret}`;

export function readRefreshToken(token: string): { readonly family: string; readonly secret: string } | null {
  const [family, secret, ...more] = token.split('.');
  return family && secret && more.length === 0 ? { family, secret } : null;
}
