import type { Activity, Id } from '#domain/activity/activity.ts';
import { asIncidentActivity } from '#domain/incident/activities/registry.schema.ts';
import { toLocalInput } from '#renderer/ui/local-input.ts';
import type { ComposerTab, EntryContent } from './entry-content.schema.ts';

/** What somebody had written with a command that was taken back, as the composer held it. */
export interface ReturnedText {
  readonly tab: ComposerTab;
  readonly commandId: Id;
  readonly content: EntryContent;
}

/** An entry more than this long before it was written down had its time chosen by hand. */
const CHOSEN_BEFORE = 60_000;

function contentOf(activity: Activity, body: string, byCall: boolean, zone: string): EntryContent {
  const chosen = activity.recordedAt - activity.occurredAt > CHOSEN_BEFORE;
  return {
    body,
    byCall,
    happenedAt: chosen ? toLocalInput(activity.occurredAt, zone) : '',
    lateReason: activity.lateReason ?? '',
  };
}

/** The texts among a timeline that were written with any of these commands. */
export function returnedTexts(
  timeline: readonly Activity[],
  commandIds: readonly Id[],
  zone: string,
): readonly ReturnedText[] {
  return timeline.flatMap((activity): ReturnedText[] => {
    const commandId = activity.cause?.commandId;
    const entry = asIncidentActivity(activity);
    if (commandId === undefined || entry === null || !commandIds.includes(commandId)) return [];
    if (entry.type !== 'incident.reply' && entry.type !== 'incident.note' && entry.type !== 'incident.call') return [];
    const content = contentOf(activity, entry.payload.body, entry.type === 'incident.call', zone);
    return [{ tab: entry.type === 'incident.reply' ? 'reply' : 'note', commandId, content }];
  });
}

/** What stands in the field, with what waits below it. */
export const withBelow = (content: EntryContent, more: EntryContent): EntryContent => ({
  ...content,
  body: `${content.body.trimEnd()}\n\n${more.body}`,
});
