import type { Id } from '#domain/activity/activity.ts';
import { sha256 } from '#domain/activity/sha256.ts';
import { utf8 } from '#domain/activity/utf8.ts';

const hex = (word: number) => word.toString(16).padStart(8, '0');

/**
 * A UUIDv8 (RFC 9562) of a name: the first 122 free bits of SHA-256 over namespace and parts. The same name makes
 * the same id on every device; parts are length-prefixed, so ('ab','c') and ('a','bc') stay apart.
 */
export function nameBasedId(namespace: string, ...parts: readonly (string | number)[]): Id {
  const name = [namespace, ...parts].map((part) => `${String(part).length}:${part}`).join('');
  const words = sha256(utf8(name));
  const a = hex(words[0] as number);
  const b = hex((((words[1] as number) & 0xffff0fff) | 0x8000) >>> 0);
  const c = hex((((words[2] as number) & 0x3fffffff) | 0x80000000) >>> 0);
  const d = hex(words[3] as number);
  return `${a}-${b.slice(0, 4)}-${b.slice(4)}-${c.slice(0, 4)}-${c.slice(4)}${d}`;
}

/** The id of the activity at `index` among those a command makes: judging a command twice makes the same ids. */
export const activityId = (commandId: Id, index: number): Id => nameBasedId('activity', commandId, index);

/** The id of a command that the desk itself runs: two devices that see the same cause make one command. */
export const systemCommandId = (cause: Id, targetId: Id, rule: string): Id =>
  nameBasedId('system', cause, targetId, rule);
