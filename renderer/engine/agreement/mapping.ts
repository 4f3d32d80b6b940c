import type { MappingRow, MappingTarget } from '#contracts/engine/agreement.ts';
import type { WireRecord } from '#contracts/sync/wire.ts';
import type { Activity, Id } from '#domain/activity/activity.ts';
import { DIRECTORY_KINDS, type DirectoryKind, type DirectoryRecords } from '#domain/directory/directory.ts';
import type { DirectoryRow } from '#renderer/data/rows.ts';
import type { Mapping } from '#renderer/data/sync-records.ts';

type Entry = Pick<DirectoryRow, 'kind' | 'record'>;

const plain = (text: string): string => text.trim().toLocaleLowerCase();

/** What tells two of one name apart: a person's mail or phone, what a category is part of. */
function detailOf({ kind, record }: Entry, nameOf: (id: Id) => string | null): string | null {
  if (kind === 'person') {
    const person = record as DirectoryRecords['person'];
    return person.mail ?? person.phone;
  }
  if (kind !== 'category') return null;
  const { parentId } = record as DirectoryRecords['category'];
  return parentId === null ? null : nameOf(parentId);
}

const namesOf = (entries: readonly Entry[]) => {
  const names = new Map(entries.map(({ record }) => [record.id, record.name]));
  return (id: Id) => names.get(id) ?? null;
};

/**
 * What the server's directory seems to have for each record of this desk: the same id, the same mail, or the same name
 * under the same parent, if only one bears it.
 */
export function suggestMapping(local: readonly Entry[], server: readonly WireRecord[]): readonly MappingRow[] {
  const [localName, serverName] = [namesOf(local), namesOf(server)];
  const byId = new Set(server.map(({ kind, record }) => `${kind} ${record.id}`));
  const byTrait = new Map<string, Id[]>();
  for (const entry of server) {
    for (const trait of traitsOf(entry, serverName))
      byTrait.set(trait, [...(byTrait.get(trait) ?? []), entry.record.id]);
  }
  return inOrder(local).map((entry): MappingRow => {
    const { kind, record } = entry;
    const found = traitsOf(entry, localName).flatMap((trait) => {
      const ids = byTrait.get(trait) ?? [];
      return ids.length === 1 ? ids : [];
    });
    const suggestedId = byId.has(`${kind} ${record.id}`) ? record.id : (found[0] ?? null);
    return { kind, localId: record.id, name: record.name, detail: detailOf(entry, localName), suggestedId };
  });
}

/** The best sign first. */
function traitsOf(entry: Entry, nameOf: (id: Id) => string | null): readonly string[] {
  const { kind, record } = entry;
  const detail = detailOf(entry, nameOf);
  if (kind !== 'person') return [`${kind} ${plain(detail ?? '')} ${plain(record.name)}`];
  const { mail } = record as DirectoryRecords['person'];
  const named = `person name ${plain(record.name)}`;
  return mail === null ? [named] : [`person mail ${plain(mail)}`, named];
}

export function mappingTargets(server: readonly WireRecord[]): readonly MappingTarget[] {
  const nameOf = namesOf(server);
  return inOrder(server).map((entry) => {
    const { kind, record } = entry;
    return { kind, id: record.id, name: record.name, detail: detailOf(entry, nameOf) };
  });
}

/** As they have to be saved: what others name comes before them. */
const ORDER: readonly DirectoryKind[] = ['site', 'team', 'category', 'service', 'configurationItem', 'person'];

function inOrder<E extends Entry>(entries: readonly E[]): readonly E[] {
  const rank = ({ kind, record }: Entry) => {
    const at = ORDER.indexOf(kind) === -1 ? DIRECTORY_KINDS.length : ORDER.indexOf(kind);
    const isPart = kind === 'category' && (record as DirectoryRecords['category']).parentId !== null;
    return at * 2 + (isPart ? 1 : 0);
  };
  return [...entries].sort((one, other) => rank(one) - rank(other));
}

/** Ids of this desk and the server's in their place; those that are taken along as they are stay out of it. */
export const idsOf = (mapping: readonly Mapping[]): ReadonlyMap<Id, Id> =>
  new Map(mapping.flatMap(({ localId, serverId }) => (serverId === null ? [] : [[localId, serverId]])));

/** The same value with every id of this desk replaced. Texts that are no ids stay: nobody types one by chance. */
export function renamed<T>(value: T, ids: ReadonlyMap<Id, Id>): T {
  if (ids.size === 0) return value;
  return replaced(value, ids) as T;
}

function replaced(value: unknown, ids: ReadonlyMap<Id, Id>): unknown {
  if (typeof value === 'string') return ids.get(value) ?? value;
  if (Array.isArray(value)) return value.map((inner) => replaced(inner, ids));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaced(inner, ids)]));
}

/** An entry of this desk's log as it is handed over: what it says happened, under the server's ids. */
export const handedOver = (activity: Activity, ids: ReadonlyMap<Id, Id>): Activity => ({
  ...renamed(activity, ids),
  id: activity.id,
  subject: activity.subject,
  seq: null,
  syncedAt: null,
  origin: 'observed',
  cause: null,
});

/** The records of this desk that are taken along as new, in the order in which they can be saved. */
export function newRecords(local: readonly Entry[], mapping: readonly Mapping[]): readonly Entry[] {
  const ids = idsOf(mapping);
  const mapped = new Set(
    mapping.flatMap(({ kind, localId, serverId }) => (serverId === null ? [] : [`${kind} ${localId}`])),
  );
  return inOrder(local.filter(({ kind, record }) => !mapped.has(`${kind} ${record.id}`))).map(({ kind, record }) => ({
    kind,
    record: renamed(record, ids),
  }));
}
