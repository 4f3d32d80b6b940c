import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { QUEUE_IDS } from '#domain/queue/queues.ts';
import { useSettings } from '#renderer/platform/settings-store.ts';
import { ACTION_IDS, ACTIONS, type ActionId, keyOf } from '#renderer/ui/keys/actions.ts';
import { commandKeyWord } from '#renderer/ui/small-dialog.tsx';
import { useWords } from '#renderer/words/words.ts';
import classes from './keyboard-dialog.module.css';

/** In an order that fills both columns alike. */
const GROUPS = ['desk', 'queues', 'list', 'incident'] as const;

function Line({ what, children }: { what: string; children: ReactNode }) {
  return (
    <div className={classes.line}>
      <dt>{what}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Every key, as it is set for this person. */
function Keys() {
  const say = useWords('app');
  const common = useWords('common');
  const { keys, singleKeys } = useSettings();
  const modifier = common(commandKeyWord());
  const cap = (key: string) =>
    key === 'Space' ? say('keyboard.space') : key === 'Enter' ? say('keyboard.enter') : key;
  const actionWords = (action: ActionId) => {
    const digit = /^queue(\d)$/.exec(action)?.[1];
    const queue = digit ? QUEUE_IDS[Number(digit) - 1] : undefined;
    return queue ? common(`queue.${queue}`) : say(`action.${action}`);
  };
  const always: readonly (readonly [string, string])[] = [
    [say('keyboard.commands'), say('keyboard.combined', { modifier, key: 'K' })],
    [say('keyboard.confirm'), say('keyboard.combined', { modifier, key: say('keyboard.enter') })],
    [say('keyboard.sendReply'), say('keyboard.combinedShift', { modifier, key: say('keyboard.enter') })],
    [say('keyboard.dismiss'), say('keyboard.escape')],
    [say('keyboard.back'), say('keyboard.altArrows')],
    [say('keyboard.column'), say('keyboard.arrows')],
    [say('keyboard.rowMenu'), say('keyboard.menuKey')],
  ];
  return (
    <>
      {!singleKeys && <p className={classes.off}>{say('keyboard.off', { modifier })}</p>}
      <div className={classes.columns}>
        {GROUPS.map((group) => (
          <section key={group} className={classes.group}>
            <h3 className={classes.heading}>{say(`keyboard.group.${group}`)}</h3>
            <dl className={classes.list}>
              {ACTION_IDS.filter((action) => ACTIONS[action].group === group && keyOf(action, keys) !== '').map(
                (action) => (
                  <Line key={action} what={actionWords(action)}>
                    <kbd className={classes.key}>{cap(keyOf(action, keys))}</kbd>
                  </Line>
                ),
              )}
            </dl>
          </section>
        ))}
        <section className={classes.group}>
          <h3 className={classes.heading}>{say('keyboard.always')}</h3>
          <dl className={classes.list}>
            {always.map(([what, key]) => (
              <Line key={what} what={what}>
                <kbd className={classes.key}>{key}</kbd>
              </Line>
            ))}
          </dl>
        </section>
      </div>
    </>
  );
}

/** "Keyboard": its words are made only while it is open. */
export function KeyboardDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const say = useWords('app');
  const common = useWords('common');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={say('keyboard')}
      size={760}
      closeButtonProps={{ 'aria-label': common('dismiss'), title: common('dismiss') }}
    >
      <Keys />
    </Modal>
  );
}
