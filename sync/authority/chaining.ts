import type { Activity, Subject } from '#domain/activity/activity.ts';
import { type Hash, type Link, linkOf } from './chain.ts';

/** What a log needs to chain what it confirms (SPEC 15). */
export interface Chaining {
  readonly hash: Hash;
  /** Another one each time, that nobody guesses. */
  readonly newSalt: () => string;
}

/** The end of a subject's chain: its last hash, and how many entries lead to it. */
export interface ChainHead {
  readonly hash: string;
  readonly length: number;
}

/** The link of an activity, and the salt that hides its payload from whoever sees only the link. */
export interface SaltedLink {
  readonly salt: string;
  readonly link: Link;
}

const PLAIN = /^[\w.:-]{1,128}$/;

/** Under what the chain of a subject is filed: fit for any database, whatever the subject's id is. */
export const chainName = ({ kind, id }: Subject, hash: Hash): string =>
  PLAIN.test(id) ? `${kind} ${id}` : `${kind} #${hash(id)}`;

/** The links of activities in log order, after `heads` by chain name, and where they leave those chains. */
export function chainOn(
  heads: ReadonlyMap<string, ChainHead>,
  activities: readonly Activity[],
  { hash, newSalt }: Chaining,
): { readonly links: readonly SaltedLink[]; readonly heads: ReadonlyMap<string, ChainHead> } {
  const after = new Map<string, ChainHead>();
  const links = activities.map((activity): SaltedLink => {
    const name = chainName(activity.subject, hash);
    const before = after.get(name) ?? heads.get(name);
    const salt = newSalt();
    const link = linkOf(before?.hash ?? null, activity, salt, hash);
    after.set(name, { hash: link.hash, length: (before?.length ?? 0) + 1 });
    return { salt, link };
  });
  return { links, heads: after };
}
