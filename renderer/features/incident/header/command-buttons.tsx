import type { Person } from '#domain/directory/directory.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { GuardedButton } from '#renderer/ui/guarded-button.tsx';
import { useAction } from '#renderer/ui/keys/action-store.ts';
import type { ActionId } from '#renderer/ui/keys/actions.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from '../incident.module.css';
import { BUTTONS, type ButtonName, COMMAND, type HeaderButton, headerButtons } from './actions.ts';
import { useWhyNot } from './why-not.ts';

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

/** Says why the key of a command does nothing as the incident stands. */
function KeyInVain({ name, sentence }: { name: ButtonName; sentence: string }) {
  useAction(ACTION[name], null, sentence);
  return null;
}

function CommandButton({ button, reason, onCommand }: { button: HeaderButton; reason: string; onCommand: OnCommand }) {
  const say = useWords('incident');
  const { name, filled, allowed } = button;
  return (
    <GuardedButton
      variant={filled ? 'filled' : 'default'}
      whyNot={allowed ? null : reason}
      onClick={() => onCommand(name)}
    >
      {say(`command.${name}`)}
    </GuardedButton>
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
  const reason = common('notForRole', { role: common(`role.${me.role}`) });
  // `h` holds, and resumes what is on hold: the key belongs to the usual one of the two.
  const keyed = buttons.filter(({ name, allowed }) => allowed && !(name === 'hold' && incident.state === 'onHold'));
  const whyNotCommand = useWhyNot(incident, me);
  const whyNot = (name: ButtonName) =>
    name === 'assign' && incident.assignedToId === me.id
      ? say('command.alreadyMine')
      : whyNotCommand(COMMAND[name], say(`command.${name}`));
  // One sentence a key: `h` speaks of holding, also where there is nothing to resume.
  const vain = BUTTONS.filter(
    (name) => name !== 'resume' && keyed.every((button) => ACTION[button.name] !== ACTION[name]),
  );
  return (
    <div className={classes.actions} aria-busy={busy || undefined}>
      {keyed.map(({ name }) => (
        <KeyOf key={name} name={name} onCommand={onCommand} />
      ))}
      {vain.map((name) => (
        <KeyInVain key={name} name={name} sentence={whyNot(name)} />
      ))}
      {buttons.map((button) => (
        <CommandButton key={button.name} button={button} reason={reason} onCommand={onCommand} />
      ))}
    </div>
  );
}
