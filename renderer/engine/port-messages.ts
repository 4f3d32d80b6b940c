import { z } from 'zod';
import type { CallName, QueryName, ToEngine } from '#contracts/engine/protocol.ts';

const id = z.int().nonnegative();
const name = z.string().max(64);

/** The envelope only: whether name and arguments are known is answered to the one who asked. */
const messageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), protocol: z.int() }),
  z.strictObject({ type: z.literal('call'), id, name, args: z.unknown() }),
  z.strictObject({ type: z.literal('watch'), id, name, args: z.unknown() }),
  z.strictObject({ type: z.literal('rewatch'), id, args: z.unknown() }),
  z.strictObject({ type: z.literal('unwatch'), id }),
  z.strictObject({ type: z.literal('bye') }),
]);

/** A message from a window, or null when it is none. */
export function parseMessage(data: unknown): ToEngine | null {
  const parsed = messageSchema.safeParse(data);
  if (!parsed.success) return null;
  const message = parsed.data;
  if (message.type === 'call') return { ...message, name: message.name as CallName };
  return message.type === 'watch' ? { ...message, name: message.name as QueryName } : message;
}
