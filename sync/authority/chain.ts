import type { Activity } from '#domain/activity/activity.ts';
import { sha256 } from '#domain/activity/sha256.ts';
import { utf8 } from '#domain/activity/utf8.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { canonicalJson } from './canonical-json.ts';

/**
 * The chain of one subject's activities (SPEC 15): each link's hash covers the one before, the envelope, and the
 * payload through a hash of its own. Taking a payload and its salt away leaves that hash, so the rest still verifies,
 * and without the salt nobody can guess the payload from it.
 */
export interface Link {
  /** H(salt, payload). */
  readonly sealed: string;
  /** H(previous, envelope, sealed). */
  readonly hash: string;
}

/** An activity as kept: with its salt, or redacted and without payload and salt. */
export interface Chained {
  readonly activity: Omit<Activity, 'payload'> & { readonly payload?: unknown };
  /** Random, one for each activity; null once redacted. */
  readonly salt: string | null;
  readonly link: Link;
}

/** SHA-256 of a text's UTF-8 bytes, in hexadecimal. Whoever has a faster one hands it in: all tell the same. */
export type Hash = (text: string) => string;

export const pureHash: Hash = (text) =>
  [...sha256(utf8(text))].map((word) => word.toString(16).padStart(8, '0')).join('');

/** The link of an activity after the one whose hash is `previous`; null: the subject's first. */
export function linkOf(previous: string | null, activity: Activity, salt: string, hash: Hash = pureHash): Link {
  const { payload, ...envelope } = activity;
  return linked(previous, envelope, sealedWith(salt, payload, hash), hash);
}

const sealedWith = (salt: string, payload: unknown, hash: Hash): string =>
  hash(joined('payload', salt, canonicalJson(payload)));

const linked = (previous: string | null, envelope: Omit<Activity, 'payload'>, sealed: string, hash: Hash): Link => ({
  sealed,
  hash: hash(joined('link', previous ?? '', canonicalJson(envelope), sealed)),
});

/** Without payload and salt; everything else, the link included, stays as it was. */
export function redacted({ activity, link }: Chained): Chained {
  const { payload: _, ...envelope } = activity;
  return { activity: envelope, salt: null, link };
}

/**
 * `payload`: it is not the one that was sealed. `link`: this entry, or one before it, was changed, added, moved or
 * taken away. `subject`: it belongs to another subject's chain.
 */
export interface ChainFlaw {
  readonly at: number;
  readonly flaw: 'payload' | 'link' | 'subject';
}

/**
 * Verifies the whole chain of one subject, or the part that follows the hash `previous`. Answers the hash of its head,
 * which a seal can be compared with: a chain cut short at its end verifies by itself.
 */
export function verifyChain(
  chain: readonly Chained[],
  previous: string | null = null,
  hash: Hash = pureHash,
): Result<string | null, ChainFlaw> {
  let before = previous;
  const first = chain[0]?.activity.subject;
  for (const [at, one] of chain.entries()) {
    const { kind, id } = one.activity.subject;
    const flaw = kind !== first?.kind || id !== first.id ? 'subject' : flawOf(before, one, hash);
    if (flaw !== null) return err({ at, flaw });
    before = one.link.hash;
  }
  return ok(before);
}

/** What is wrong with an entry behind the hash `previous`; null when it is whole. */
export function flawOf(
  previous: string | null,
  { activity, salt, link }: Chained,
  hash: Hash,
): ChainFlaw['flaw'] | null {
  const { payload, ...envelope } = activity;
  const intact = salt === null ? payload === undefined : sealedWith(salt, payload, hash) === link.sealed;
  if (!intact) return 'payload';
  return linked(previous, envelope, link.sealed, hash).hash === link.hash ? null : 'link';
}

/** One hash over the heads of all chains, by subject: what is kept elsewhere each day shows that none was rewritten. */
export function sealOf(heads: ReadonlyMap<string, string>, hash: Hash = pureHash): string {
  const names = [...heads.keys()].toSorted((one, other) => (one < other ? -1 : 1));
  return hash(joined('seal', ...names.flatMap((name) => [name, heads.get(name) ?? ''])));
}

/** Each part tells its length, so that none runs into the next. */
const joined = (...parts: readonly string[]): string => parts.map((part) => `${part.length}:${part}`).join('');
