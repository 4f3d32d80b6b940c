import type { Scope } from '#contracts/sync/scope.ts';
import { pullAnswer, pushAnswer, SYNC_LIMITS, subjectAnswer, type WireRecord } from '#contracts/sync/wire.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { Person } from '#domain/directory/directory.ts';
import { ASKED, besideOf } from './beside.ts';
import type { Contact } from './contact.ts';
import { type Arrived, arriving, arrivingBeside, type Before, incidentsIn } from './incoming.ts';
import { LaneEnds } from './lane-ends.ts';
import type { OutboxFrame } from './outbox-frames.ts';
import type { OutboxKeeper } from './outbox-keeper.ts';
import { batchOf, nextSender, refusedHere, requestOf, unsendable } from './outgoing.ts';
import type { OverlayCache } from './overlay-cache.ts';
import {
  type ClientStore,
  type Held,
  type LocalChange,
  NOWHERE,
  type Position,
  type Reply,
  type Transport,
} from './ports.ts';
import { settle } from './settlement.ts';

export interface RoundPorts {
  readonly store: ClientStore;
  readonly transport: Transport;
  now(): Instant;
  newId(): Id;
  /** Rows and entries asked for at once. */
  readonly page: number;
  /** The same when nothing is held yet. */
  readonly firstPage: number;
  /** The server's backup horizon in milliseconds. */
  readonly horizon: number;
  /** What this device keeps of its person's view; null: all. */
  scope(): Scope | null;
}

/** A page that is on its way while the one before it is taken. */
interface Ahead {
  readonly person: Id;
  readonly device: Id;
  readonly cursor: string;
  /** What this desk knew to be acknowledged when it asked. */
  readonly acknowledged: number;
  readonly reply: Promise<Reply>;
}

/** The talk with the server: one question after the other, and each answer taken in one local step. */
export class Rounds {
  private readonly ports: RoundPorts;
  private readonly keeper: OutboxKeeper;
  private readonly contact: Contact;
  private readonly cache: OverlayCache;
  /** Commands in one push; fewer after the server could not read one. */
  private most: number = SYNC_LIMITS.commands;
  private ahead: Ahead | null = null;
  private readonly ends: LaneEnds;

  constructor(ports: RoundPorts, keeper: OutboxKeeper, contact: Contact, cache: OverlayCache) {
    this.ports = ports;
    this.keeper = keeper;
    this.contact = contact;
    this.cache = cache;
    this.ends = new LaneEnds({ ...ports, revoked: (person) => this.dropViewOf(person) }, keeper, contact, cache);
  }

  /** Sends what is owed and takes what is new, as far as both go. */
  async go(): Promise<void> {
    const { contact } = this;
    this.ends.begin();
    try {
      for (;;) {
        while (nextSender(this.keeper.outbox, contact.signedIn) !== null) if (!(await this.push())) return;
        // A page can say that the server was restored, so that there is something to send once more.
        if (await this.pull()) continue;
        const open = contact.signedIn.size;
        if (contact.facts.trouble !== null || !(await this.ends.hearAll())) return;
        // Whose session turned out to be over is nobody's trouble but theirs, as the next page shows.
        if (nextSender(this.keeper.outbox, contact.signedIn) === null && contact.signedIn.size === open) return;
      }
    } finally {
      this.ahead = null;
    }
  }

  /** One push. False when nothing comes of another one now. */
  private async push(): Promise<boolean> {
    const { outbox } = this.keeper;
    const person = nextSender(outbox, this.contact.signedIn);
    if (person === null) return true;
    const batch = batchOf(outbox, person, this.contact.signedIn, this.most);
    const bad = unsendable(outbox.device, batch);
    if (bad.length > 0) return this.keep(bad);
    const [first] = batch;
    if (first === undefined) return false;
    const { device } = outbox;
    const acknowledged = outbox.acknowledged(person);
    const reply = await this.ports.transport.push(person, requestOf(device, batch, this.ports.now()));
    const heard = this.contact.hear(person, reply, pushAnswer);
    if (heard.kind === 'nothing' && heard.revoked) await this.dropViewOf(person);
    if (heard.kind === 'nothing') return this.contact.signedIn.size > 0 && !this.contact.signedIn.has(person);
    if (heard.kind === 'unreadable') {
      // One command that the server can't read keeps none of the others back: it is found by halving.
      this.most = Math.max(1, Math.floor(batch.length / 2));
      if (batch.length > 1) return true;
      if (!first.hollow) return this.keep([refusedHere(first)]);
      this.contact.stuck();
      return false;
    }
    this.most = SYNC_LIMITS.commands;
    return this.keeper.alone(async () => {
      const { frames, fork } = settle(this.keeper.outbox, batch, heard.body, heard.serverNow);
      const { expected } = heard.body;
      const all = fork ? [...frames, this.moved()] : frames;
      await this.keeper.append(all);
      await this.cache.touchedBy(this.keeper.outbox, all);
      const more = !fork && (await this.ends.heard(person, acknowledged, expected, heard.serverNow));
      // A page asked for before that would seem to tell of a second restore.
      if (more) this.ahead = null;
      const moved = all.length > 0 || more;
      if (moved) this.contact.well();
      else this.contact.stuck();
      return moved;
    });
  }

  /** One page. False when there is no more to be had now, and nothing to send. */
  private async pull(): Promise<boolean> {
    const person = this.contact.viewer;
    if (person === null) return false;
    const { outbox } = this.keeper;
    const { device } = outbox;
    const position = await this.ports.store.position();
    const { cursor } = position;
    const { acknowledged, reply } = this.asked(person, device, position);
    const heard = this.contact.hear(person, await reply, pullAnswer);
    if (heard.kind === 'unreadable') this.contact.stuck();
    if (heard.kind === 'nothing' && heard.revoked) await this.dropViewOf(person);
    if (heard.kind !== 'ours') return false;
    const { body, serverNow } = heard;
    // What the server has forgotten, of anybody here, is owed again before any row that shows it goes (SPEC 6.2).
    const isAnother = body.begins && cursor !== '';
    const isAsked = await this.keeper.alone(async () => {
      if (this.keeper.outbox.device !== device) return false;
      if (isAnother) this.ends.doubtAll();
      await this.ends.heard(person, acknowledged, body.expected, serverNow);
      return true;
    });
    if (!isAsked || (isAnother && !(await this.ends.hearAll()))) return false;
    return this.keeper.alone(async () => {
      // Somebody else looks at the screen now, or nobody: this page is not theirs.
      if (this.contact.viewer !== person) return false;
      this.contact.well();
      // What was held went while this was on its way: it goes on from what is not here any more.
      if ((await this.ports.store.position()).cursor !== cursor) return true;
      if (body.more && body.cursor !== cursor) {
        this.ahead = this.asked(person, this.keeper.outbox.device, { ...position, cursor: body.cursor });
      }
      await this.take(body, (before) => {
        const made = arriving(before, body);
        return { ...made, position: { ...made.position, viewer: person } };
      });
      // A server that promises more and never gets there is left alone until the next round.
      const more = body.more && body.cursor !== cursor;
      return more || nextSender(this.keeper.outbox, this.contact.signedIn) !== null;
    });
  }

  /** The page after this cursor: it may be on its way already. */
  private asked(person: Id, device: Id, { cursor, asked = [] }: Position): Ahead {
    const { ahead } = this;
    this.ahead = null;
    if (ahead?.person === person && ahead.device === device && ahead.cursor === cursor) return ahead;
    const scope = this.ports.scope();
    const kept = scope === null ? {} : { scope, beside: besideOf(this.keeper.outbox, asked) };
    const query = { cursor, limit: cursor === '' ? this.ports.firstPage : this.ports.page, ...kept };
    const acknowledged = this.keeper.outbox.acknowledged(person);
    const reply = this.ports.transport.pull(person, device, query);
    reply.catch(() => undefined); // Heard where it is awaited, which one kept as ahead may never be.
    return { person, device, cursor, acknowledged, reply };
  }

  /** Fetches an incident with its whole timeline; false when that can't be had now. */
  async open(incidentId: Id): Promise<boolean> {
    const person = this.contact.viewer;
    if (person === null) return false;
    const asked = await this.ports.store.position();
    const reply = await this.ports.transport.subject(person, incidentId);
    const heard = this.contact.hear(person, reply, subjectAnswer);
    if (heard.kind !== 'ours') return false;
    return this.keeper.alone(async () => {
      const now = await this.ports.store.position();
      const held = await this.ports.store.incidents([incidentId]);
      // It may have left the view meanwhile, and must not come back by an answer from before.
      if (this.contact.viewer !== person || now.load !== asked.load || now.loading !== null) return false;
      if (!held.has(incidentId)) return false;
      // What lies beyond the cursor comes with the stream: only the stream notices that a server was restored.
      const activities = heard.body.activities.filter(({ seq }) => (seq ?? 0) <= now.throughSeq);
      const arrived = { matrix: null, records: [], incidents: [], activities, whole: [incidentId], removed: [] };
      await this.take(arrived, (before) => arrivingBeside(before, arrived));
      return true;
    });
  }

  /** Keeps this incident here, in this device's scope or not, from the next page on (SPEC 8.10). */
  keepBeside(incidentId: Id): Promise<void> {
    const { store } = this.ports;
    return this.keeper.alone(async () => {
      const position = await store.position();
      const asked = [incidentId, ...(position.asked ?? []).filter((id) => id !== incidentId)].slice(0, ASKED);
      await store.apply({
        position: { ...position, asked },
        removed: [],
        incidents: [],
        timelines: new Map(),
        records: [],
        matrix: null,
        dropBefore: null,
      });
    });
  }

  /**
   * Somebody ended the session of this person on purpose, says our server: if it is their view that is held here,
   * what is confirmed goes; what was recorded here stays, and what it takes to go on recording (SPEC 7.9).
   */
  dropViewOf(person: Id): Promise<void> {
    const { store } = this.ports;
    return this.keeper.alone(async () => {
      const { load, throughSeq, viewer = person, cursor } = await store.position();
      if (viewer !== person || cursor === '') return;
      const [records, matrix] = [await store.records(), await store.matrix()];
      await store.apply({
        position: { ...NOWHERE, throughSeq, load: load + 1 },
        removed: [],
        incidents: [],
        timelines: new Map(),
        records: records.flatMap(({ value }) => ownRecord(value, person, load + 1)),
        matrix: matrix && { ...matrix, load: load + 1 },
        dropBefore: load + 1,
      });
      await this.cache.clear(this.keeper.outbox);
    });
  }

  private moved(): OutboxFrame {
    return { kind: 'moved', device: this.ports.newId(), restored: false };
  }

  private keep(frames: readonly OutboxFrame[]): Promise<boolean> {
    return this.keeper.alone(async () => {
      await this.keeper.append(frames);
      await this.cache.touchedBy(this.keeper.outbox, frames);
      return true;
    });
  }

  private async take(page: Arrived, change: (before: Before) => LocalChange): Promise<void> {
    const { store } = this.ports;
    const ids = incidentsIn(page);
    const before: Before = {
      position: await store.position(),
      incidents: await store.incidents(ids),
      timelines: await store.timelines(ids),
      records: page.records.length === 0 ? [] : await store.records(),
      matrix: await store.matrix(),
    };
    const made = change(before);
    await store.apply(made);
    const whole = page.records.length > 0 || page.matrix !== null || made.dropBefore !== null;
    if (whole) await this.cache.clear(this.keeper.outbox);
    else
      await this.cache.touched(this.keeper.outbox, [...ids, ...retiring(before.position, made.position, this.keeper)]);
  }
}

/** The record of somebody who may see nothing else any more, without what staff note on how to treat them. */
function ownRecord({ kind, seq, record }: WireRecord, person: Id, load: number): Held<WireRecord>[] {
  if (kind !== 'person' || record.id !== person) return [];
  return [{ load, value: { kind, seq, record: { ...(record as Person), handlingNotes: null } } }];
}

/** Incidents whose accepted commands the new position has reached: their overlay ends (SPEC 4.2). */
const retiring = (from: Position, to: Position, { outbox }: OutboxKeeper): readonly Id[] =>
  outbox.all().flatMap(({ verdict, command }) => {
    const reached = verdict !== null && verdict.decidedAt > from.throughSeq && verdict.decidedAt <= to.throughSeq;
    return reached ? outbox.index.named(command.id) : [];
  });
