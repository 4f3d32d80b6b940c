import type { Id } from '#domain/activity/activity.ts';
import type { DecisionState } from '#domain/command/decision.ts';
import type { Incident } from '#domain/incident/incident.ts';

export interface AutoAssignment {
  readonly groupId: Id;
  readonly by: 'configurationItem' | 'service' | 'category';
}

type Classified = Pick<Incident, 'configurationItemIds' | 'serviceId' | 'categoryId'>;

/** The group that the configuration item, then the service, then the category names (domain.md "Transfer"). */
export function autoAssignment(state: DecisionState, incident: Classified): AutoAssignment | null {
  for (const id of incident.configurationItemIds) {
    const groupId = activeGroup(state, state.record('configurationItem', id)?.assignmentGroupId);
    if (groupId !== null) return { groupId, by: 'configurationItem' };
  }
  const { serviceId, categoryId } = incident;
  const service = serviceId === null ? null : activeGroup(state, state.record('service', serviceId)?.assignmentGroupId);
  if (service !== null) return { groupId: service, by: 'service' };
  const category = categoryGroup(state, categoryId);
  return category === null ? null : { groupId: category, by: 'category' };
}

/** The category's own group, or that of the branch it belongs to. */
function categoryGroup(state: DecisionState, categoryId: Id | null): Id | null {
  const category = categoryId === null ? null : state.record('category', categoryId);
  const own = activeGroup(state, category?.assignmentGroupId);
  if (own !== null || category === null || category.parentId === null) return own;
  return activeGroup(state, state.record('category', category.parentId)?.assignmentGroupId);
}

function activeGroup(state: DecisionState, id: Id | null | undefined): Id | null {
  return id !== null && id !== undefined && state.record('team', id)?.active === true ? id : null;
}
