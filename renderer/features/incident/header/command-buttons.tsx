import { Button, Tooltip } from '@mantine/core';
import type { Person } from '#domain/directory/directory.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { useAction } from '#renderer/ui/keys/action-store.ts';
import type { ActionId } from '#renderer/ui/keys/actions.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from '../incident.module.css';
import { type ButtonName, type HeaderButton, headerButtons } from './actions.ts';

export type OnCommand = (name: ButtonName) => void;

const ACTION: Readonly<Record<ButtonName, ActionId>> = {
  assign: 'assignToMe',
  start: 'start',
  resume: 'hold',
  hold: 'hold',
  resolve: 'resolve',
  close: 'close',
  reopen: 'reopen',
  transfer: 'transfer',
  cancel: 'cancel',
};

/** Offers a command to its single key and to the palette, as long as its button can be pressed. */
function KeyOf({ name, onCommand }: { name: ButtonName; onCommand: OnCommand }) {
  useAction(ACTION[name], () => onCommand(name));
  return null;
}

function CommandButton({ button, reason, onCommand }: { button: HeaderButton; reason: string; onCommand: OnCommand }) {
  const say = useWords('incident');
  const { name, filled, allowed } = button;
  if (allowed) {
    return (
      <Button variant={filled ? 'filled' : 'default'} onClick={() => onCommand(name)}>
        {say(`command.${name}`)}
      </Button>
    );
  }
  return (
    <Tooltip label={reason}>
      <Button data-disabled aria-disabled title={reason} onClick={(event) => event.preventDefault()}>
        {say(`command.${name}`)}
      </Button>
    </Tooltip>
  );
}

export interface CommandButtonsProps {
  readonly incident: Incident;
  readonly me: Person;
  readonly busy: boolean;
  readonly onCommand: OnCommand;
}

/** What can be done with the incident as it stands; the usual next step is the filled one. */
export function CommandButtons({ incident, me, busy, onCommand }: CommandButtonsProps) {
  const say = useWords('incident');
  const common = useWords('common');
  const buttons = headerButtons(incident, me);
  const reason = say('command.notForRole', { role: common(`role.${me.role}`) });
  // `h` holds, and resumes what is on hold: the key belongs to the usual one of the two.
  const keyed = buttons.filter(({ name, allowed }) => allowed && !(name === 'hold' && incident.state === 'onHold'));
  return (
    <div className={classes.actions} aria-busy={busy || undefined}>
      {keyed.map(({ name }) => (
        <KeyOf key={name} name={name} onCommand={onCommand} />
      ))}
      {buttons.map((button) => (
        <CommandButton key={button.name} button={button} reason={reason} onCommand={onCommand} />
      ))}
    </div>
  );
}
