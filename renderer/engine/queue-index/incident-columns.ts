import { INCIDENT_STATES, type Incident, type IncidentState, type Priority } from '#domain/incident/incident.ts';
import { hasUnansweredMessage, type QueueFacts } from '#domain/queue/queue-facts.ts';
import type { StringPool } from './string-pool.ts';

const MAKERS = {
  live: Uint8Array,
  state: Uint8Array,
  priority: Uint8Array,
  flags: Uint8Array,
  owner: Uint32Array,
  group: Uint32Array,
  caller: Uint32Array,
  affected: Uint32Array,
  openedBy: Uint32Array,
  category: Uint32Array,
  site: Uint32Array,
  number: Uint32Array,
  openedAt: Float64Array,
  updatedAt: Float64Array,
  lsn: Float64Array,
} as const;
export type ColumnName = keyof typeof MAKERS;
type ColumnArrays = { -readonly [Name in ColumnName]: InstanceType<(typeof MAKERS)[Name]> };
const NAMES = Object.keys(MAKERS) as ColumnName[];

export const FLAG_ASSUMED = 1;
export const FLAG_CONFIDENTIAL = 2;
export const FLAG_UNANSWERED = 4;

const stateCodes = new Map<IncidentState, number>(INCIDENT_STATES.map((state, code) => [state, code]));
export const stateCode = (state: IncidentState): number => stateCodes.get(state) ?? 0;

const flagsOf = (incident: Incident): number =>
  (incident.assumed ? FLAG_ASSUMED : 0) |
  (incident.confidential ? FLAG_CONFIDENTIAL : 0) |
  (hasUnansweredMessage(incident) ? FLAG_UNANSWERED : 0);

/** All columns trimmed to the slots used, structured-cloneable. */
export type ColumnData = Readonly<Record<ColumnName, ArrayBufferView>>;

/** What the index knows of each incident, one typed array a fact, by slot. Ids are numbers of `refs`; 0 is nobody. */
export class IncidentColumns {
  readonly all: ColumnArrays;
  #capacity: number;

  constructor(data?: ColumnData) {
    const empty = Object.fromEntries(NAMES.map((name) => [name, new MAKERS[name](64)]));
    this.all = (data === undefined ? empty : { ...data }) as ColumnArrays;
    this.#capacity = this.all.live.length;
  }

  write(slot: number, incident: Incident, lsn: number, numberKey: number, refs: StringPool): void {
    if (slot >= this.#capacity) this.#grow(slot + 1);
    const all = this.all;
    const ref = (id: string | null) => (id === null ? 0 : refs.intern(id));
    all.live[slot] = 1;
    all.state[slot] = stateCode(incident.state);
    all.priority[slot] = incident.priority;
    all.flags[slot] = flagsOf(incident);
    all.owner[slot] = ref(incident.assignedToId);
    all.group[slot] = ref(incident.assignmentGroupId);
    all.caller[slot] = ref(incident.callerId);
    all.affected[slot] = ref(incident.affectedId);
    all.openedBy[slot] = ref(incident.openedById);
    all.category[slot] = ref(incident.categoryId);
    all.site[slot] = ref(incident.siteId);
    all.number[slot] = numberKey;
    all.openedAt[slot] = incident.openedAt;
    all.updatedAt[slot] = incident.updatedAt;
    all.lsn[slot] = lsn;
  }

  data(slots: number): ColumnData {
    return Object.fromEntries(NAMES.map((name) => [name, this.all[name].slice(0, slots)])) as unknown as ColumnData;
  }

  #grow(needed: number): void {
    this.#capacity = Math.max(this.#capacity * 2, needed);
    for (const name of NAMES) this.#growOne(name);
  }

  #growOne<Name extends ColumnName>(name: Name): void {
    const wider = new MAKERS[name](this.#capacity) as ColumnArrays[Name];
    wider.set(this.all[name]);
    this.all[name] = wider;
  }
}

/** A row seen through the process's own rules: one object moved from slot to slot instead of one per row. */
export class SlotFacts implements QueueFacts<number> {
  readonly #columns: IncidentColumns;
  slot = 0;

  constructor(columns: IncidentColumns) {
    this.#columns = columns;
  }

  at(slot: number): this {
    this.slot = slot;
    return this;
  }

  get state(): IncidentState {
    return INCIDENT_STATES[this.#columns.all.state[this.slot] ?? 0] ?? 'new';
  }
  get priority(): Priority {
    return (this.#columns.all.priority[this.slot] ?? 5) as Priority;
  }
  get assumed(): boolean {
    return this.#has(FLAG_ASSUMED);
  }
  get confidential(): boolean {
    return this.#has(FLAG_CONFIDENTIAL);
  }
  get unanswered(): boolean {
    return this.#has(FLAG_UNANSWERED);
  }
  /** Neither major incidents nor deadlines are kept yet (domain/queue/queue-facts.ts). */
  get major(): boolean {
    return false;
  }
  get due(): null {
    return null;
  }
  get ownerId(): number | null {
    return this.#columns.all.owner[this.slot] || null;
  }
  get groupId(): number | null {
    return this.#columns.all.group[this.slot] || null;
  }
  get callerId(): number | null {
    return this.#columns.all.caller[this.slot] || null;
  }
  get affectedId(): number | null {
    return this.#columns.all.affected[this.slot] || null;
  }
  get openedById(): number | null {
    return this.#columns.all.openedBy[this.slot] || null;
  }
  get openedAt(): number {
    return this.#columns.all.openedAt[this.slot] ?? 0;
  }

  #has(flag: number): boolean {
    return ((this.#columns.all.flags[this.slot] ?? 0) & flag) !== 0;
  }
}
