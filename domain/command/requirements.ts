import type { Id } from '#domain/activity/activity.ts';
import type { UnjudgedCommand } from '#domain/command/decision.ts';

/** What an authority gathers before it judges a command. The directory and the matrix it has at hand whole. */
export interface Requirements {
  /** Incidents to load, each with its timeline. */
  readonly incidents: readonly Id[];
  /** Earlier commands whose incident (with timeline) is needed: `DecisionState.incidentOfCommand`. */
  readonly commands: readonly Id[];
  /** Numbers of which it may ask whether they are taken (`DecisionState.isNumberTaken`). */
  readonly numbers: readonly string[];
}

/** Arguments that name an incident, wherever they stand. */
const INCIDENT_ARGS = ['incidentId', 'duplicateOfId', 'parentId'] as const;

/** The subjects a command looks at. Total: arguments of any shape give what can be read from them. */
export function subjectsOf({ args }: Pick<UnjudgedCommand, 'args'>): Requirements {
  const incidents = INCIDENT_ARGS.map((name) => text(at(args, name)));
  const parent = text(at(at(at(args, 'changes'), 'parentId'), 'to'));
  const subject = at(at(args, 'subject'), 'kind') === 'incident' ? text(at(at(args, 'subject'), 'id')) : null;
  const command = text(at(args, 'commandId'));
  return {
    incidents: [...new Set([...incidents, parent, subject].filter((id) => id !== null))],
    commands: command === null ? [] : [command],
    numbers: numbersIn(args),
  };
}

/** The numbers that a history tells, and the one that its own device gave an incident. */
function numbersIn(args: unknown): readonly string[] {
  const activities = at(args, 'activities');
  const told = Array.isArray(activities) ? activities.map((one) => text(at(at(one, 'payload'), 'number'))) : [];
  return [...new Set([...told, text(at(args, 'provisionalNumber'))].filter((number) => number !== null))];
}

const at = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
const text = (value: unknown): Id | null => (typeof value === 'string' && value !== '' ? value : null);
