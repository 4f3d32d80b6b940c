import { pushAnswer } from '#contracts/sync/wire.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { Contact } from './contact.ts';
import type { OutboxKeeper } from './outbox-keeper.ts';
import { requestOf } from './outgoing.ts';
import type { OverlayCache } from './overlay-cache.ts';
import type { Transport } from './ports.ts';
import { pastHorizon, restoredFrame } from './settlement.ts';

interface LaneEndPorts {
  readonly transport: Transport;
  now(): Instant;
  newId(): Id;
  /** The server's backup horizon in milliseconds. */
  readonly horizon: number;
  /** It said that somebody ended this person's session on purpose. */
  revoked(person: Id): Promise<void>;
}

/**
 * Where the lanes of this device's people end, as the server tells: only a lane's own end says whether a restored
 * server has forgotten something of it, so each is asked for when that may have happened (SPEC 6.3).
 */
export class LaneEnds {
  private readonly ports: LaneEndPorts;
  private readonly keeper: OutboxKeeper;
  private readonly contact: Contact;
  private readonly cache: OverlayCache;
  /** Whose end was told since it was in doubt last. */
  private readonly told = new Set<Id>();

  constructor(ports: LaneEndPorts, keeper: OutboxKeeper, contact: Contact, cache: OverlayCache) {
    this.ports = ports;
    this.keeper = keeper;
    this.contact = contact;
    this.cache = cache;
  }

  /** A round begins: a server that was away may come back restored, and so it may to somebody who was. */
  begin(): void {
    if (this.contact.facts.trouble !== null) this.doubtAll();
    for (const person of this.told) if (!this.contact.signedIn.has(person)) this.told.delete(person);
  }

  /** The server is not the one it was. */
  doubtAll(): void {
    this.told.clear();
  }

  /**
   * Only within the keeper's `alone`: the server told where a lane ends, `acknowledged` being its end when it was
   * asked. What it has forgotten is owed again (SPEC 6.1), what it can't forget any more goes. True: something changed.
   */
  async heard(person: Id, acknowledged: number, expected: number, on: Instant | null): Promise<boolean> {
    if (expected <= acknowledged) this.doubtAll();
    this.told.add(person);
    const { outbox } = this.keeper;
    const restored = restoredFrame(outbox, person, acknowledged, expected, this.ports.newId);
    const frame = restored ?? (on === null ? null : pastHorizon(outbox, on, this.ports.horizon));
    if (frame === null) return false;
    await this.keeper.append([frame]);
    await this.cache.touchedBy(this.keeper.outbox, [frame]);
    return true;
  }

  /** Asks for the ends in doubt of everybody who has a session and something to lose. False: not to be had now. */
  async hearAll(): Promise<boolean> {
    for (const person of this.contact.signedIn) {
      if (this.told.has(person)) continue;
      const canLose = this.keeper.outbox.lane(person).some(({ verdict }) => verdict !== null);
      if (canLose && !(await this.ask(person))) return false;
    }
    return true;
  }

  /** By a push of nothing. */
  private async ask(person: Id): Promise<boolean> {
    const { outbox } = this.keeper;
    const { device } = outbox;
    const acknowledged = outbox.acknowledged(person);
    const reply = await this.ports.transport.push(person, requestOf(device, [], this.ports.now()));
    const answer = this.contact.hear(person, reply, pushAnswer);
    if (answer.kind === 'nothing' && answer.revoked) await this.ports.revoked(person);
    // Whose session is over hears it when they come back.
    if (answer.kind === 'nothing') return !this.contact.signedIn.has(person);
    return this.keeper.alone(async () => {
      if (this.keeper.outbox.device !== device) return false;
      this.told.add(person);
      if (answer.kind === 'ours') await this.heard(person, acknowledged, answer.body.expected, answer.serverNow);
      return true;
    });
  }
}
