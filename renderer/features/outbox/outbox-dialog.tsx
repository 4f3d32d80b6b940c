import { usePersonId, useWatch } from '#renderer/platform/hooks.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { ListDialog } from '#renderer/ui/list-dialog.tsx';
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
  return (
    <ListDialog opened={opened} onClose={onClose} title={say('title')} size={860}>
      {(open) => <Contents onOpen={open} />}
    </ListDialog>
  );
}

function Contents({ onOpen }: { readonly onOpen: (idOrNumber: string) => void }) {
  const say = useWords('outbox');
  const personId = usePersonId();
  const connection = useWatch('connection', {});
  const outbox = useWatch('outbox', { limit: LISTED });
  if (!connection || !outbox) return null;
  if (connection.mode !== 'joined') return <EmptyState text={say('alone')} />;
  return (
    <div className={classes.body}>
      <ConnectionNews connection={connection} mayExport={outbox.total + connection.parked > 0} />
      {outbox.total > 0 ? (
        <WaitingList connection={connection} outbox={outbox} me={personId} onOpen={onOpen} />
      ) : (
        <EmptyState text={say('empty')} />
      )}
    </div>
  );
}
