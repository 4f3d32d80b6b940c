import { Modal, TextInput } from '@mantine/core';
import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { QUEUE_IDS, type QueueId } from '#domain/queue/queues.ts';
import { wantGridFocus } from '#renderer/features/queue/grid-focus.ts';
import { useHost } from '#renderer/platform/hooks.ts';
import { changeSettings, useSettings } from '#renderer/platform/settings-store.ts';
import { ComboList } from '#renderer/ui/combo-list.tsx';
import { type ComboOption, matching } from '#renderer/ui/combo-options.ts';
import { isOffered, perform, useActionStore } from '#renderer/ui/keys/action-store.ts';
import { ACTION_IDS, ACTIONS, keyOf } from '#renderer/ui/keys/actions.ts';
import { navigate } from '#renderer/ui/navigation.ts';
import { useReturnFocus } from '#renderer/ui/use-return-focus.ts';
import { useWords } from '#renderer/words/words.ts';
import { useQueues } from './queue-groups.ts';

const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
const DENSITIES = ['compact', 'normal', 'roomy'] as const;

/** The key that opens a queue; '' for one that has none. */
function keyOfQueue(queue: QueueId, keys: Readonly<Record<string, string>>): string {
  const action = ACTION_IDS.find((id) => id === `queue${QUEUE_IDS.indexOf(queue) + 1}`);
  return action === undefined ? '' : keyOf(action, keys);
}

interface PaletteEntry extends ComboOption {
  readonly run: () => void;
}

/** Everything that can be done here and now: what the screens offer, the queues, and the look. */
function usePaletteEntries(): readonly PaletteEntry[] {
  const say = useWords('app');
  const common = useWords('common');
  const host = useHost();
  const { handlers } = useActionStore();
  const { keys } = useSettings();
  const offered = useQueues();
  return useMemo(() => {
    const actions = ACTION_IDS.filter((id) => ACTIONS[id].group !== 'queues' && isOffered(handlers, id)).map((id) => ({
      value: id,
      label: say(`action.${id}`),
      detail: keyOf(id, keys),
      run: () => void perform(id),
    }));
    const queues = offered.map((queue) => ({
      value: `queue-${queue}`,
      label: say('commands.goTo', { place: common(`queue.${queue}`) }),
      detail: keyOfQueue(queue, keys),
      run: () => {
        navigate({ name: 'queue', queue });
        wantGridFocus();
      },
    }));
    const themes = THEMES.map((theme) => ({
      value: `theme-${theme}`,
      label: say('commands.theme', { theme: say(`theme.${theme}`) }),
      run: () => void changeSettings(host, { theme }),
    }));
    const densities = DENSITIES.map((density) => ({
      value: `density-${density}`,
      label: say('commands.density', { density: say(`density.${density}`) }),
      run: () => void changeSettings(host, { density }),
    }));
    return [...actions, ...queues, ...themes, ...densities];
  }, [say, common, host, handlers, keys, offered]);
}

function Palette({ onTake }: { onTake: (run: () => void) => void }) {
  const say = useWords('app');
  const common = useWords('common');
  const id = useId();
  const entries = usePaletteEntries();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const shown = matching(entries, text);
  const take = (option: ComboOption | undefined) => {
    const entry = entries.find((each) => each.value === option?.value);
    if (entry) onTake(entry.run);
  };
  const press = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && shown.length > 0) {
      event.preventDefault();
      setActive((was) => (was + step + shown.length) % shown.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      take(shown[active]);
    }
  };
  return (
    <>
      <TextInput
        data-autofocus
        role="combobox"
        aria-label={say('commands.field')}
        aria-expanded
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shown[active] ? `${id}-${active}` : undefined}
        placeholder={say('commands.placeholder')}
        autoComplete="off"
        mb={8}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={press}
      />
      <ComboList
        id={`${id}-list`}
        label={common('optionsOf', { field: say('commands.field') })}
        options={shown}
        active={active}
        value={null}
        numbered={false}
        loading={false}
        optionId={(index) => `${id}-${index}`}
        onActive={setActive}
        onTake={take}
      />
    </>
  );
}

/** "Commands": every action by its words (Ctrl/Cmd+K). */
export function CommandsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const say = useWords('app');
  const common = useWords('common');
  const giveBack = useReturnFocus(opened);
  const leave = () => {
    onClose();
    giveBack();
  };
  // The focus is back where it was before the command runs: from then on it belongs to the command.
  const take = (run: () => void) => {
    leave();
    run();
  };
  return (
    <Modal
      opened={opened}
      onClose={leave}
      // Mantine gives it back some time later, perhaps after the command has put it elsewhere.
      returnFocus={false}
      title={say('commands')}
      size={560}
      yOffset="10vh"
      closeButtonProps={{ 'aria-label': common('dismiss') }}
    >
      <Palette onTake={take} />
    </Modal>
  );
}
