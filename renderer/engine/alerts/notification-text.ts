import type { NotificationRequest } from '#contracts/host/engine-host.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { AlertRecord } from '#domain/alerts/alert.ts';
import type { Words } from '#renderer/words/areas.ts';

export interface Speech {
  readonly words: Words<'alerts'>;
  personName(personId: Id): string | null;
}

/** What an import calls an incident can be as long as a cell; a notification is read in passing. */
const LONGEST_NUMBER = 60;
const LONGEST_TEXT = 500;

/** A caller's words on one line: they never look like the lines we add, turn them around, or outgrow the message. */
const oneLine = (text: string, most: number): string => {
  const letters = [...text.slice(0, 4 * most).replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ')];
  return (letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : letters.join('')).trim();
};

/** What the notification and the line in the ledger are called. */
export function titleOf(record: AlertRecord, { words }: Speech): string {
  if (record.rule === 'digest') return words('notification.digest.title', { count: record.count });
  return words(`notification.${record.rule}.title`, {
    number: record.number === null ? null : oneLine(record.number, LONGEST_NUMBER),
    priority: record.priority,
  });
}

/** Why me, why now, as one sentence. */
export function whyOf(record: AlertRecord, { words, personName }: Speech): string {
  const { code, actorId, priority } = record.reason;
  const known = actorId === null ? null : personName(actorId);
  const who = known === null ? words('somebody') : oneLine(known, LONGEST_NUMBER);
  const values = { who, priority, count: record.count };
  return words(`why.${code}`, values);
}

/** Alerts of a digest that still wait, as far as its text and its link need them. */
type Members = readonly Pick<AlertRecord, 'rule' | 'priority'>[];

export function notificationOf(record: AlertRecord, members: Members, speech: Speech): NotificationRequest {
  const digest = record.rule === 'digest';
  const { shortDescription } = record;
  const what =
    shortDescription === null ? speech.words('notification.confidential') : oneLine(shortDescription, LONGEST_TEXT);
  return {
    alertId: record.id,
    title: titleOf(digest ? { ...record, count: members.length } : record, speech),
    body: digest ? digestBody(members, speech) : `${what}\n${whyOf(record, speech)}`,
    urgency: record.priority === 1 ? 'critical' : 'normal',
    link: digest ? `deskbell://queue/${digestQueue(members)}` : incidentLink(record),
    tag: digest ? record.id : record.dedupeKey,
  };
}

/** A number of another system need not be a word a link can hold; the incident's id always is. */
function incidentLink({ number, incidentId }: AlertRecord): string {
  const name = number !== null && /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(number) ? number : incidentId;
  return `deskbell://incident/${name ?? ''}`;
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
