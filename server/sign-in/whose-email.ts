import { v5 as idFromName, v7 as newId } from 'uuid';
import type { BrowserRefusal } from '#contracts/api/browser-sign-in.ts';
import { isStorable } from '#contracts/api/texts.ts';
import { type Id, SYSTEM_ACTOR } from '#domain/activity/activity.ts';
import type { Role } from '#domain/directory/directory.ts';
import { foldedName } from '#domain/directory/names.ts';
import { TEXT_LIMITS } from '#domain/incident/fields.schema.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { AccountStore } from '#server/accounts/account-store.ts';
import type { Accounts } from '#server/accounts/accounts.ts';
import type { Directory } from '#server/accounts/directory.ts';
import { newSecret } from '#server/accounts/tokens.ts';

export interface PeoplePorts {
  readonly store: AccountStore;
  readonly accounts: Accounts;
  readonly directory: Directory;
  /** What somebody without an account becomes whom the directory does not know; null: nobody gets in without one. */
  readonly newcomers: Role | null;
}

type Refusal = Extract<BrowserRefusal, 'personUnknown' | 'personDeactivated' | 'busy'>;

const NEWCOMERS = '0f9c8ad1-5d0e-4c0b-9d6e-3f1f6f4f1d52';

const ADDRESS = /^[^\s@]+@[^\s@]+$/;
/** Accounts are found by what looks alike, which is right for whoever types. A mailbox of other letters is another one. */
const isPlain = (email: string): boolean => email === email.normalize('NFKC');

/**
 * The person whose e-mail this is, who may sign in: whoever has the account, or else gets one now if newcomers do. What
 * the directory says of somebody stays as it is, their role above all.
 */
export async function whoseEmail(ports: PeoplePorts, email: string, name: string | null): Promise<Result<Id, Refusal>> {
  if (!isPlain(email)) return err('personUnknown');
  const account = await ports.store.byEmail(foldedName(email));
  if (account !== null) {
    const user = await ports.accounts.user(account.personId);
    return user === null ? err('personDeactivated') : ok(account.personId);
  }
  const mayCome = ADDRESS.test(email) && email.length <= TEXT_LIMITS.name;
  return ports.newcomers !== null && mayCome ? newcomer(ports, ports.newcomers, email, name) : err('personUnknown');
}

async function newcomer(
  ports: PeoplePorts,
  role: Role,
  email: string,
  name: string | null,
): Promise<Result<Id, Refusal>> {
  const folded = foldedName(email);
  const namesakes = (await ports.directory.people()).filter(({ mail }) => foldedName(mail) === folded);
  const known = namesakes.find(({ active }) => active);
  // Somebody who left does not come back by a sign-in.
  if (known === undefined && namesakes.length > 0) return err('personDeactivated');
  const wanted = {
    email: known?.mail ?? email,
    // Nobody knows it, this server included.
    password: newSecret(),
    name: known?.name ?? nameOf(name, email),
    role: known?.role ?? role,
    teamIds: [...(known?.teamIds ?? [])],
    ...(known === undefined ? {} : { personId: known.id }),
  };
  const made = await ports.accounts.create(SYSTEM_ACTOR, wanted, await idOf(ports, folded));
  if (made.ok) return ok(made.value.personId);
  const { code } = made.error;
  // The same person came twice, and the other one was quicker.
  if (code === 'emailTaken' || code === 'accountExists') return whoseEmail({ ...ports, newcomers: null }, email, name);
  return err(code === 'busy' || code === 'unavailable' ? 'busy' : 'personUnknown');
}

/** The same wherever somebody comes in for the first time, so that two nodes make one person of them. */
async function idOf({ directory }: PeoplePorts, email: string): Promise<Id> {
  const own = idFromName(email, NEWCOMERS);
  // An e-mail that somebody had before is theirs no longer; what they did stays theirs.
  return (await directory.person(own)) === null ? own : newId();
}

const nameOf = (name: string | null, email: string): string => {
  const said = (name ?? '').trim();
  const fits = said !== '' && said.length <= TEXT_LIMITS.name && isStorable(said);
  return fits ? said : (email.split('@')[0] ?? email);
};
