import { memo, Suspense } from 'react';
import { usePersonId } from '#renderer/platform/hooks.ts';
import { navigate } from '#renderer/ui/navigation.ts';
import { useReturnFocus } from '#renderer/ui/use-return-focus.ts';
import { CommandsDialog } from './commands-dialog.tsx';
import { closeDialog, openScope, openSignIn, useDialogs } from './dialogs.ts';
import { KeyboardDialog } from './keyboard-dialog.tsx';
import {
  AlertsDialog,
  ConflictsDialog,
  ImportDialog,
  NewIncidentDialog,
  OutboxDialog,
  RecordedNotice,
  RoadDialog,
  SwitchPersonDialog,
} from './lazy-screens.tsx';

const scopeOfRoad = () => openScope('road');

/** The shell's dialogs, put together here because one feature never knows another. */
export const DeskDialogs = memo(function DeskDialogs() {
  const { open, draftId } = useDialogs();
  const personId = usePersonId();
  useReturnFocus(open !== null);
  return (
    <>
      <KeyboardDialog opened={open === 'keyboard'} onClose={closeDialog} />
      <CommandsDialog opened={open === 'commands'} onClose={closeDialog} />
      <Suspense fallback={null}>
        <RecordedNotice />
        {open === 'newIncident' && <NewIncidentDialog opened onClose={closeDialog} draftId={draftId ?? undefined} />}
        {open === 'import' && <ImportDialog opened onClose={closeDialog} />}
        {open === 'switchPerson' && <SwitchPersonDialog opened onClose={closeDialog} onSignIn={openSignIn} />}
        {open === 'outbox' && <OutboxDialog opened onClose={closeDialog} />}
        {open === 'conflicts' && <ConflictsDialog opened onClose={closeDialog} />}
        {open === 'road' && <RoadDialog opened onClose={closeDialog} onScope={scopeOfRoad} />}
        {open === 'alerts' && (
          <AlertsDialog
            opened
            personId={personId}
            onClose={closeDialog}
            onOpen={(number) => {
              closeDialog();
              navigate({ name: 'incident', idOrNumber: number });
            }}
          />
        )}
      </Suspense>
    </>
  );
});
