import { ok, type Result } from '#contracts/host/host-rules.ts';
import type { NetworkFault } from '#contracts/host/network.ts';
import { fault } from '#electron/network/faults.ts';

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/** This machine itself: what goes there passes no line on which anybody could listen. */
const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);

const parse = (address: string): URL | null => {
  try {
    return new URL(address);
  } catch {
    return null;
  }
};

/** Whether a request may go there at all: with TLS anywhere, without to this machine alone. */
export const isSpokenTo = (url: string): boolean => {
  const { protocol = '', hostname = '' } = parse(url) ?? {};
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
};

/**
 * The origin a person means by an address: with https where they named no scheme. Only this machine is spoken to
 * without TLS. A path, a name or a password in it is more than an address.
 */
export const originOf = (typed: string): Result<string, NetworkFault> => {
  const text = typed.trim();
  const url = parse(SCHEME.test(text) ? text : `https://${text}`);
  if (!url || !['https:', 'http:'].includes(url.protocol) || url.hostname === '') return fault('badAddress');
  if (url.username !== '' || url.password !== '') return fault('badAddress');
  if (`${url.pathname}${url.search}${url.hash}` !== '/') return fault('badAddress');
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return fault('notSecure');
  return ok(url.origin);
};
