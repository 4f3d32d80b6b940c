import type { CommandArgs, EditableFields, FieldChanges, Refusal } from '#domain/command/command.ts';
import { autoAssignment } from '#domain/command/deciders/auto-assign.ts';
import { merge } from '#domain/command/deciders/merge.ts';
import { type Reference, referenceRefusal } from '#domain/command/deciders/references.ts';
import { type Desk, type Entry, entry, type Judgement, refuse } from '#domain/command/decision.ts';
import { incidentInSight, roleRefusal } from '#domain/command/rules.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { err, ok } from '#domain/result.ts';

/** Fields from → to. What somebody else changed since the form showed it is merged or refused, never overwritten. */
export function update(args: CommandArgs['incident.update'], desk: Desk, incident: Incident): Judgement {
  const merged = merge(args.changes, desk, incident);
  if (!merged.ok) return merged;
  const { changes, kept } = merged.value;
  const isChanged = Object.keys(changes).length > 0;
  if (!isChanged && kept.length === 0) return refuse('nothingChanged');
  const refusal = priorityRefusal(changes, desk, incident) ?? linkRefusal(changes, desk, incident);
  if (refusal !== null) return err(refusal);
  const changed = isChanged ? [entry(incident.id, 'incident.changed', { changes })] : [];
  return ok({ entries: [...changed, ...kept, ...regrouped(changes, desk, incident)] });
}

function priorityRefusal(changes: FieldChanges, { person, context }: Desk, incident: Incident): Refusal | null {
  const judged = changes.impact !== undefined || changes.urgency !== undefined;
  return judged ? roleRefusal('changePriority', incident, person, context.alone) : null;
}

function linkRefusal(changes: FieldChanges, desk: Desk, incident: Incident): Refusal | null {
  const parentId = changes.parentId?.to ?? null;
  if (parentId !== null) {
    const parent = incidentInSight(desk, parentId);
    if (parent === null) return { code: 'notFound', details: { what: 'incident', field: 'parentId' } };
    const circular = parentId === incident.id || parent.parentId === incident.id;
    if (circular) return { code: 'argumentsInvalid', details: { field: 'parentId' } };
  }
  return referenceRefusal(desk.state, [
    { kind: 'person', id: changes.callerId?.to, field: 'callerId' },
    { kind: 'person', id: changes.affectedId?.to, field: 'affectedId' },
    { kind: 'site', id: changes.siteId?.to, field: 'siteId' },
    { kind: 'category', id: changes.categoryId?.to, field: 'categoryId' },
    { kind: 'service', id: changes.serviceId?.to, field: 'serviceId' },
    ...added(changes, 'configurationItemIds', 'configurationItem'),
    ...added(changes, 'watcherIds', 'person'),
  ]);
}

/** Only what a list gains must exist: what it held before may come from a source that knew more. */
function added(
  changes: FieldChanges,
  field: 'configurationItemIds' | 'watcherIds',
  kind: Reference['kind'],
): Reference[] {
  const change: { from: EditableFields[typeof field]; to: EditableFields[typeof field] } | undefined = changes[field];
  return (change?.to ?? []).filter((id) => !change?.from.includes(id)).map((id) => ({ kind, id, field }));
}

/** A new classification finds a group for an incident that is nobody's yet. */
function regrouped(changes: FieldChanges, { state }: Desk, incident: Incident): Entry[] {
  const classified = changes.configurationItemIds ?? changes.serviceId ?? changes.categoryId;
  if (classified === undefined || incident.assignmentGroupId !== null || incident.assignedToId !== null) return [];
  const auto = autoAssignment(state, {
    configurationItemIds: changes.configurationItemIds?.to ?? incident.configurationItemIds,
    serviceId: changes.serviceId === undefined ? incident.serviceId : changes.serviceId.to,
    categoryId: changes.categoryId === undefined ? incident.categoryId : changes.categoryId.to,
  });
  if (auto === null) return [];
  const group = { from: null, to: auto.groupId };
  const owner = { from: null, to: null };
  const rest = { note: '', warm: false, sendBack: false, autoAssignedBy: auto.by };
  return [entry(incident.id, 'incident.transferred', { group, owner, ...rest })];
}
