import { useState } from 'react';
import type { Connection } from '#contracts/engine/agreement.ts';
import type { EngineError } from '#contracts/engine/protocol.ts';
import { useEngine } from '#renderer/platform/hooks.ts';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { SmallDialog } from '#renderer/ui/small-dialog.tsx';
import { useWords } from '#renderer/words/words.ts';
import classes from './connection.module.css';

export interface LeaveDialogProps {
  readonly connection: Connection;
  readonly onClose: () => void;
}

/** "Disconnect": everything stays, and the desk goes on alone. */
export function LeaveDialog({ connection, onClose }: LeaveDialogProps) {
  const say = useWords('connection');
  const engine = useEngine();
  const errors = useErrorWords();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<EngineError | null>(null);
  const { waiting, parked, handingOver, address } = connection;
  const leave = async () => {
    setBusy(true);
    setError(null);
    const answer = await engine.call('leave', {});
    setBusy(false);
    if (answer.ok) onClose();
    else setError(answer.error);
  };
  return (
    <SmallDialog
      opened
      title={say('leave.title')}
      confirm={say('leave.confirm')}
      leave={say('leave.stay')}
      busy={busy}
      onDismiss={onClose}
      onConfirm={() => void leave()}
    >
      {error && <ErrorNote text={errors.engine(error)} />}
      <h3 className={classes.heading}>{say('leave.keeps')}</h3>
      <ul className={classes.points}>
        <li>{say(connection.scope ? 'leave.keepsPart' : 'leave.keepsAll')}</li>
        {waiting > 0 && <li>{say('leave.keepsWaiting', { count: waiting })}</li>}
        {parked > 0 && <li>{say('leave.keepsParked', { count: parked })}</li>}
      </ul>
      <h3 className={classes.heading}>{say('leave.stops')}</h3>
      <ul className={classes.points}>
        <li>{say('leave.stopsTaking', { address: address ?? '' })}</li>
        {handingOver && <li>{say('leave.stopsHandingOver', { ...handingOver })}</li>}
        <li>{say('leave.stopsSessions')}</li>
      </ul>
    </SmallDialog>
  );
}
