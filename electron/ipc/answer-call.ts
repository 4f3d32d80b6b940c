import type { z } from 'zod';
import { APP_ORIGIN } from '#contracts/ipc/bridges.ts';
import { type CallAnswer, type Channel, calls, type ParsedArgs, type WindowKind } from '#contracts/ipc/contract.ts';
import { fail } from '#electron/ipc/answers.ts';
import { errorFields } from '#electron/logs/error-fields.ts';
import type { Log } from '#electron/logs/log.ts';

/** What is known of a call's sender before anything it sent is read. */
export interface Sender {
  readonly webContentsId: number;
  readonly isMainFrame: boolean;
  readonly origin: string;
}

/** A window main opened itself. */
export interface KnownWindow {
  readonly kind: WindowKind;
  readonly windowId: string;
  readonly webContentsId: number;
}
export type FindWindow = (webContentsId: number) => KnownWindow | undefined;

export type Handler<C extends Channel> = (
  args: ParsedArgs<C>,
  caller: KnownWindow,
) => CallAnswer<C> | Promise<CallAnswer<C>>;
export type Handlers = { readonly [C in Channel]: Handler<C> };

/** The window a call may be answered for: known, of the row's kind, its main frame, on our origin. */
export const trustedCaller = (channel: Channel, sender: Sender, find: FindWindow): KnownWindow | undefined => {
  const window = find(sender.webContentsId);
  const trusted = window?.kind === calls[channel].from && sender.isMainFrame && sender.origin === APP_ORIGIN;
  return trusted ? window : undefined;
};

const isSizeIssue = (issue: z.core.$ZodIssue): boolean =>
  issue.code === 'too_big' || (issue.code === 'custom' && issue.params?.tooLarge === true);

/** The paths of what is wrong, never the values: they may be a caller's words. */
const pathsOf = (issues: readonly z.core.$ZodIssue[]): string =>
  issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.')}:${issue.code}`)
    .join(' ')
    .slice(0, 200);

/**
 * Answers one call: sender, then arguments, then the work. Always a coded answer; an exception is a bug of ours,
 * logged here and told as `internal`.
 */
export const answerCall = async <C extends Channel>(
  channel: C,
  sender: Sender,
  sent: readonly unknown[],
  deps: { readonly handlers: Handlers; readonly find: FindWindow; readonly log: Log },
): Promise<CallAnswer<C>> => {
  const caller = trustedCaller(channel, sender, deps.find);
  if (!caller) {
    deps.log('warn', 'ipc.foreignSender', { channel, webContents: sender.webContentsId });
    return fail('foreignSender');
  }
  const parsed = calls[channel].args.safeParse(sent[0]);
  if (!parsed.success || sent.length !== 1) {
    const issues = parsed.error?.issues ?? [];
    const tooLarge = issues.length > 0 && issues.every(isSizeIssue);
    const detail = parsed.success ? 'one argument expected' : pathsOf(issues);
    deps.log('warn', 'ipc.badArguments', { channel, detail });
    return fail(tooLarge ? 'tooLarge' : 'badArguments', detail);
  }
  try {
    const handler: Handler<C> = deps.handlers[channel];
    return await handler(parsed.data as ParsedArgs<C>, caller);
  } catch (error) {
    deps.log('error', 'ipc.internal', { channel, ...errorFields(error) });
    return fail('internal');
  }
};
