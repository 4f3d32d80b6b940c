import { Checkbox, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Id } from '#domain/activity/activity.ts';
import { RESOLUTION_CODES, type ResolutionCode } from '#domain/incident/incident.ts';
import { Combo } from '#renderer/ui/combo.tsx';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { SmallDialog } from '#renderer/ui/small-dialog.tsx';
import { useWords } from '#renderer/words/words.ts';
import { oneOf, useEnumOptions } from './enum-options.ts';
import { IncidentCombo } from './incident-combo.tsx';
import type { RefusedFields } from './refused-fields.tsx';

export interface ResolveContent {
  readonly code: ResolutionCode | null;
  readonly notes: string;
  readonly confirmed: boolean;
  readonly duplicateOfId: Id | null;
  readonly duplicateNumber: string | null;
}

/** The dialog's fields as refusals speak of them. */
export const REFUSED_RESOLUTION = {
  byCode: {
    needsResolutionCode: 'code',
    needsResolutionNotes: 'notes',
    needsDuplicateOf: 'duplicateOf',
    duplicateOfItself: 'duplicateOf',
  },
  byArgument: { resolutionCode: 'code', resolutionNotes: 'notes', duplicateOfId: 'duplicateOf' },
} as const;
export type ResolutionField = 'code' | 'notes' | 'duplicateOf';

export interface ResolveDialogProps {
  readonly opened: boolean;
  readonly content: ResolveContent;
  readonly onChange: (changes: Partial<ResolveContent>) => void;
  readonly onDismiss: () => void;
  readonly onConfirm: () => void;
  readonly busy: boolean;
  /** Why it was refused, at its field or for the whole dialog. */
  readonly refused: RefusedFields<ResolutionField>;
  /** The incident being resolved; null while it is only being recorded, when it can duplicate nothing yet. */
  readonly incidentId: Id | null;
  readonly consequence: ReactNode;
  /** What was kept from earlier typing, above the fields. */
  readonly restored?: ReactNode;
}

/** "Resolve incident": how it ended and what was done, the same over a new incident and over an open one. */
export function ResolveDialog(props: ResolveDialogProps) {
  const { content, onChange, incidentId, refused } = props;
  const say = useWords('incident');
  const codes = useEnumOptions('resolutionCode');
  const offered = incidentId === null ? codes.filter((code) => code.value !== 'duplicate') : codes;
  return (
    <SmallDialog
      opened={props.opened}
      title={say('dialog.resolve.title')}
      onDismiss={props.onDismiss}
      confirm={say('dialog.resolve.confirm')}
      onConfirm={props.onConfirm}
      busy={props.busy}
      refusal={refused.refusal}
      consequence={props.consequence}
    >
      {props.restored}
      <Combo
        label={say('dialog.resolve.code')}
        value={content.code}
        options={offered}
        error={refused.at('code')}
        autoFocus
        required
        onChange={(value) => onChange({ code: oneOf(RESOLUTION_CODES, value) })}
      />
      {incidentId !== null && content.code === 'duplicate' && (
        <IncidentCombo
          label={say('dialog.resolve.duplicateOf')}
          description={say('dialog.resolve.duplicateHint')}
          excludeId={incidentId}
          value={content.duplicateOfId}
          valueLabel={content.duplicateNumber}
          error={refused.at('duplicateOf')}
          required
          onChange={(duplicateOfId, duplicateNumber) => onChange({ duplicateOfId, duplicateNumber })}
        />
      )}
      <Textarea
        label={say('dialog.resolve.notes')}
        value={content.notes}
        error={refused.at('notes')}
        autosize
        minRows={3}
        maxRows={10}
        dir="auto"
        aria-required
        onChange={(event) => onChange({ notes: event.currentTarget.value })}
      />
      <Checkbox
        label={say('dialog.resolve.confirmed')}
        checked={content.confirmed}
        onChange={(event) => onChange({ confirmed: event.currentTarget.checked })}
      />
      {refused.rest && <ErrorNote text={refused.rest} />}
    </SmallDialog>
  );
}
