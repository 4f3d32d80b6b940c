import { Button } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { QUEUE_IDS } from '#domain/queue/queues.ts';
import { useHost } from '#renderer/platform/hooks.ts';
import { changeSettings, useSettings } from '#renderer/platform/settings-store.ts';
import { ACTION_IDS, ACTIONS, type ActionId, keyMap, keyOf } from '#renderer/ui/keys/actions.ts';
import { keyName } from '#renderer/ui/keys/listen.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './settings.module.css';

const SHOWN = ACTION_IDS;

/** Every action with its key; press one to give it another. */
export function KeySettings() {
  const say = useWords('settings');
  const app = useWords('app');
  const common = useWords('common');
  const host = useHost();
  const { keys } = useSettings();
  const [listening, setListening] = useState<ActionId | null>(null);
  const [note, setNote] = useState('');

  const nameOf = (action: ActionId) => {
    const queue = QUEUE_IDS[Number(/^queue(\d)$/.exec(action)?.[1] ?? 0) - 1];
    return queue ? common(`queue.${queue}`) : app(`action.${action}`);
  };
  const give = (action: ActionId, key: string) => {
    const other = key === '' ? undefined : keyMap(keys).get(key);
    const taken = other !== undefined && other !== action;
    setNote(taken ? say('keys.taken', { key, other: nameOf(other) }) : '');
    const next = { ...keys, ...(taken ? { [other]: '' } : {}), [action]: key };
    const differing = Object.entries(next).filter(([id, value]) => ACTIONS[id as ActionId]?.key !== value);
    void changeSettings(host, { keys: Object.fromEntries(differing) });
    setListening(null);
  };
  const press = (event: KeyboardEvent, action: ActionId) => {
    if (listening !== action || event.key === 'Tab' || event.key === 'Shift') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Escape') setListening(null);
    else give(action, event.key === 'Backspace' || event.key === 'Delete' ? '' : keyName(event.nativeEvent));
  };
  return (
    <>
      <div className={classes.keys}>
        {SHOWN.map((action) => (
          <div key={action} className={classes.keyLine}>
            <span>{nameOf(action)}</span>
            <button
              type="button"
              className={classes.keyButton}
              data-listening={listening === action || undefined}
              aria-label={say('keys.change', { action: nameOf(action) })}
              aria-describedby={`key-of-${action}`}
              onClick={() => setListening(action)}
              onBlur={() => setListening(null)}
              onKeyDown={(event) => press(event, action)}
            >
              <span id={`key-of-${action}`}>
                {listening === action ? '…' : keyOf(action, keys) || say('keys.none')}
              </span>
            </button>
          </div>
        ))}
      </div>
      <div className={classes.line}>
        <Button onClick={() => void changeSettings(host, { keys: {} })} disabled={Object.keys(keys).length === 0}>
          {say('keys.reset')}
        </Button>
        <span role="status">{listening === null ? note : say('keys.press')}</span>
      </div>
    </>
  );
}
