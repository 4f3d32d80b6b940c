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

/** The link of an activity after the one whose hash is `previous`; null: the subject's first. */
export function linkOf(previous: string | null, activity: Activity, salt: string): Link {
  const { payload, ...envelope } = activity;
  return linked(previous, envelope, sealedWith(salt, payload));
}

const sealedWith = (salt: string, payload: unknown): string => hashOf('payload', salt, canonicalJson(payload));

const linked = (previous: string | null, envelope: Omit<Activity, 'payload'>, sealed: string): Link => ({
  sealed,
  hash: hashOf('link', previous ?? '', canonicalJson(envelope), sealed),
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
): Result<string | null, ChainFlaw> {
  let before = previous;
  for (const [at, { activity, salt, link }] of chain.entries()) {
    const { payload, ...envelope } = activity;
    const first = chain[0]?.activity.subject ?? envelope.subject;
    if (envelope.subject.kind !== first.kind || envelope.subject.id !== first.id) return err({ at, flaw: 'subject' });
    const intact = salt === null ? payload === undefined : sealedWith(salt, payload) === link.sealed;
    if (!intact) return err({ at, flaw: 'payload' });
    if (linked(before, envelope, link.sealed).hash !== link.hash) return err({ at, flaw: 'link' });
    before = link.hash;
  }
  return ok(before);
}

/** One hash over the heads of all chains, by subject: what is kept elsewhere each day shows that none was rewritten. */
export function sealOf(heads: ReadonlyMap<string, string>): string {
  const names = [...heads.keys()].toSorted((one, other) => (one < other ? -1 : 1));
  return hashOf('seal', ...names.flatMap((name) => [name, heads.get(name) ?? '']));
}

/** SHA-256 in hexadecimal over parts of which each tells its length, so that none runs into the next. */
function hashOf(kind: string, ...parts: readonly string[]): string {
  const text = [kind, ...parts].map((part) => `${part.length}:${part}`).join('');
  return [...sha256(utf8(text))].map((word) => word.toString(16).padStart(8, '0')).join('');
}
