import { type Id, type Instant, SOURCE_ACTOR } from '#domain/activity/activity.ts';
import type { EditableField, FieldChanges, Refusal } from '#domain/command/command.ts';
import { type Desk, type Entry, entry, refuse } from '#domain/command/decision.ts';
import { asIncidentActivity } from '#domain/incident/activities/registry.schema.ts';
import { MERGED_TEXTS } from '#domain/incident/activities/text-kept.schema.ts';
import { effectsOf } from '#domain/incident/effects.ts';
import { inLogOrder } from '#domain/incident/fold.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { same } from '#domain/incident/same.ts';
import { ok, type Result } from '#domain/result.ts';

const LISTS: readonly EditableField[] = ['watcherIds', 'tags', 'configurationItemIds', 'changeRefs'];

type MergedText = (typeof MERGED_TEXTS)[number];
const isText = (field: EditableField): field is MergedText => (MERGED_TEXTS as readonly string[]).includes(field);

export interface Merged {
  /** From what is there now. */
  readonly changes: FieldChanges;
  /** Texts that do not stand, as entries. */
  readonly kept: readonly Entry[];
}

/**
 * What a form's changes are on the incident as it is now. A field that is as the form showed it changes. Of one that
 * somebody changed meanwhile, on a shared log: a list gains and loses what it gained and lost in the form; of two texts
 * the one written later stands, and the other is kept as an entry; anything else is a conflict, and then nothing of
 * the command is applied. A desk that works alone knows conflicts only.
 */
export function merge(changes: FieldChanges, desk: Desk, incident: Incident): Result<Merged, Refusal> {
  const merged: Record<string, unknown> = {};
  const kept: Entry[] = [];
  for (const field of Object.keys(changes) as EditableField[]) {
    const change = changes[field];
    const now = incident[field];
    if (change === undefined || same(change.to, now)) continue;
    if (same(change.from, now)) merged[field] = change;
    else if (!desk.context.alone && LISTS.includes(field)) {
      const to = mergedList(change.from as string[], change.to as string[], now as readonly string[]);
      if (!same(to, now)) merged[field] = { from: now, to };
    } else if (!desk.context.alone && isText(field)) {
      const settled = mergedText(field, String(change.to), desk, incident);
      if (settled.stands) merged[field] = { from: now, to: change.to };
      kept.push(...settled.kept);
    } else return refuse('fieldChangedMeanwhile', { field });
  }
  return ok({ changes: merged as FieldChanges, kept });
}

/** What the form took out is out, what it put in is in, and what others did stays. */
function mergedList(from: readonly string[], to: readonly string[], now: readonly string[]): readonly string[] {
  const left = now.filter((one) => to.includes(one) || !from.includes(one));
  return [...left, ...to.filter((one) => !from.includes(one) && !now.includes(one))];
}

/** The text written later stands; of two of the same instant the one that the log takes later. */
function mergedText(field: MergedText, text: string, { command, state }: Desk, incident: Incident) {
  const other = standing(field, incident, state.timeline(incident.id));
  const stands = command.occurredAt >= other.at;
  const loser = stands ? other : { text, by: command.actor, at: command.occurredAt };
  const isNothing = stands && loser.text.trim() === '';
  return { stands, kept: isNothing ? [] : [entry(incident.id, 'incident.textKept', { field, ...loser })] };
}

/** The text that stands in a field: who wrote it, and when. */
function standing(
  field: MergedText,
  incident: Incident,
  timeline: ReturnType<Desk['state']['timeline']>,
): { readonly text: string; readonly by: Id; readonly at: Instant } {
  const text = incident[field];
  const last = inLogOrder(timeline).findLast((activity) => {
    const typed = asIncidentActivity(activity);
    if (typed?.type === 'incident.recorded') return typed.payload[field] === text;
    return effectsOf(activity).some((effect) => effect.field === field);
  });
  return { text, by: last?.actor ?? incident.openedById ?? SOURCE_ACTOR, at: last?.occurredAt ?? incident.openedAt };
}
