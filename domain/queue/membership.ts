import type { Id } from '#domain/activity/activity.ts';
import type { IncidentState } from '#domain/incident/incident.ts';
import type { QueueFacts, Viewer } from './queue-facts.ts';
import type { QueueId } from './queues.ts';

/** Queues whose content comes with deadlines and major incidents: their count is null, never a lying 0. */
export const QUEUES_NOT_KEPT_YET: readonly QueueId[] = ['atRisk', 'breached', 'majorIncidents'];

export const isOpen = (state: IncidentState): boolean =>
  state === 'new' || state === 'inProgress' || state === 'onHold';

const seesEveryTeam = <Ref>(viewer: Viewer<Ref>) => viewer.role === 'supervisor' || viewer.role === 'administrator';

const isOwn = <Ref>(facts: QueueFacts<Ref>, viewer: Viewer<Ref>) =>
  facts.callerId === viewer.personId || facts.affectedId === viewer.personId || facts.openedById === viewer.personId;

/** Requesters see their own incidents only; desk staff see all (confidential ones masked, see `mayReadText`). */
export const maySee = <Ref>(facts: QueueFacts<Ref>, viewer: Viewer<Ref>): boolean =>
  viewer.role !== 'requester' || isOwn(facts, viewer);

/** The words of a confidential incident are for its group, its owner and supervisors: nobody else finds it by them. */
export const mayReadText = <Ref>(facts: QueueFacts<Ref>, viewer: Viewer<Ref>): boolean => {
  if (!facts.confidential) return maySee(facts, viewer);
  if (seesEveryTeam(viewer) || facts.ownerId === viewer.personId) return true;
  return facts.groupId !== null && viewer.teamIds.includes(facts.groupId);
};

type Rule = <Ref>(facts: QueueFacts<Ref>, viewer: Viewer<Ref>) => boolean;

const inMyTeams: Rule = (facts, viewer) => facts.groupId !== null && viewer.teamIds.includes(facts.groupId);

/** domain.md "Queues", one line each. */
const RULES: Readonly<Record<QueueId, Rule>> = {
  myWork: (facts, viewer) =>
    facts.ownerId === viewer.personId && (isOpen(facts.state) || (facts.state === 'resolved' && facts.unanswered)),
  unassigned: (facts, viewer) =>
    isOpen(facts.state) &&
    facts.ownerId === null &&
    (facts.groupId === null || seesEveryTeam(viewer) || inMyTeams(facts, viewer)),
  myTeam: (facts, viewer) => isOpen(facts.state) && inMyTeams(facts, viewer),
  atRisk: () => false,
  breached: () => false,
  onHold: (facts) => facts.state === 'onHold',
  majorIncidents: (facts) => facts.major && facts.state !== 'closed',
  resolved: (facts) => facts.state === 'resolved',
  allOpen: (facts) => isOpen(facts.state),
  allIncidents: () => true,
  triage: (facts) => isOpen(facts.state) && (facts.assumed || facts.groupId === null),
};

/** Whether an incident stands in a queue as this viewer sees it. Total: never throws. */
export const isInQueue = <Ref = Id>(queue: QueueId, facts: QueueFacts<Ref>, viewer: Viewer<Ref>): boolean =>
  maySee(facts, viewer) && RULES[queue](facts, viewer);
