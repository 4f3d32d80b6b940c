import { Button } from '@mantine/core';
import { commandKeyWord } from '#renderer/ui/small-dialog.tsx';
import { useWords } from '#renderer/words/words.ts';
import type { ComposerTab } from './entry-content.schema.ts';

/** The keys that send, as one reads them on this machine: those of a reply are no other's. */
export function useSendKeys(tab: ComposerTab): string {
  const say = useWords('incident');
  const common = useWords('common');
  const modifier = common(commandKeyWord());
  return tab === 'reply' ? say('composer.replyKeys', { modifier }) : common('confirmHint', { modifier });
}

export interface SendButtonProps {
  readonly tab: ComposerTab;
  readonly busy: boolean;
  readonly onSend: () => void;
}

/** "Add note" or "Send reply"; its hint names the keys. */
export function SendButton({ tab, busy, onSend }: SendButtonProps) {
  const say = useWords('incident');
  const keys = useSendKeys(tab);
  const shift = tab === 'reply' ? '+Shift' : '';
  return (
    <Button
      variant="default"
      title={keys}
      aria-keyshortcuts={`Control${shift}+Enter Meta${shift}+Enter`}
      aria-busy={busy || undefined}
      onClick={onSend}
    >
      {say(tab === 'reply' ? 'composer.sendReply' : 'composer.addNote')}
    </Button>
  );
}
