import type { Id } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { numberKeysTyped } from '#domain/incident/numbering.ts';
import type { QueueIndexCheckpoint } from './checkpoint.ts';
import { FoldedLines, LINE_FIELD, lineField } from './folded-lines.ts';
import { foldText } from './folded-text.ts';
import { IncidentColumns, SlotFacts } from './incident-columns.ts';
import { NumberTable } from './number-table.ts';
import { StringPool } from './string-pool.ts';

/** What the index asks of the directory: names for the order by caller or owner, and for text. */
export interface NameSource {
  personName(personId: Id): string | null;
}

/** No person or team of this desk: equal to nothing in the columns. */
const UNKNOWN_REF = -1;

/**
 * The incidents as rows of columns. A row is a slot: given when the incident first comes, kept for good, also in a
 * checkpoint, so that other indexes can speak of incidents by slot.
 */
export class IncidentTable {
  readonly ids: StringPool;
  /** People, teams, categories and sites; 0 is nobody. */
  readonly refs: StringPool;
  readonly numbers: NumberTable;
  readonly columns: IncidentColumns;
  readonly lines: FoldedLines;
  readonly #names: NameSource;
  readonly #facts: SlotFacts;
  #size = 0;
  #namesVersion = 0;

  constructor(names: NameSource, parts?: QueueIndexCheckpoint['parts']) {
    this.#names = names;
    this.ids = new StringPool(parts?.ids);
    this.refs = new StringPool(parts?.refs);
    if (this.refs.size === 0) this.refs.intern('');
    this.numbers = new NumberTable(parts?.numbers);
    this.columns = new IncidentColumns(parts?.columns);
    this.lines = new FoldedLines(parts?.lines);
    this.#facts = new SlotFacts(this.columns);
    const { live } = this.columns.all;
    for (let slot = 0; slot < this.slots; slot += 1) this.#size += live[slot] ?? 0;
  }

  /** Incidents held. */
  get size(): number {
    return this.#size;
  }

  /** Slots ever given: every slot is below this. */
  get slots(): number {
    return this.ids.size;
  }

  /** Another number once people came or names changed. */
  get namesVersion(): number {
    return this.#namesVersion;
  }

  isLive(slot: number): boolean {
    return this.columns.all.live[slot] === 1;
  }

  /** The incident's slot, or -1 when it is not held. */
  slotOf(id: Id): number {
    const slot = this.ids.find(id);
    return slot >= 0 && this.isLive(slot) ? slot : -1;
  }

  /** The row as the process's rules see it. One object for all: read it before asking for the next. */
  factsAt(slot: number): SlotFacts {
    return this.#facts.at(slot);
  }

  /** Writes the row and returns its slot. */
  write(incident: Incident, lsn: number): number {
    const slot = this.ids.intern(incident.id);
    const known = this.isLive(slot);
    const oldKey = this.columns.all.number[slot] ?? 0;
    const sameNumbers = known && this.numbers.holds(slot, oldKey, incident);
    if (known && !sameNumbers) this.numbers.release(slot, oldKey);
    const key = sameNumbers ? oldKey : this.numbers.claim(slot, incident);
    const refs = this.refs.size;
    this.columns.write(slot, incident, lsn, key, this.refs);
    if (this.refs.size !== refs) this.namesChanged();
    const line = lineOf(incident, this.nameOf(incident.callerId));
    if (!known || this.lines.get(slot) !== line) this.lines.set(slot, line);
    if (!known) this.#size += 1;
    return slot;
  }

  erase(slot: number): void {
    this.numbers.release(slot, this.columns.all.number[slot] ?? 0);
    this.columns.all.live[slot] = 0;
    this.lines.set(slot, '');
    this.#size -= 1;
  }

  /** Whether this is the incident's own number, in any form, and not an alias. */
  isOwnNumber(slot: number, typed: string): boolean {
    return numberKeysTyped(typed).some((key) => this.numbers.keys.find(key) === this.columns.all.number[slot]);
  }

  /** Names in the directory have changed. */
  namesChanged(): void {
    this.#namesVersion += 1;
  }

  /** Writes the caller's name as it is now into the row's text. */
  rewriteCaller(slot: number): void {
    const [text = '', , numbers = ''] = this.lines.get(slot).split(LINE_FIELD);
    const name = this.nameOfRef(this.columns.all.caller[slot] ?? 0) ?? '';
    this.lines.set(slot, [text, lineField(foldText(name)), numbers].join(LINE_FIELD));
  }

  nameOf(personId: Id | null): string {
    return personId === null ? '' : (this.#names.personName(personId) ?? '');
  }

  /** Null for nobody, and for somebody the directory does not know. */
  nameOfRef(ref: number): string | null {
    return ref === 0 ? null : this.#names.personName(this.refs.at(ref));
  }

  refOf(id: Id): number {
    const ref = this.refs.find(id);
    return ref > 0 ? ref : UNKNOWN_REF;
  }

  /** All live slots, in order of slots. */
  liveSlots(): Uint32Array {
    const found = new Uint32Array(this.#size);
    let count = 0;
    for (let slot = 0; slot < this.slots; slot += 1) if (this.isLive(slot)) found[count++] = slot;
    return found;
  }

  /** Live slots that pass, in order of slots. */
  where(test: (slot: number) => boolean): number[] {
    const found: number[] = [];
    for (let slot = 0; slot < this.slots; slot += 1) if (this.isLive(slot) && test(slot)) found.push(slot);
    return found;
  }
}

/** Short description, caller, number and aliases, folded: what the text filter of a list looks through. */
const lineOf = (incident: Incident, callerName: string): string => {
  const numbers = [incident.number, ...incident.aliases.map((alias) => alias.value)].join(' ');
  return [incident.shortDescription, callerName, numbers].map((text) => lineField(foldText(text))).join(LINE_FIELD);
};
