import { ARGS_SCHEMAS } from '#domain/command/args.schema.ts';
import type { CommandArgs, CommandName, Refusal, RefusalCode } from '#domain/command/command.ts';
import { refuse } from '#domain/command/decision.ts';
import { ok, type Result } from '#domain/result.ts';

export const isCommandName = (name: string): name is CommandName => Object.hasOwn(ARGS_SCHEMAS, name);

/** What to say when an argument is missing or empty, where a person can put it right. */
const WHEN_MISSING: Readonly<Record<string, RefusalCode>> = {
  'incident.record shortDescription': 'needsShortDescription',
  'incident.record resolve.resolutionCode': 'needsResolutionCode',
  'incident.record resolve.resolutionNotes': 'needsResolutionNotes',
  'incident.update changes.shortDescription.to': 'needsShortDescription',
  'incident.transfer assignmentGroupId': 'needsGroup',
  'incident.transfer note': 'needsHandOverNote',
  'incident.hold reason': 'needsHoldReason',
  'incident.resolve resolutionCode': 'needsResolutionCode',
  'incident.resolve resolutionNotes': 'needsResolutionNotes',
  'incident.resolve duplicateOfId': 'needsDuplicateOf',
  'incident.reopen reason': 'needsReason',
  'incident.cancel reason': 'needsReason',
  'incident.prioritise why': 'needsReason',
};

/** The arguments as the command's schema has them, or the refusal that names the first thing wrong. */
export function parseArgs<N extends CommandName>(name: N, args: unknown): Result<CommandArgs[N], Refusal> {
  const given = tellsUndefined(args) ? withoutUndefined(args) : args;
  const parsed = ARGS_SCHEMAS[name].safeParse(given);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  if (issue === undefined) return refuse('argumentsInvalid');
  const field = issue.path.map(String).join('.');
  if (issue.code === 'too_big' && issue.origin === 'string') {
    return refuse('textTooLong', { field, limit: Number(issue.maximum) });
  }
  const missing = WHEN_MISSING[`${name} ${field}`];
  if (missing !== undefined && isEmpty(valueAt(given, issue.path))) return refuse(missing);
  return refuse('argumentsInvalid', { field: field === '' ? unknownKey(issue) : field });
}

/** A window's object may spell out absent options as `undefined`, at any depth; they are absent all the same. */
function withoutUndefined(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutUndefined);
  const told = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(told.map(([key, one]) => [key, withoutUndefined(one)]));
}

/** What came over a wire never does. */
const tellsUndefined = (value: unknown): boolean =>
  value === undefined || (typeof value === 'object' && value !== null && Object.values(value).some(tellsUndefined));

const isEmpty = (value: unknown) =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

const unknownKey = (issue: { code: string | undefined; keys?: unknown }) =>
  issue.code === 'unrecognized_keys' && Array.isArray(issue.keys) ? String(issue.keys[0]) : '';

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<PropertyKey, unknown>)[key];
  }
  return at;
}
