import { z } from 'zod';
import type { Activity } from '#domain/activity/activity.ts';
import {
  cancelReasonSchema,
  EDITABLE_FIELDS,
  holdReasonSchema,
  idSchema,
  instantSchema,
  prioritySchema,
  resolutionCodeSchema,
  stateSchema,
  storedFields,
  valuesOf,
} from '#domain/incident/fields.schema.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { withGroup } from '#domain/incident/settle.ts';

const count = z.int().nullable();
const idOrNull = idSchema.nullable();

/** Every field whose value an import can state, besides `extra`. */
export const observedFields = {
  ...storedFields,
  state: stateSchema,
  holdReason: holdReasonSchema.nullable(),
  holdUntil: instantSchema.nullable(),
  /** State it in each row that states one; when it differs from the matrix it becomes an override "as imported". */
  priority: prioritySchema,
  assignmentGroupId: idOrNull,
  assignedToId: idOrNull,
  openedById: idOrNull,
  sourceChannel: z.string().nullable(),
  organisation: z.string().nullable(),
  resolutionCode: resolutionCodeSchema.nullable(),
  /** The source's own code when it is not one of ours. */
  sourceResolutionCode: z.string().nullable(),
  resolutionNotes: z.string(),
  resolvedAt: instantSchema.nullable(),
  resolvedById: idOrNull,
  closedAt: instantSchema.nullable(),
  closedById: idOrNull,
  cancelReason: cancelReasonSchema.nullable(),
  reopenCount: count,
  reassignmentCount: count,
  modificationCount: count,
};

export type ObservedValues = { [F in keyof typeof observedFields]?: z.output<(typeof observedFields)[F]> };
export type ObservedField = keyof ObservedValues;
/** Values by field; a field the source says nothing about is absent. */
export const observedValuesSchema: z.ZodType<ObservedValues> = valuesOf(observedFields);

export interface ObservedSource {
  readonly source: string;
  readonly number?: string | null;
  /** Source fields without a home by column name; null takes one away. */
  readonly extra: Readonly<Record<string, string | null>>;
}

const COPIED = [
  ...EDITABLE_FIELDS,
  'assignedToId',
  'openedById',
  'sourceChannel',
  'organisation',
] as const satisfies readonly (ObservedField & keyof Incident)[];

/** The incident as the source says it is: no rule is asked (domain.md "Observed activities"). */
export function withObserved(
  incident: Incident,
  values: ObservedValues,
  source: ObservedSource,
  activity: Activity,
): Incident {
  const copied: Record<string, unknown> = {};
  for (const field of COPIED) if (values[field] !== undefined) copied[field] = values[field];
  const group = values.assignmentGroupId;
  const regrouped = group === undefined ? incident : withGroup(incident, group);
  const state = values.state ?? incident.state;
  return {
    ...regrouped,
    ...(copied as Partial<Incident>),
    assumed: incident.assumed && values.impact === undefined && values.urgency === undefined,
    state,
    hold: holdFrom(incident, values, activity),
    resolution: resolutionFrom(incident, values, activity),
    closedAt: values.closedAt === undefined ? incident.closedAt : values.closedAt,
    closedById: values.closedById === undefined ? incident.closedById : values.closedById,
    cancellation:
      values.cancelReason === undefined
        ? incident.cancellation
        : { reason: values.cancelReason, detail: null, at: activity.occurredAt },
    source: sourceFrom(incident, values, source),
  };
}

function holdFrom(incident: Incident, values: ObservedValues, activity: Activity): Incident['hold'] {
  if (values.holdReason === undefined && values.holdUntil === undefined) return incident.hold;
  return {
    reason: values.holdReason === undefined ? (incident.hold?.reason ?? null) : values.holdReason,
    until: values.holdUntil === undefined ? (incident.hold?.until ?? null) : values.holdUntil,
    since: incident.hold?.since ?? activity.occurredAt,
    from: incident.hold?.from ?? (incident.state === 'new' ? 'new' : 'inProgress'),
    vendor: incident.hold?.vendor ?? null,
    approver: incident.hold?.approver ?? null,
  };
}

function resolutionFrom(incident: Incident, values: ObservedValues, activity: Activity): Incident['resolution'] {
  const said = [values.resolutionCode, values.sourceResolutionCode, values.resolutionNotes];
  if ([...said, values.resolvedAt, values.resolvedById].every((value) => value === undefined)) {
    return incident.resolution;
  }
  const before = incident.resolution;
  return {
    code: values.resolutionCode === undefined ? (before?.code ?? null) : values.resolutionCode,
    sourceCode: values.sourceResolutionCode === undefined ? (before?.sourceCode ?? null) : values.sourceResolutionCode,
    notes: values.resolutionNotes ?? before?.notes ?? '',
    at: values.resolvedAt ?? before?.at ?? activity.occurredAt,
    by: values.resolvedById === undefined ? (before?.by ?? null) : values.resolvedById,
    confirmedBy: before?.confirmedBy ?? null,
  };
}

function sourceFrom(incident: Incident, values: ObservedValues, source: ObservedSource): Incident['source'] {
  const before = incident.source;
  const extra: Record<string, string> = { ...before?.extra };
  for (const [column, value] of Object.entries(source.extra)) {
    if (value === null) delete extra[column];
    else extra[column] = value;
  }
  const { reopenCount, reassignmentCount, modificationCount } = values;
  return {
    name: source.source,
    number: source.number === undefined ? (before?.number ?? null) : source.number,
    priority: values.priority ?? before?.priority ?? null,
    counters: {
      reopened: reopenCount === undefined ? (before?.counters.reopened ?? null) : reopenCount,
      reassignments: reassignmentCount === undefined ? (before?.counters.reassignments ?? null) : reassignmentCount,
      modifications: modificationCount === undefined ? (before?.counters.modifications ?? null) : modificationCount,
    },
    extra,
  };
}
