import type { DeskRoute } from '#contracts/host/desk-host.ts';
import { QUEUE_IDS, type QueueId } from '#domain/queue/queues.ts';

export const LINK_SCHEME = 'deskbell';

const LONGEST_LINK = 200;
/** Link words are lower case with dashes, because a URL's host and people's typing are not trusted to keep case. */
const wordOf = (queue: QueueId): string => queue.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const queueByWord: ReadonlyMap<string, QueueId> = new Map(QUEUE_IDS.map((queue) => [wordOf(queue), queue]));
const linkPattern = /^deskbell:\/\/(incident|queue)\/([A-Za-z0-9][A-Za-z0-9-]{0,63})\/?$/i;

/**
 * The place a link leads to, or null. A link only ever navigates: no query, fragment, port, user or further path
 * is understood, so that a page or a mail can't make the desk do anything.
 */
export const parseLink = (text: string): DeskRoute | null => {
  if (text.length > LONGEST_LINK) return null;
  const match = linkPattern.exec(text);
  const [, kind, name] = match ?? [];
  if (kind === undefined || name === undefined) return null;
  if (kind.toLowerCase() === 'incident') return { name: 'incident', idOrNumber: name };
  const queue = queueByWord.get(name.toLowerCase()) ?? QUEUE_IDS.find((id) => id === name);
  return queue ? { name: 'queue', queue } : null;
};

/** The first link among program arguments: how Linux and Windows hand one to a running application. */
export const linkAmong = (words: readonly string[]): string | null =>
  words.find((word) => parseLink(word) !== null) ?? null;

export const incidentLink = (idOrNumber: string): string => `${LINK_SCHEME}://incident/${idOrNumber}`;
export const queueLink = (queue: QueueId): string => `${LINK_SCHEME}://queue/${wordOf(queue)}`;
