import type { Conflict } from '#contracts/engine/agreement.ts';
import type { Draft } from '#contracts/host/engine-host.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import { type FormContent, formContentSchema } from '#renderer/drafts/form-content.schema.ts';
import { contentReader } from '#renderer/drafts/read-content.ts';

const readForm = contentReader(formContentSchema);

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** How it was to be resolved: in the recording itself, or by a command that hangs on it. */
function resolutionOf(args: Readonly<Record<string, unknown>>, hanging: readonly Conflict[]) {
  const later = hanging.findLast(({ name }) => name === 'incident.resolve');
  const { resolutionCode, resolutionNotes } = record(later ? later.args : args.resolve);
  return { resolutionCode, resolutionNotes };
}

/**
 * The new-incident form filled with a refused recording. What was written by commands that hang on it goes into the
 * description, so that nothing typed is left behind; how they resolved it stands where the form asks for that.
 */
export function refusedForm(conflict: Conflict, hanging: readonly Conflict[]): FormContent {
  const args = record(conflict.args);
  const { name, phone, personId } = record(args.newCaller);
  const texts = hanging.flatMap(({ name: command, text }) => (text && command !== 'incident.resolve' ? [text] : []));
  const description = [args.description, ...texts].filter((text) => typeof text === 'string' && text !== '');
  return readForm({
    ...args,
    ...(args.newCaller !== undefined && { newCaller: { personId, name, phone: phone ?? '' } }),
    ...resolutionOf(args, hanging),
    description: description.join('\n\n'),
    assumed: args.assumed === true,
    configurationItemId: list(args.configurationItemIds)[0],
    decides: conflict.commandId,
  });
}

/** The draft that carries it: begun now, or gone on with where it was opened before and not recorded. */
export function refusedDraft(
  conflict: Conflict,
  hanging: readonly Conflict[],
  drafts: readonly Draft[],
  fresh: { readonly id: Id; readonly now: Instant },
): Draft {
  const begun = drafts.find(
    ({ kind, content }) => kind === 'newIncident' && readForm(content).decides === conflict.commandId,
  );
  // The form opens with the draft that was touched last.
  if (begun) return { ...begun, updatedAt: Math.max(fresh.now, begun.updatedAt + 1) };
  return {
    id: fresh.id,
    person: conflict.personId,
    kind: 'newIncident',
    incidentId: null,
    content: refusedForm(conflict, hanging),
    updatedAt: fresh.now,
  };
}
