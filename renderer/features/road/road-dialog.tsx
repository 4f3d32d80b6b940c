import { usePersonId, useWatch } from '#renderer/platform/hooks.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { ListDialog } from '#renderer/ui/list-dialog.tsx';
import { KeptScope } from '#renderer/ui/scope/kept-scope.tsx';
import { useKeepsPart } from '#renderer/ui/scope/use-part.ts';
import { useWords } from '#renderer/words/words.ts';
import { Fetching } from './fetching.tsx';
import { Missing, type MissingProps } from './missing.tsx';
import { OnDevice } from './on-device.tsx';
import classes from './road.module.css';
import { Score } from './score.tsx';

export interface RoadDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Leads to what this device keeps. */
  readonly onScope: () => void;
}

/** "Prepare for the road": whether a day without a network would be like any other, and what to fetch before it. */
export function RoadDialog({ opened, onClose, onScope }: RoadDialogProps) {
  const say = useWords('road');
  return (
    <ListDialog opened={opened} onClose={onClose} title={say('title')} size={640}>
      {(open) => <Contents onOpen={open} onScope={onScope} />}
    </ListDialog>
  );
}

function Contents({ onOpen, onScope }: Pick<RoadDialogProps, 'onScope'> & Pick<MissingProps, 'onOpen'>) {
  const say = useWords('road');
  const keepsPart = useKeepsPart();
  const personId = usePersonId();
  const connection = useWatch('connection', {});
  const readiness = useWatch('readiness', personId === null ? null : { personId });
  if (!connection || !readiness || personId === null) return null;
  if (connection.mode !== 'joined') return <EmptyState text={say('alone')} />;
  return (
    <div className={classes.body}>
      <p className={classes.scope}>{say(keepsPart ? 'scopeOfPart' : 'scope')}</p>
      <Score readiness={readiness} />
      <OnDevice readiness={readiness} />
      <KeptScope onChange={onScope} />
      <Missing readiness={readiness} onOpen={onOpen} />
      <Fetching readiness={readiness} connection={connection} personId={personId} />
    </div>
  );
}
