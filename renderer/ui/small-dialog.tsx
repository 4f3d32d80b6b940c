import { Button, Modal } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, type ReactNode, useRef } from 'react';
import { useWords } from '#renderer/words/words.ts';
import { SettlingFields, useSettling, useWhenSettled } from './settling.ts';
import classes from './small-dialog.module.css';
import { useFocusRefused } from './use-focus-refused.ts';
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
  /** Why it was refused, a new object for every attempt: the first field marked invalid then takes the focus. */
  readonly refusal?: object | null;
  /** What will be sent to whom, said above the button. */
  readonly consequence?: ReactNode;
  /** Further buttons, before the two that leave the dialog. */
  readonly actions?: ReactNode;
  /** Name of the button that leaves without confirming; absent: "Cancel", or "Done" where nothing is confirmed. */
  readonly leave?: string;
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
 * Ctrl/Cmd+Enter confirms, left by "Dismiss", Esc or the plain button before the confirming one. Nothing asks
 * "discard?". It confirms only once its fields have taken what is typed. The buttons stand in one order everywhere: further ones, the one that leaves, the one that confirms.
 */
export function SmallDialog(props: SmallDialogProps) {
  const say = useWords('common');
  const form = useRef<HTMLFormElement>(null);
  useReturnFocus(props.opened);
  useFocusRefused(form, props.refusal);
  const settling = useSettling();
  const confirm = useWhenSettled(settling, () => {
    if (!props.confirmDisabled) props.onConfirm?.();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (!props.busy) confirm();
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
      <form ref={form} onSubmit={submit} onKeyDown={press} className={classes.form} noValidate>
        <SettlingFields value={settling.fields}>{props.children}</SettlingFields>
        {props.consequence && <p className={classes.consequence}>{props.consequence}</p>}
        <div className={classes.actions}>
          {props.confirm && (
            <span className={classes.hint} aria-hidden="true">
              {say('confirmHint', { modifier: say(commandKeyWord()) })}
            </span>
          )}
          {props.actions}
          <Button onClick={props.onDismiss}>{props.leave ?? say(props.confirm ? 'cancel' : 'done')}</Button>
          {props.confirm && (
            <Button
              type="submit"
              variant="filled"
              color={props.danger ? 'breach' : 'brass'}
              disabled={props.confirmDisabled ?? false}
              aria-busy={props.busy || undefined}
            >
              {props.confirm}
            </Button>
          )}
        </div>
      </form>
    </Modal>
  );
}
