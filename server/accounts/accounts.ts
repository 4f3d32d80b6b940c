import { v7 as newId } from 'uuid';
import type { AccountView, CreateAccountRequest, DeviceView } from '#contracts/api/accounts.ts';
import type { SignedInUser } from '#contracts/api/auth.ts';
import { type Id, type Instant, SYSTEM_ACTOR } from '#domain/activity/activity.ts';
import { nameBasedId } from '#domain/activity/ids.ts';
import { blankPerson } from '#domain/directory/blank-person.ts';
import type { Person } from '#domain/directory/directory.ts';
import { foldedName } from '#domain/directory/names.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { Account, AccountStore, Session } from './account-store.ts';
import type { Directory, NotSaved } from './directory.ts';
import type { Passwords } from './passwords.ts';
import type { Sessions } from './sessions.ts';

export interface AccountPorts {
  readonly store: AccountStore;
  readonly directory: Directory;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly now: () => Instant;
}

export type AccountRefusal = NotSaved | { readonly code: 'emailTaken' | 'accountExists' | 'ownAccount' | 'notFound' };

/** Who may sign in, as administrators make and unmake it. What it says of people goes through the authority. */
export class Accounts {
  private readonly ports: AccountPorts;

  constructor(ports: AccountPorts) {
    this.ports = ports;
  }

  /** The account of these credentials, if they are right and it may sign in. Takes as long for any other. */
  async signIn(email: string, password: string): Promise<{ account: Account; person: Person } | null> {
    const account = await this.ports.store.byEmail(foldedName(email));
    const right = await this.ports.passwords.isRight(password, account?.passwordHash ?? null);
    if (account === null || !right || !account.active) return null;
    const person = await this.ports.directory.person(account.personId);
    return person?.active === true ? { account, person } : null;
  }

  /** Null when this person may no longer be signed in. */
  async user(personId: Id): Promise<SignedInUser | null> {
    const account = await this.ports.store.byPerson(personId);
    const person = await this.ports.directory.person(personId);
    return account?.active === true && person?.active === true ? userOf(account, person) : null;
  }

  async list(): Promise<readonly AccountView[]> {
    const people = new Map((await this.ports.directory.people()).map((person) => [person.id, person]));
    return (await this.ports.store.all()).map((account) => viewOf(account, people.get(account.personId) ?? null));
  }

  /**
   * The person's record first, by a command of `actor`; a person whom the directory knows by e-mail is that one.
   * @param idOfNew of the record, if there is none yet
   */
  async create(
    actor: Id,
    wanted: CreateAccountRequest,
    idOfNew: Id = newId(),
  ): Promise<Result<AccountView, AccountRefusal>> {
    const { store, directory, passwords, now } = this.ports;
    const email = foldedName(wanted.email);
    if ((await store.byEmail(email)) !== null) return err({ code: 'emailTaken' });
    const known = await this.known(wanted.personId ?? null, email);
    if (known === null && wanted.personId !== undefined) return err({ code: 'notFound' });
    const person = known === null ? blankPerson({ id: idOfNew, ...named(wanted) }) : { ...known, ...named(wanted) };
    if ((await store.byPerson(person.id)) !== null) return err({ code: 'accountExists' });
    const saved = await directory.savePerson(actor, person);
    if (!saved.ok) return saved;
    const passwordHash = await passwords.hash(wanted.password);
    const account = { personId: person.id, email, passwordHash, active: true, createdAt: now() };
    const taken = await store.add(account);
    return taken === null ? ok(viewOf(account, person)) : err({ code: taken });
  }

  async isAny(): Promise<boolean> {
    return (await this.ports.store.count()) > 0;
  }

  /** As the server itself, while there is no account yet; null when there is one. */
  async createFirst(
    email: string,
    password: string,
    name: string,
  ): Promise<Result<AccountView, AccountRefusal> | null> {
    if (await this.isAny()) return null;
    // Two that try at once mean the same person, whichever comes first.
    const id = nameBasedId('first administrator', foldedName(email));
    return this.create(SYSTEM_ACTOR, { email, password, name, role: 'administrator', teamIds: [] }, id);
  }

  /** Ends all of the person's sessions, but for the one that asks. */
  async setPassword(personId: Id, password: string, askedIn: Id): Promise<Result<null, AccountRefusal>> {
    const { store, passwords, sessions } = this.ports;
    if (!(await store.setPassword(personId, await passwords.hash(password)))) return err({ code: 'notFound' });
    await sessions.endAllOf(personId, askedIn);
    return ok(null);
  }

  async setActive(actor: Id, personId: Id, active: boolean): Promise<Result<null, AccountRefusal>> {
    const { store, directory, sessions } = this.ports;
    if (actor === personId) return err({ code: 'ownAccount' });
    // Shut first: what follows may fail, and is only said then.
    if (!(await store.setActive(personId, active))) return err({ code: 'notFound' });
    if (!active) await sessions.endAllOf(personId);
    const person = await directory.person(personId);
    return person === null ? ok(null) : directory.savePerson(actor, { ...person, active });
  }

  async devices(personId: Id): Promise<readonly DeviceView[]> {
    const { store, now } = this.ports;
    return (await store.sessionsOf(personId)).filter((one) => one.refreshExpiresAt > now()).map(deviceOf);
  }

  async revoke(personId: Id, device: Id): Promise<Result<null, AccountRefusal>> {
    const found = (await this.ports.store.sessionsOf(personId)).find((session) => session.device === device);
    if (found === undefined) return err({ code: 'notFound' });
    await this.ports.sessions.end(found.id);
    return ok(null);
  }

  private async known(personId: Id | null, email: string): Promise<Person | null> {
    if (personId !== null) return this.ports.directory.person(personId);
    const people = await this.ports.directory.people();
    return people.find(({ mail, active }) => active && foldedName(mail) === email) ?? null;
  }
}

const named = ({ name, role, teamIds, email }: CreateAccountRequest) => ({
  name,
  role,
  teamIds,
  mail: email,
  active: true,
});

export const userOf = ({ email }: Account, { id, name, role, teamIds }: Person): SignedInUser => ({
  id,
  name,
  email,
  role,
  teamIds: [...teamIds],
});

const viewOf = ({ personId, email, active, createdAt }: Account, person: Person | null): AccountView => ({
  personId,
  email,
  active,
  createdAt,
  name: person?.name ?? null,
  role: person?.role ?? null,
  teamIds: [...(person?.teamIds ?? [])],
});

const deviceOf = ({ device, deviceName, createdAt, lastSeenAt, clockAhead }: Session): DeviceView => ({
  device,
  name: deviceName,
  signedInAt: createdAt,
  lastSeenAt,
  clockAhead,
});
