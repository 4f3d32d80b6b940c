import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { ROLES, type Role } from '#domain/directory/directory.ts';
import { isBlankName, NAME_LIMIT } from '#domain/directory/names.ts';
import { useConnection, useEngine, usePersonId, useSteadyWatch } from '#renderer/platform/hooks.ts';
import { Combo } from '#renderer/ui/combo.tsx';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { SmallDialog } from '#renderer/ui/small-dialog.tsx';
import { useWords } from '#renderer/words/words.ts';
import { SwitchSeated } from './switch-seated.tsx';

const STAFF_ROLES: readonly Role[] = ROLES.filter((role) => role !== 'requester');
const NEW_PERSON = 'new';

export interface SwitchPersonDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** At a desk with a server: empty is somebody who is not named yet. */
  readonly onSignIn: (email: string) => void;
}

/** "Switch person": actor, drafts and teams change at once, in every window, without restart. */
export function SwitchPersonDialog({ opened, onClose, onSignIn }: SwitchPersonDialogProps) {
  const connection = useConnection();
  if (!opened) return null;
  return connection?.mode === 'joined' ? (
    <SwitchSeated people={connection.people} onClose={onClose} onSignIn={onSignIn} />
  ) : (
    <SwitchPerson onClose={onClose} />
  );
}

function SwitchPerson({ onClose }: { onClose: () => void }) {
  const say = useWords('directory');
  const common = useWords('common');
  const engine = useEngine();
  const errors = useErrorWords();
  const me = usePersonId();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [teamName, setTeamName] = useState('');
  const [role, setRole] = useState<Role>('agent');
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const { value: people, pending } = useSteadyWatch('people', { text, limit: 50, staff: true });
  const isNew = chosen === NEW_PERSON;
  const options = [
    ...(people ?? [])
      .filter((person) => person.active && person.id !== me)
      .map((person) => ({ value: person.id, label: person.name, detail: common(`role.${person.role}`) })),
    { value: NEW_PERSON, label: say('person.new'), makesNew: true },
  ];
  const complete = isNew ? !isBlankName(name) && !isBlankName(teamName) : chosen !== null;

  const confirm = async () => {
    if (chosen === null) return;
    const tooLong = [name, teamName].find((each) => isNew && each.trim().length > NAME_LIMIT);
    if (tooLong !== undefined) {
      return setTrouble(common('nameTooLong', { length: tooLong.trim().length, limit: NAME_LIMIT }));
    }
    setBusy(true);
    const outcome = isNew
      ? await engine.call('introduce', { name: name.trim(), teamName: teamName.trim(), role })
      : await engine.call('switchPerson', { personId: chosen });
    setBusy(false);
    if (outcome.ok) onClose();
    else setTrouble(errors.engine(outcome.error));
  };
  return (
    <SmallDialog
      opened
      title={say('person.switchTitle')}
      confirm={say(isNew ? 'person.newConfirm' : 'person.confirm')}
      confirmDisabled={!complete}
      busy={busy}
      consequence={say('person.note')}
      onDismiss={onClose}
      onConfirm={() => void confirm()}
    >
      {trouble && <ErrorNote text={trouble} />}
      <Combo
        label={say('person.search')}
        autoFocus
        value={chosen}
        valueLabel={isNew ? say('person.new') : null}
        options={options}
        onSearch={setText}
        loading={pending}
        onChange={setChosen}
      />
      {isNew && (
        <>
          <TextInput
            label={say('person.newName')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={say('team')}
            value={teamName}
            onChange={(event) => setTeamName(event.currentTarget.value)}
          />
          <Combo
            label={say('role')}
            value={role}
            options={STAFF_ROLES.map((each) => ({ value: each, label: common(`role.${each}`) }))}
            onChange={(value) => setRole(STAFF_ROLES.find((each) => each === value) ?? role)}
          />
        </>
      )}
    </SmallDialog>
  );
}
