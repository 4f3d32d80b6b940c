import { readResolve } from '#renderer/drafts/dialog-contents.schema.ts';
import {
  REFUSED_RESOLUTION,
  ResolveDialog as SingleResolveDialog,
} from '#renderer/ui/incident-fields/resolve-dialog.tsx';
import { useWords } from '#renderer/words/words.ts';
import { type BulkDialogProps, useBulkDialog, useFor } from './bulk-dialog.tsx';

/**
 * "Resolve incident" for one or many: the same dialog as over an open incident; for many without "Duplicate", which
 * needs an original of its own for each.
 */
export function ResolveDialog(props: BulkDialogProps<'resolve'>) {
  const { rows } = props;
  const say = useWords('queue');
  const dialog = useBulkDialog(props, 'resolve', readResolve, REFUSED_RESOLUTION);
  const about = useFor('resolve', rows, dialog?.now);
  if (!dialog) return null;
  const { content } = dialog;
  const single = rows.length === 1 ? rows[0] : undefined;
  const unowned = (dialog.now ?? rows).filter((row) => row.ownerId === null).length;
  const confirm = () => {
    const { code, confirmed, duplicateOfId } = content;
    const notes = content.notes.trim();
    if (code === null) return dialog.refuse('needsResolutionCode');
    if (notes === '') return dialog.refuse('needsResolutionNotes');
    if (code === 'duplicate' && duplicateOfId === null) return dialog.refuse('needsDuplicateOf');
    const details = {
      resolutionCode: code,
      resolutionNotes: notes,
      ...(code === 'duplicate' && duplicateOfId !== null && { duplicateOfId }),
      ...(confirmed && { confirmedBy: say('dialog.confirmedHow') }),
    };
    props.onConfirm(details, dialog.typing);
  };
  return (
    <SingleResolveDialog
      opened
      content={content}
      onChange={dialog.change}
      onDismiss={props.onDismiss}
      onConfirm={confirm}
      busy={props.busy}
      refused={dialog.refused}
      incidentId={single?.id ?? null}
      restored={dialog.restored}
      consequence={[
        about,
        unowned > 0 && say('dialog.resolveUnowned', { count: unowned, total: rows.length }),
        say('dialog.nothingSent'),
      ]
        .filter(Boolean)
        .join(' ')}
    />
  );
}
