import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Id, Instant } from '#domain/activity/activity.ts';
import { useHost } from '#renderer/platform/hooks.ts';
import { useWords } from '#renderer/words/words.ts';
import type { TextEntry } from './entry.ts';
import classes from './timeline.module.css';

/** Whole seconds until an instant, counted down; 0 once it has passed. */
function useSecondsUntil(at: Instant | null): number {
  const left = () => (at === null ? 0 : Math.max(0, Math.ceil((at - Date.now()) / 1000)));
  const [seconds, setSeconds] = useState(left);
  const running = seconds > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `left` is only a reading of `at` and the clock
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setSeconds(left()), 250);
    return () => clearInterval(timer);
  }, [running, at]);
  return seconds;
}

export interface ReplyFooterProps {
  readonly entry: TextEntry;
  /** Only the newest reply offers "Undo", so that there is never more than one. */
  readonly mayUndo: boolean;
  readonly onUndo: (commandId: Id) => void;
}

/**
 * Below a reply: while it waits, the count and "Undo"; afterwards the truth about its route. No route to callers
 * exists on a desk that works alone, so it says so and offers the text to copy.
 */
export function ReplyFooter({ entry, mayUndo, onUndo }: ReplyFooterProps) {
  const say = useWords('incident');
  const host = useHost();
  const [copied, setCopied] = useState(false);
  const seconds = useSecondsUntil(mayUndo && !entry.observed ? entry.releaseAt : null);
  const { commandId } = entry;
  const copy = async () => {
    await host.copyText(entry.body);
    setCopied(true);
  };
  return (
    <div className={classes.footer}>
      {seconds > 0 && commandId !== null ? (
        <>
          <strong>{say('timeline.pending', { seconds })}</strong>
          <Button size="compact-xs" onClick={() => onUndo(commandId)}>
            {say('timeline.undo')}
          </Button>
        </>
      ) : (
        <>
          <strong>{say('timeline.recordedOnly')}</strong>
          <Button size="compact-xs" variant="subtle" onClick={() => void copy()}>
            {say(copied ? 'timeline.copied' : 'timeline.copy')}
          </Button>
        </>
      )}
    </div>
  );
}
