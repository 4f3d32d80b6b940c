import { readResolve } from '#renderer/drafts/dialog-contents.schema.ts';
import { REFUSED_RESOLUTION, ResolveDialog } from '#renderer/ui/incident-fields/resolve-dialog.tsx';
import { useWords } from '#renderer/words/words.ts';
import { type DialogProps, useDialog } from './use-dialog.tsx';

/** "Resolve incident" over an open incident. */
export function ResolveIncident(props: DialogProps) {
  const { incident } = props.view;
  const say = useWords('incident');
  const dialog = useDialog(props, 'resolve', readResolve, REFUSED_RESOLUTION);
  if (!dialog) return null;
  const { content, change } = dialog.kept;

  const confirm = () => {
    const { code, notes, confirmed, duplicateOfId } = content;
    if (code === null) return dialog.refuse('needsResolutionCode');
    if (notes.trim() === '') return dialog.refuse('needsResolutionNotes');
    if (code === 'duplicate' && duplicateOfId === null) return dialog.refuse('needsDuplicateOf');
    const caller = incident.callerId === null ? say('theCaller') : props.nameOf(incident.callerId);
    void dialog.finish('incident.resolve', {
      incidentId: incident.id,
      resolutionCode: code,
      resolutionNotes: notes.trim(),
      ...(code === 'duplicate' && duplicateOfId !== null && { duplicateOfId }),
      ...(confirmed && { confirmedBy: caller }),
    });
  };
  const unowned = incident.assignedToId === null;
  return (
    <ResolveDialog
      opened
      content={content}
      onChange={change}
      onDismiss={props.onDismiss}
      onConfirm={confirm}
      busy={dialog.busy}
      refused={dialog.refused}
      incidentId={incident.id}
      restored={dialog.restored}
      consequence={[unowned && say('dialog.resolve.ownerHint'), say('dialog.resolve.nothingSent')]
        .filter(Boolean)
        .join(' ')}
    />
  );
}
