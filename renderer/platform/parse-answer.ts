import { z } from 'zod';
import { IPC_ERROR_CODES, type IpcError } from '#contracts/errors.ts';
import { type CallResult, type Channel, calls } from '#contracts/ipc/contract.ts';
import type { Result } from '#domain/result.ts';

const failure = z.object({
  ok: z.literal(false),
  error: z.object({ code: z.enum(IPC_ERROR_CODES), detail: z.string().exactOptional() }),
});
const success = z.object({ ok: z.literal(true), value: z.unknown() });
const envelope = z.discriminatedUnion('ok', [success, failure]);

/** Main's answer to a call, parsed again on this side of the boundary before anything believes it. */
export const parseAnswer = async <C extends Channel>(
  channel: C,
  answer: Promise<unknown>,
): Promise<Result<CallResult<C>, IpcError>> => {
  const parsed = envelope.parse(await answer);
  if (!parsed.ok) return parsed;
  return { ok: true, value: calls[channel].result.parse(parsed.value) as CallResult<C> };
};

/** The value of a call that has no expected failure, or none its caller could do anything about. */
export const valueFrom = async <C extends Channel>(channel: C, answer: Promise<unknown>): Promise<CallResult<C>> => {
  const parsed = await parseAnswer(channel, answer);
  if (!parsed.ok) throw new Error(`${channel}: ${parsed.error.code} ${parsed.error.detail ?? ''}`.trim());
  return parsed.value;
};
