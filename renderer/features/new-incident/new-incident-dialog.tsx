import { Modal } from '@mantine/core';
import { useState } from 'react';
import type { Id } from '#domain/activity/activity.ts';
import { useReturnFocus } from '#renderer/ui/use-return-focus.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './new-incident.module.css';
import { NewIncidentForm } from './new-incident-form.tsx';

export interface NewIncidentDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** The draft to go on with; absent: the newest one, if there is any. */
  readonly draftId?: Id | undefined;
}

/**
 * The dialog "New incident". Nothing typed into it is ever lost: closing keeps the draft, and opening it again, even
 * after a kill, goes on where one was.
 */
export function NewIncidentDialog({ opened, onClose, draftId }: NewIncidentDialogProps) {
  const say = useWords('new-incident');
  // While a dialog stands over this one, Esc is that one's.
  const [covered, setCovered] = useState(false);
  useReturnFocus(opened);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={say('title')}
      size={920}
      padding={0}
      centered
      closeOnEscape={!covered}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': say('dismiss'), title: say('dismiss') }}
      classNames={{ content: classes.content ?? '', body: classes.body ?? '' }}
    >
      <NewIncidentForm draftId={draftId} onClose={onClose} onCovered={setCovered} />
    </Modal>
  );
}
