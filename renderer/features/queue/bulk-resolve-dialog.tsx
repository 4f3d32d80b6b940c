import { useState } from 'react';
import type { EngineError } from '#contracts/engine/protocol.ts';
import type { RefusalCode } from '#domain/command/command.ts';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { refusedFields } from '#renderer/ui/incident-fields/refused-fields.tsx';
import {
  REFUSED_RESOLUTION,
  type ResolveContent,
  ResolveDialog as SingleResolveDialog,
} from '#renderer/ui/incident-fields/resolve-dialog.tsx';
import { useWords } from '#renderer/words/words.ts';
import { type BulkDialogProps, useFor } from './bulk-dialogs.tsx';

const BLANK: ResolveContent = {
  code: null,
  notes: '',
  confirmed: false,
  duplicateOfId: null,
  duplicateNumber: null,
};

/**
 * "Resolve incident" for one or many: the same dialog as over an open incident, without "Duplicate", which needs an
 * original of its own for each and is given on the incident itself.
 */
export function ResolveDialog({ rows, refusal, onDismiss, onConfirm }: BulkDialogProps<'resolve'>) {
  const say = useWords('queue');
  const errors = useErrorWords();
  const [content, setContent] = useState(BLANK);
  const [missing, setMissing] = useState<EngineError | null>(null);
  const refused = refusedFields(missing, REFUSED_RESOLUTION, errors);
  const unowned = rows.filter((row) => row.ownerId === null).length;
  const lacks = (code: RefusalCode) => setMissing({ code: 'refused', refusal: { code } });
  const confirm = () => {
    const notes = content.notes.trim();
    if (content.code === null) return lacks('needsResolutionCode');
    if (notes === '') return lacks('needsResolutionNotes');
    onConfirm({
      resolutionCode: content.code,
      resolutionNotes: notes,
      ...(content.confirmed ? { confirmedBy: say('dialog.confirmedHow') } : {}),
    });
  };
  return (
    <SingleResolveDialog
      opened
      content={content}
      onChange={(changes) => {
        setMissing(null);
        setContent((was) => ({ ...was, ...changes }));
      }}
      onDismiss={onDismiss}
      onConfirm={confirm}
      busy={false}
      refused={missing === null ? { ...refused, rest: refusal } : refused}
      incidentId={null}
      consequence={[
        `${useFor(rows)}.`,
        unowned > 0 && say('dialog.resolveUnowned', { count: unowned, total: rows.length }),
        say('dialog.nothingSent'),
      ]
        .filter(Boolean)
        .join(' ')}
    />
  );
}
