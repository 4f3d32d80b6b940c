import { type Activity, type Id, type Instant, SYSTEM_ACTOR } from '#domain/activity/activity.ts';
import { nameBasedId } from '#domain/activity/ids.ts';
import type { IncidentActivityType, IncidentPayload } from '#domain/incident/activities/registry.schema.ts';
import type { Hold } from '#domain/incident/incident.ts';
import type { Random } from './random.ts';
import { SAMPLE_SOURCE, type SampleCaller, type SampleCompany } from './sample-company.ts';
import type { Plan } from './sample-plan.ts';
import type { Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios.ts';

export interface SampleContext {
  readonly random: Random;
  readonly company: SampleCompany;
  readonly seed: number;
  readonly now: Instant;
  readonly device: Id;
  /** Who is at the desk. */
  readonly me: Id | null;
}

export interface SampleStory {
  readonly incidentId: Id;
  readonly activities: readonly Activity[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The life of one incident from its recording to where its plan wants it. */
export function sampleStory(plan: Plan, context: SampleContext): SampleStory {
  const { random, company, seed } = context;
  const mine = plan.place === 'me' || plan.place === 'unowned';
  const scenario = random.weighted(mine ? SCENARIOS.filter(({ team }) => team === 'Service Desk') : SCENARIOS);
  const incidentId = nameBasedId('sample', seed, 'incident', plan.ordinal);
  const caller = random.pick(company.callers);
  const staff = company.staffOf(scenario.team);
  const owner = plan.place === 'me' && context.me !== null ? context.me : random.pick(staff);
  const teller = new Teller(incidentId, plan, context, { scenario, caller, owner });
  teller.record();
  if (plan.state !== 'new') teller.work();
  if (plan.state === 'new' && plan.place === 'me') teller.assign();
  if (plan.state === 'onHold') teller.hold(context.now + random.whole(1, 4) * DAY);
  if (plan.state === 'resolved' || plan.state === 'closed') teller.finish();
  if (plan.state === 'canceled') teller.cancel();
  if (plan.state === 'inProgress' && plan.place === 'unowned') teller.letGo();
  return { incidentId, activities: teller.told };
}

interface Cast {
  readonly scenario: Scenario;
  readonly caller: SampleCaller;
  readonly owner: Id;
}

/** Tells one incident's story entry by entry, its clock always moving on and never past the present. */
class Teller {
  readonly told: Activity[] = [];
  private at: Instant;
  private owned: Id | null = null;
  private held: Hold | null = null;
  private readonly incidentId: Id;
  private readonly plan: Plan;
  private readonly context: SampleContext;
  private readonly cast: Cast;

  constructor(incidentId: Id, plan: Plan, context: SampleContext, cast: Cast) {
    this.incidentId = incidentId;
    this.plan = plan;
    this.context = context;
    this.cast = cast;
    this.at = plan.openedAt;
  }

  record(): void {
    const { scenario, caller } = this.cast;
    const { random, company } = this.context;
    const channel = random.pick(scenario.channels);
    const watched = channel === 'monitoring';
    const opener = watched ? SYSTEM_ACTOR : random.pick(company.staffOf('Service Desk'));
    const byCaller = channel === 'email' || channel === 'portal';
    const nowhere = this.plan.place === 'nowhere';
    this.tell(byCaller ? caller.id : opener, 'incident.recorded', {
      number: null,
      kind: scenario.service === 'Software requests' ? 'request' : 'incident',
      channel,
      sourceChannel: null,
      callerId: watched ? null : caller.id,
      affectedId: null,
      contact: null,
      openedById: byCaller || watched ? null : opener,
      organisation: null,
      siteId: caller.siteId,
      location: { room: caller.room, accessNotes: null },
      shortDescription: this.text(random.pick(scenario.shortDescriptions)),
      description: this.text(scenario.description),
      categoryId: nowhere ? null : company.categoryOf(scenario),
      serviceId: nowhere ? null : company.serviceOf(scenario),
      configurationItemIds: [company.itemOf(scenario) ?? []].flat(),
      impact: nowhere ? 3 : scenario.impact,
      urgency: nowhere ? 2 : scenario.urgency,
      assumed: nowhere,
      assignmentGroupId: nowhere ? null : company.teamId(scenario.team),
      assignedToId: null,
      tags: [],
      parentId: null,
      modelId: null,
      confidential: false,
      observed: { source: SAMPLE_SOURCE, number: null, rowVersion: null, values: {}, extra: {} },
    });
  }

  assign(): void {
    const { owner } = this.cast;
    this.later(2, 40);
    this.tell(owner, 'incident.assigned', { from: this.owned, to: owner });
    this.owned = owner;
  }

  work(): void {
    const { random } = this.context;
    const { owner, scenario } = this.cast;
    this.later(3, 90);
    if (random.chance(0.08)) this.transfer();
    this.tell(owner, 'incident.started', { owner: { from: this.owned, to: owner } });
    this.owned = owner;
    const notes = this.plan.state === 'inProgress' ? scenario.notes.slice(0, 1) : scenario.notes;
    for (const [at, body] of notes.entries()) {
      this.later(5, 180);
      this.say(owner, 'incident.note', body);
      if (at === 0 && random.chance(0.7)) this.reply();
    }
    if (this.plan.state === 'closed' && random.chance(0.25)) this.pause();
    if (random.chance(0.03)) this.override();
  }

  /** On hold for a while, and back. */
  private pause(): void {
    this.hold(this.at + 2 * DAY);
    this.later(120, 1_500);
    if (this.cast.scenario.hold.reason === 'awaitingCaller') this.message(this.cast.scenario.answer);
    this.tell(this.cast.owner, 'incident.resumed', { to: 'inProgress', hold: this.held });
    this.held = null;
  }

  hold(until: Instant): void {
    const { owner, scenario } = this.cast;
    this.later(2, 60);
    const entryId = scenario.hold.reason === 'awaitingCaller' ? { entryId: this.reply() } : {};
    const vendor = scenario.hold.vendor === undefined ? null : { name: scenario.hold.vendor, reference: null };
    const approver = scenario.hold.reason === 'awaitingApproval' ? 'Head of department' : null;
    this.held = { reason: scenario.hold.reason, until, since: this.at, from: 'inProgress', vendor, approver };
    this.tell(owner, 'incident.held', { hold: this.held, previous: null, ...entryId });
  }

  finish(): void {
    const { random } = this.context;
    const { caller, scenario } = this.cast;
    this.resolve();
    if (this.plan.state === 'resolved') {
      if (this.plan.place === 'me' || random.chance(0.2))
        this.message('It happened once more this morning. Could you have another look?');
      return;
    }
    if (random.chance(0.05)) this.reopen();
    this.later(60, 5 * 24 * 60);
    const confirmed = random.chance(0.5);
    if (confirmed) this.message(scenario.answer);
    this.tell(confirmed ? caller.id : SYSTEM_ACTOR, 'incident.closed', {
      confirmation: confirmed ? scenario.answer : null,
    });
  }

  private resolve(): void {
    const { owner, scenario } = this.cast;
    this.later(10, 1_200);
    this.tell(owner, 'incident.resolved', {
      ...scenario.resolution,
      confirmedBy: null,
      duplicateOfId: null,
      from: 'inProgress',
      owner: { from: this.owned, to: owner },
    });
  }

  private reopen(): void {
    const { owner } = this.cast;
    this.later(60, 900);
    this.message('Unfortunately it is back again.');
    this.later(5, 60);
    this.tell(owner, 'incident.reopened', {
      reason: 'The caller reports it again.',
      owner: { from: this.owned, to: owner },
    });
    this.resolve();
  }

  cancel(): void {
    const reason = this.context.random.pick(['withdrawn', 'recordedInError', 'spam'] as const);
    this.later(10, 600);
    this.tell(this.cast.owner, 'incident.canceled', { reason, detail: null, from: 'inProgress' });
  }

  /** Work began, and the owner hands it back to the team. */
  letGo(): void {
    this.later(10, 120);
    this.say(this.cast.owner, 'incident.note', 'Off from tomorrow. Everything found so far is above.');
    this.tell(this.cast.owner, 'incident.assigned', { from: this.owned, to: null });
    this.owned = null;
  }

  /** First sent to the service desk, then to whom it belongs. */
  private transfer(): void {
    const { random, company } = this.context;
    const to = company.teamId(this.cast.scenario.team);
    const from = company.teamId('Service Desk');
    if (to === from) return;
    const [first] = this.told;
    if (first) this.told[0] = { ...first, payload: { ...(first.payload as object), assignmentGroupId: from } };
    this.tell(random.pick(company.staffOf('Service Desk')), 'incident.transferred', {
      group: { from, to },
      owner: { from: null, to: null },
      note: 'Not ours to solve; checked power and cables.',
      warm: random.chance(0.3),
      sendBack: false,
    });
    this.later(5, 60);
  }

  private override(): void {
    const { owner } = this.cast;
    const value = this.context.random.pick([2, 3] as const);
    const override = { value, reason: 'Month-end closing depends on it.', by: owner, at: this.at };
    this.tell(owner, 'incident.prioritised', { override, previous: null, why: override.reason, mode: 'corrected' });
  }

  private reply(): Id {
    const entryId = this.nextId();
    this.tell(
      this.cast.owner,
      'incident.reply',
      { entryId, body: this.text(this.cast.scenario.reply), releaseAt: this.at + 15_000 },
      entryId,
    );
    return entryId;
  }

  private message(body: string): void {
    this.later(20, 400);
    const entryId = this.nextId();
    this.tell(this.cast.caller.id, 'incident.message', { entryId, body, channel: 'email' }, entryId);
  }

  private say(actor: Id, type: 'incident.note', body: string): void {
    const entryId = this.nextId();
    this.tell(actor, type, { entryId, body: this.text(body) }, entryId);
  }

  private readonly nextId = (): Id => nameBasedId('sample', this.incidentId, this.told.length);

  /** Moves the clock on, in minutes, up to a little before the present. */
  private later(least: number, most: number): void {
    const limit = Math.max(this.at, this.context.now - 2 * MINUTE);
    this.at = Math.min(this.at + this.context.random.whole(least, most) * MINUTE, limit);
  }

  private text(template: string): string {
    const { device, room, site } = this.cast.caller;
    return template.replaceAll('{device}', device).replaceAll('{room}', `room ${room}`).replaceAll('{site}', site);
  }

  private tell<T extends IncidentActivityType>(
    actor: Id,
    type: T,
    payload: IncidentPayload<T>,
    id = this.nextId(),
  ): void {
    const outward = type === 'incident.reply' || type === 'incident.message';
    this.told.push({
      id,
      subject: { kind: 'incident', id: this.incidentId },
      type,
      payload,
      actor,
      device: this.context.device,
      seq: null,
      occurredAt: this.at,
      recordedAt: this.at,
      syncedAt: null,
      visibility: outward ? 'public' : 'internal',
      origin: 'observed',
      cause: null,
    });
  }
}
