import type { Id } from '#domain/activity/activity.ts';
import {
  DIRECTORY_KINDS,
  type DirectoryKind,
  type DirectoryRecords,
  type Person,
} from '#domain/directory/directory.ts';
import type { Viewer } from '#domain/queue/queue-facts.ts';
import type { DirectoryRow } from '#renderer/data/rows.ts';

type Maps = { readonly [K in DirectoryKind]: Map<Id, DirectoryRow<K>> };

const COLLATOR = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

/** People, teams, categories and the rest, in memory: every row shown has names in it. */
export class DeskDirectory {
  private readonly maps: Maps = {
    person: new Map(),
    team: new Map(),
    category: new Map(),
    service: new Map(),
    configurationItem: new Map(),
    site: new Map(),
  };

  private readonly sorted = new Map<DirectoryKind, readonly DirectoryRecords[DirectoryKind][]>();

  get<K extends DirectoryKind>(kind: K, id: Id | null): DirectoryRecords[K] | null {
    return id === null ? null : (this.maps[kind].get(id)?.record ?? null);
  }

  has(kind: DirectoryKind, id: Id): boolean {
    return this.maps[kind].has(id);
  }

  row(kind: DirectoryKind, id: Id): DirectoryRow | null {
    return this.maps[kind].get(id) ?? null;
  }

  lsnOf(kind: DirectoryKind, id: Id): number {
    return this.maps[kind].get(id)?.lsn ?? 0;
  }

  name(kind: DirectoryKind, id: Id | null): string | null {
    return this.get(kind, id)?.name ?? null;
  }

  personName(personId: Id): string | null {
    return this.name('person', personId);
  }

  all<K extends DirectoryKind>(kind: K): DirectoryRecords[K][] {
    return Array.from(this.maps[kind].values(), (row) => row.record);
  }

  rows(): DirectoryRow[] {
    return DIRECTORY_KINDS.flatMap((kind): DirectoryRow[] => [...this.maps[kind].values()]);
  }

  /** In the order of their names, as the reader's language sorts them; the same after every start. */
  byName<K extends DirectoryKind>(kind: K): readonly DirectoryRecords[K][] {
    const known = this.sorted.get(kind) as readonly DirectoryRecords[K][] | undefined;
    if (known) return known;
    const sorted = this.all(kind).sort((a, b) => COLLATOR.compare(a.name, b.name) || (a.id < b.id ? -1 : 1));
    this.sorted.set(kind, sorted);
    return sorted;
  }

  /** True if this row gives a person we know another name. */
  renames(row: DirectoryRow): boolean {
    const known = row.kind === 'person' ? this.maps.person.get(row.id) : undefined;
    return known !== undefined && known.record.name !== row.record.name;
  }

  /** An older row never replaces a newer one. */
  put(row: DirectoryRow): void {
    const map = this.maps[row.kind] as Map<Id, DirectoryRow>;
    if ((map.get(row.id)?.lsn ?? -1) > row.lsn) return;
    map.set(row.id, row);
    this.sorted.delete(row.kind);
  }

  /** Shows this, whatever was shown before: what is pending stands over what is confirmed, and ends again. */
  set(row: DirectoryRow): void {
    (this.maps[row.kind] as Map<Id, DirectoryRow>).set(row.id, row);
    this.sorted.delete(row.kind);
  }

  remove(kind: DirectoryKind, id: Id): void {
    this.maps[kind].delete(id);
    this.sorted.delete(kind);
  }

  clear(): void {
    for (const kind of DIRECTORY_KINDS) this.maps[kind].clear();
    this.sorted.clear();
  }

  /** How this person sees queues; somebody unknown sees what a viewer without teams sees. */
  viewer(personId: Id): Viewer {
    const person: Person | null = this.get('person', personId);
    return { personId, teamIds: person?.teamIds ?? [], role: person?.role ?? 'viewer' };
  }
}
