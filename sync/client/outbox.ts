import type { SaidRefusal } from '#contracts/sync/state.ts';
import type { Id } from '#domain/activity/activity.ts';
import { IncidentIndex } from './incident-index.ts';
import { BLANK, type Decided, type OutboxEntry, type OutboxFrame, type Parked, type Verdict } from './outbox-frames.ts';
import { keptOf } from './outbox-retold.ts';

/**
 * The commands of this device's people in their lanes: what is owed to the server, what it acknowledged within the
 * backup horizon, and what is parked. The fold of its frames; it changes by nothing else.
 */
export class Outbox {
  private readonly entries = new Map<Id, OutboxEntry>();
  /** The last place given in each person's lane. */
  private readonly last = new Map<Id, number>();
  private readonly parkedIds = new Set<Id>();
  /** Every id under which this device sent, the present one last. */
  private readonly ids = new Set<Id>();
  readonly index = new IncidentIndex();

  static of(frames: Iterable<OutboxFrame>): Outbox {
    const outbox = new Outbox();
    for (const frame of frames) outbox.apply(frame);
    return outbox;
  }

  get isNew(): boolean {
    return this.ids.size === 0;
  }

  get device(): Id {
    const present = this.devices.at(-1);
    if (present === undefined) throw new Error('a device without an id sends nothing');
    return present;
  }

  /** Every id under which this device sent, the present one last. */
  get devices(): readonly Id[] {
    return [...this.ids];
  }

  /** All of them, in the order recorded. */
  all(): readonly OutboxEntry[] {
    return [...this.entries.values()];
  }

  entry(commandId: Id): OutboxEntry | undefined {
    return this.entries.get(commandId);
  }

  /** The lane of a person, by place; those settled under an earlier id are not in it. */
  lane(person: Id): readonly (OutboxEntry & { readonly place: number })[] {
    const mine = this.all().filter((entry) => entry.command.person === person);
    return mine.filter(hasPlace).sort((one, other) => one.place - other.place);
  }

  /** What the server has still to decide or to repeat, in the order of places. */
  owed(person: Id): readonly (OutboxEntry & { readonly place: number })[] {
    return this.lane(person).filter(({ owed }) => owed);
  }

  nextPlace(person: Id): number {
    return (this.last.get(person) ?? 0) + 1;
  }

  /** The last place of the lane up to which the server has said everything. */
  acknowledged(person: Id): number {
    const first = this.owed(person)[0];
    return (first?.place ?? this.nextPlace(person)) - 1;
  }

  get people(): readonly Id[] {
    return [...new Set(this.all().map(({ command }) => command.person))];
  }

  parked(): readonly OutboxEntry[] {
    return this.index.inOrder(this.parkedIds).flatMap((id) => this.entries.get(id) ?? []);
  }

  apply(frame: OutboxFrame): void {
    switch (frame.kind) {
      case 'device':
        this.sendsAs(frame.device);
        break;
      case 'recorded':
        this.last.set(frame.command.person, frame.place);
        this.index.add(frame.command);
        this.put({ ...BLANK, command: frame.command, place: frame.place });
        break;
      case 'decided':
        this.change(frame.commandId, (entry) => ({ ...entry, ...decided(entry, frame.verdict), decidedOn: frame.on }));
        break;
      case 'parked':
        this.change(frame.commandId, (entry) => ({ ...entry, hollow: true, parked: parkedAs(frame) }));
        break;
      case 'dismissed':
        this.change(frame.commandId, (entry) => dismissed(entry, frame.decided ?? null));
        break;
      case 'recalled':
        this.change(frame.commandId, recalled);
        break;
      case 'requeued':
        for (const entry of this.lane(frame.person)) {
          if (entry.place >= frame.from && !entry.owed) this.put(requeued(entry));
        }
        break;
      case 'moved':
        this.move(frame.device, frame.restored);
        break;
      case 'forgotten':
        for (const id of frame.commandIds) this.forget(id);
        break;
      case 'retold':
        for (const id of frame.devices) this.sendsAs(id);
        for (const [person, place] of frame.places) this.last.set(person, place);
        break;
      case 'kept':
        this.index.add(frame.entry.command, frame.named);
        this.put({ ...BLANK, ...frame.entry });
        break;
    }
  }

  /** Frames that make an outbox like this one, and no more of them than that takes (SPEC 1.12). */
  retold(): readonly OutboxFrame[] {
    if (this.isNew) return [];
    const kept = this.all().map((entry) => keptOf(entry, this.index.named(entry.command.id)));
    return [{ kind: 'retold', devices: this.devices, places: [...this.last] }, ...kept];
  }

  private sendsAs(device: Id): void {
    // An id is moved to the end when it comes back.
    this.ids.delete(device);
    this.ids.add(device);
  }

  private change(commandId: Id, how: (entry: OutboxEntry) => OutboxEntry): void {
    const entry = this.entries.get(commandId);
    if (entry !== undefined) this.put(how(entry));
  }

  private put(entry: OutboxEntry): void {
    const { id } = entry.command;
    this.entries.set(id, entry);
    if (entry.parked === null) this.parkedIds.delete(id);
    else this.parkedIds.add(id);
  }

  private forget(commandId: Id): void {
    this.entries.delete(commandId);
    this.parkedIds.delete(commandId);
    this.index.remove(commandId);
  }

  /**
   * What was acknowledged goes along with what is undecided: only a lane's own end tells that a restored server has
   * forgotten it, and the new lane begins without one. What was refused needs no place any more.
   */
  private move(device: Id, restored: boolean): void {
    this.sendsAs(device);
    this.last.clear();
    for (const entry of this.all()) {
      const { person } = entry.command;
      const goes = entry.verdict === null || isDone(entry.command, entry.verdict);
      const place = goes ? this.nextPlace(person) : null;
      if (place !== null) this.last.set(person, place);
      const again = goes && (entry.again || (restored && entry.verdict !== null));
      const verdict = goes && restored ? null : entry.verdict;
      this.put({ ...entry, place, owed: goes, again, verdict });
    }
  }
}

const hasPlace = (entry: OutboxEntry): entry is OutboxEntry & { readonly place: number } => entry.place !== null;

const parkedAs = ({ refusal, because }: Parked): Parked => ({ refusal, because });

function dismissed(entry: OutboxEntry, decided: Decided | null): OutboxEntry {
  if (entry.parked === null) return entry;
  return { ...entry, parked: null, dismissed: { ...entry.parked, decided } };
}

/** What came to be accepted after all is nobody's conflict any more. */
function recalled(entry: OutboxEntry): OutboxEntry {
  if (entry.dismissed === null || entry.verdict?.outcome === 'accepted') return entry;
  return { ...entry, parked: parkedAs(entry.dismissed), dismissed: null };
}

const UNREADABLE: SaidRefusal = { code: 'argumentsInvalid' };

/** Commands that say all they want by what they set: when it is so already, nothing of theirs is missing. */
const SELF_EVIDENT: readonly string[] = [
  'incident.update',
  'incident.assign',
  'directory.save',
  'configuration.setMatrix',
  'history.adopt',
];

/** Accepted, or refused for nothing but that somebody else has done the same. */
const isDone = ({ name }: OutboxEntry['command'], { outcome, refusal }: Verdict): boolean =>
  outcome === 'accepted' || (refusal?.code === 'nothingChanged' && SELF_EVIDENT.includes(name));

/**
 * A rejection parks, unless what its command wants is so already, and so does a skip that this device did not ask for: a copy of its folder may have. What was
 * parked before and came to be accepted after all is nobody's conflict any more.
 */
function decided(entry: OutboxEntry, verdict: Verdict): Partial<OutboxEntry> {
  const settled = { verdict, owed: false, again: false };
  if (isDone(entry.command, verdict)) return { ...settled, hollow: false, parked: null };
  if (verdict.outcome === 'skipped' && entry.hollow) return settled;
  const refusal = verdict.refusal ?? UNREADABLE;
  // Rejected once more after a restore: what its person dismissed stays dismissed.
  return { ...settled, parked: entry.parked ?? (entry.hollow ? null : { refusal, because: null }), hollow: true };
}

/** What was done is to be judged again; what was refused stays refused, and only holds its place. */
function requeued(entry: OutboxEntry): OutboxEntry {
  const hollow = entry.verdict === null || !isDone(entry.command, entry.verdict);
  return { ...entry, owed: true, again: true, hollow, verdict: hollow ? entry.verdict : null };
}
