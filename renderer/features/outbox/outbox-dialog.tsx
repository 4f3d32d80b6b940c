import { Modal } from '@mantine/core';
import { usePersonId, useWatch } from '#renderer/platform/hooks.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { navigate } from '#renderer/ui/navigation.ts';
import { useTime } from '#renderer/ui/time.ts';
import { useWords } from '#renderer/words/words.ts';
import { ConnectionNews } from './connection-news.tsx';
import classes from './outbox.module.css';
import { WaitingList } from './waiting-list.tsx';

/** As many are listed; the others are counted, and the exported file holds them all. */
const LISTED = 200;

export interface OutboxDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** "Outbox": what this desk has recorded and the server has not answered yet, why it waits, and what can be done. */
export function OutboxDialog({ opened, onClose }: OutboxDialogProps) {
  const say = useWords('outbox');
  const common = useWords('common');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={say('title')}
      size={860}
      closeButtonProps={{ 'aria-label': common('dismiss'), title: common('dismiss') }}
    >
      <Contents
        onOpen={(idOrNumber) => {
          onClose();
          navigate({ name: 'incident', idOrNumber });
        }}
      />
    </Modal>
  );
}

function Contents({ onOpen }: { readonly onOpen: (idOrNumber: string) => void }) {
  const say = useWords('outbox');
  const time = useTime();
  const personId = usePersonId();
  const connection = useWatch('connection', {});
  const outbox = useWatch('outbox', { limit: LISTED });
  if (!connection || !outbox) return null;
  if (connection.mode !== 'joined') return <EmptyState text={say('alone')} />;
  const { syncedAt } = connection;
  return (
    <div className={classes.body}>
      <ConnectionNews connection={connection} mayExport={outbox.total + connection.parked > 0} />
      {outbox.total > 0 ? (
        <WaitingList connection={connection} outbox={outbox} me={personId} onOpen={onOpen} />
      ) : (
        <EmptyState
          text={
            syncedAt === null || connection.parked > 0
              ? say('emptyNever')
              : say('empty', { when: time.relative(syncedAt) })
          }
        />
      )}
    </div>
  );
}
