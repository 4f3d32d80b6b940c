import { Button, Modal } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, type ReactNode, useId } from 'react';
import { useWords } from '#renderer/words/words.ts';
import classes from './small-dialog.module.css';
import { useReturnFocus } from './use-return-focus.ts';

export interface SmallDialogProps {
  readonly opened: boolean;
  /** The dialog's name. */
  readonly title: string;
  readonly onDismiss: () => void;
  /** Name of the confirming button; absent for a dialog that only shows. */
  readonly confirm?: string;
  readonly onConfirm?: () => void;
  /** True while the command is on its way: shown as waiting, not as an error. */
  readonly busy?: boolean;
  readonly danger?: boolean;
  readonly confirmDisabled?: boolean;
  /** What will be sent to whom, said above the button. */
  readonly consequence?: ReactNode;
  /** Further buttons, before the confirming one. */
  readonly actions?: ReactNode;
  readonly size?: number;
  readonly children: ReactNode;
}

export const isCommandKey = (event: { ctrlKey: boolean; metaKey: boolean; altKey: boolean }) =>
  (event.ctrlKey || event.metaKey) && !event.altKey;

/** "Ctrl" or "⌘", as this machine's keyboard has it. */
export const commandKeyWord = (): 'modifier.command' | 'modifier.control' =>
  typeof navigator !== 'undefined' && /Mac/.test(navigator.platform) ? 'modifier.command' : 'modifier.control';

/**
 * A dialog of 480 px over what it is about: named by its title, first field focused (mark it `data-autofocus`),
 * Ctrl/Cmd+Enter confirms, left by "Dismiss" or Esc. Nothing asks "discard?".
 */
export function SmallDialog(props: SmallDialogProps) {
  const say = useWords('common');
  const form = useId();
  useReturnFocus(props.opened);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (!props.busy && !props.confirmDisabled) props.onConfirm?.();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && isCommandKey(event) && !event.shiftKey) submit(event);
  };
  return (
    <Modal
      opened={props.opened}
      onClose={props.onDismiss}
      title={props.title}
      size={props.size ?? 480}
      centered
      closeButtonProps={{ 'aria-label': say('dismiss'), title: say('dismiss') }}
    >
      <form id={form} onSubmit={submit} onKeyDown={press} className={classes.form} noValidate>
        {props.children}
        {props.consequence && <p className={classes.consequence}>{props.consequence}</p>}
        {props.confirm && (
          <div className={classes.actions}>
            <span className={classes.hint} aria-hidden="true">
              {say('confirmHint', { modifier: say(commandKeyWord()) })}
            </span>
            {props.actions}
            <Button
              type="submit"
              variant="filled"
              color={props.danger ? 'breach' : 'brass'}
              disabled={props.confirmDisabled ?? false}
              aria-busy={props.busy || undefined}
            >
              {props.confirm}
            </Button>
          </div>
        )}
      </form>
    </Modal>
  );
}
