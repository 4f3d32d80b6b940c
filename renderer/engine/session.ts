import type { Calls, EngineError, Session, SubmitArgs } from '#contracts/engine/protocol.ts';
import { type Id, type Instant, SYSTEM_ACTOR } from '#domain/activity/activity.ts';
import { LEDGER_KEPT_MS } from '#domain/alerts/alert.ts';
import { blankPerson } from '#domain/directory/blank-person.ts';
import type { Person, Team } from '#domain/directory/directory.ts';
import { isStaff } from '#domain/permissions/permissions.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { personOf } from './agreement/known-people.ts';
import type { DeskSettings, Seats } from './desk-settings.ts';
import type { LiveDesk } from './live-desk.ts';

interface SessionPorts {
  readonly desk: LiveDesk;
  readonly settings: DeskSettings;
  newId(): Id;
  now(): Instant;
  submit(args: SubmitArgs): Promise<Result<unknown, EngineError>>;
  changed(): void;
}

const DESK_NAME = 'Deskbell';

/** Who is at the desk: one person at a time for the whole device. */
export class DeskSession {
  private personId: Id | null = null;
  private seats: Seats = {};
  private introducing: Promise<unknown> = Promise.resolve();
  private readonly ports: SessionPorts;

  constructor(ports: SessionPorts) {
    this.ports = ports;
  }

  get current(): Id | null {
    return this.personId;
  }

  /**
   * Everybody who shares this desk: who is at it, and who has been here within the time alerts are kept. Somebody
   * who only is in the directory, or gone for longer, is not told of anything here.
   */
  sharing(): readonly Id[] {
    const { directory } = this.ports.desk;
    const since = this.ports.now() - LEDGER_KEPT_MS;
    const others = Object.keys(this.seats).filter((id) => (this.seats[id] ?? 0) >= since && id !== this.personId);
    const here = this.personId === null ? [] : [this.personId];
    return [...here, ...others.filter((id) => directory.get('person', id)?.active)];
  }

  /** Reads who was at the desk when the last run ended. */
  async recall(): Promise<void> {
    const { personId, seats } = await this.ports.settings.read();
    this.personId = personId;
    this.seats = seats;
  }

  /** The desk was brought up: takes up where it ended, if that person is still known. */
  restore(): void {
    const { personId } = this;
    this.personId = this.find(personId) === null ? null : personId;
    this.ports.changed();
  }

  session(): Session {
    const person = this.find(this.personId);
    return { personId: person?.id ?? null, person, deskName: DESK_NAME };
  }

  /** Who signed in at a desk with a server is known before the directory comes, and until it is taken along. */
  private find(personId: Id | null): Person | null {
    const { directory, membership } = this.ports.desk;
    const known = membership.people.find((one) => one.personId === personId);
    return directory.get('person', personId) ?? (known ? personOf(known) : null);
  }

  async switchTo(personId: Id): Promise<Result<null, EngineError>> {
    const person = this.find(personId);
    if (!person) return err({ code: 'refused', refusal: { code: 'notFound', details: { what: 'person' } } });
    const left = this.personId;
    const now = this.ports.now();
    this.personId = personId;
    this.seats = { ...this.seats, ...(left === null ? {} : { [left]: now }), [personId]: now };
    await this.ports.settings.write({ person, seats: this.seats, firstPage: null });
    this.ports.changed();
    return ok(null);
  }

  /**
   * Makes the person and, when it is new, the team; then that person is at the desk. Somebody of this name is taken
   * as the same person, who gets the role and joins the team; also when two windows introduce them at once.
   */
  introduce(args: Calls['introduce']['args']): Promise<Result<{ personId: Id }, EngineError>> {
    const introduced = this.introducing.then(() => this.introduceOne(args));
    this.introducing = introduced.catch(() => undefined);
    return introduced;
  }

  private async introduceOne({
    name,
    teamName,
    role,
  }: Calls['introduce']['args']): Promise<Result<{ personId: Id }, EngineError>> {
    const known = this.personNamed(name);
    const personId = known?.id ?? this.ports.newId();
    const team = this.teamNamed(teamName);
    const teamId = team?.id ?? this.ports.newId();
    // The person first: from then on there is somebody who may configure.
    const before = known ?? blankPerson({ id: personId, name, role });
    const person: Person = { ...before, role, teamIds: [...new Set([...before.teamIds, teamId])] };
    const actor = known && !isStaff(known.role) ? SYSTEM_ACTOR : personId;
    const made = await this.makeBoth(actor, person, team ? null : newTeam(teamId, teamName), known);
    if (!made.ok) return made;
    const switched = await this.switchTo(personId);
    return switched.ok ? ok({ personId }) : switched;
  }

  /** A person names only teams that are there, and a team is saved by a person who is: hence up to three steps. */
  private async makeBoth(
    actor: Id,
    person: Person,
    team: Team | null,
    known: Person | null,
  ): Promise<Result<null, EngineError>> {
    if (team) {
      const begun = known ? ok(null) : await this.save(actor, { kind: 'person', record: { ...person, teamIds: [] } });
      if (!begun.ok) return begun;
      const saved = await this.save(actor, { kind: 'team', record: team });
      if (!saved.ok) return saved;
    }
    return this.save(actor, { kind: 'person', record: person });
  }

  private async save(actor: Id, args: SubmitArgs<'directory.save'>['args']): Promise<Result<null, EngineError>> {
    const saved = await this.ports.submit({
      commandId: this.ports.newId(),
      name: 'directory.save',
      args,
      personId: actor,
    });
    const nothingNew = !saved.ok && saved.error.refusal?.code === 'nothingChanged';
    return saved.ok || nothingNew ? ok(null) : saved;
  }

  /** Staff before callers: an import may have brought a caller of the same name. */
  private personNamed(name: string): Person | null {
    const wanted = name.trim().toLocaleLowerCase();
    const all = this.ports.desk.directory.byName('person');
    const people = all.filter((one) => one.active && one.name.trim().toLocaleLowerCase() === wanted);
    return people.find((one) => isStaff(one.role)) ?? people[0] ?? null;
  }

  private teamNamed(name: string): Team | null {
    const wanted = name.trim().toLocaleLowerCase();
    const all = this.ports.desk.directory.byName('team');
    return all.find((one) => one.name.trim().toLocaleLowerCase() === wanted) ?? null;
  }
}

const newTeam = (id: Id, name: string): Team => ({ id, name, active: true, source: null });
