import type { NotificationRequest } from '#contracts/host/engine-host.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { AlertRecord } from '#domain/alerts/alert.ts';
import type { Words } from '#renderer/words/areas.ts';

export interface Speech {
  readonly words: Words<'alerts'>;
  personName(personId: Id): string | null;
}

/** What the notification and the line in the ledger are called. */
export function titleOf(record: AlertRecord, { words }: Speech): string {
  if (record.rule === 'digest') return words('notification.digest.title', { count: record.count });
  return words(`notification.${record.rule}.title`, { number: record.number, priority: record.priority });
}

/** Why me, why now, as one sentence. */
export function whyOf(record: AlertRecord, { words, personName }: Speech): string {
  const { code, actorId, priority } = record.reason;
  const known = actorId === null ? null : personName(actorId);
  const values = { who: known ?? words('somebody'), priority, count: record.count };
  return words(`why.${code}`, values);
}

/** Alerts of a digest that still wait, as far as its text and its link need them. */
type Members = readonly Pick<AlertRecord, 'rule' | 'priority'>[];

export function notificationOf(record: AlertRecord, members: Members, speech: Speech): NotificationRequest {
  const digest = record.rule === 'digest';
  const what = record.shortDescription ?? speech.words('notification.confidential');
  return {
    alertId: record.id,
    title: titleOf(digest ? { ...record, count: members.length } : record, speech),
    body: digest ? digestBody(members, speech) : `${what}\n${whyOf(record, speech)}`,
    urgency: record.priority === 1 ? 'critical' : 'normal',
    link: digest
      ? `deskbell://queue/${digestQueue(members)}`
      : `deskbell://incident/${encodeURIComponent(record.number ?? '')}`,
    tag: digest ? record.id : record.dedupeKey,
  };
}

function digestBody(members: Members, { words }: Speech): string {
  const lines = ([1, 2] as const).flatMap((priority) => {
    const count = members.filter((member) => member.priority === priority).length;
    return count === 0 ? [] : [words('notification.digest.priority', { priority, count })];
  });
  const mine = members.filter((member) => member.rule === 'assignedToMe').length;
  return [...lines, ...(mine === 0 ? [] : [words('notification.digest.mine', { count: mine })])].join('\n');
}

/** Where all of them can be seen. */
const digestQueue = (members: Members) =>
  members.every((member) => member.rule === 'assignedToMe') ? 'myWork' : 'allOpen';
