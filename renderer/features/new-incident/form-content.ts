import type { Id } from '#domain/activity/activity.ts';
import type { CommandArgs } from '#domain/command/command.ts';
import type { ResolutionCode } from '#domain/incident/incident.ts';
import { type FormContent, formContentSchema } from '#renderer/drafts/form-content.schema.ts';
import { contentReader } from '#renderer/drafts/read-content.ts';

export type { FormContent } from '#renderer/drafts/form-content.schema.ts';

/** Reads a draft's content; whatever is unknown or damaged in it becomes the empty value of that field. */
export const readFormContent = contentReader(formContentSchema);

/** An untouched form: by phone, impact 3 and urgency 2 assumed (domain.md "Incident"). */
export const emptyForm = (): FormContent => readFormContent({});

/** True while there is nothing worth keeping. */
export function isUntouched(form: FormContent): boolean {
  const empty = emptyForm();
  return (Object.keys(empty) as (keyof FormContent)[]).every((field) => form[field] === empty[field]);
}

/** What a draft is called in a list: its short description, else who called. */
export function draftTitle(form: FormContent): string {
  return form.shortDescription.trim() || form.newCaller?.name.trim() || form.callerText.trim();
}

export interface ResolveArgs {
  readonly resolutionCode: ResolutionCode;
  readonly resolutionNotes: string;
  readonly confirmedBy?: string;
}

/** The arguments of `incident.record`: only what was filled in, texts trimmed at their ends. */
export function recordArgs(form: FormContent, incidentId: Id, resolve?: ResolveArgs): CommandArgs['incident.record'] {
  const description = form.description.trim();
  const name = form.newCaller?.name.trim() ?? '';
  return {
    incidentId,
    shortDescription: form.shortDescription.trim(),
    channel: form.channel,
    impact: form.impact,
    urgency: form.urgency,
    ...(form.assumed && { assumed: true }),
    ...(description && { description }),
    ...(form.callerId !== null && { callerId: form.callerId }),
    ...(form.callerId === null &&
      form.newCaller !== null &&
      name && {
        newCaller: { personId: form.newCaller.personId, name, phone: form.newCaller.phone.trim() || null },
      }),
    ...(form.categoryId !== null && { categoryId: form.categoryId }),
    ...(form.serviceId !== null && { serviceId: form.serviceId }),
    ...(form.configurationItemId !== null && { configurationItemIds: [form.configurationItemId] }),
    ...(form.assignmentGroupId !== null && { assignmentGroupId: form.assignmentGroupId }),
    ...(form.assignedToId !== null && { assignedToId: form.assignedToId }),
    ...(resolve && { resolve }),
  };
}
