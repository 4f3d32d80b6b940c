import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Id } from '#domain/activity/activity.ts';
import { type KeptDraft, useKeptDraft } from '#renderer/drafts/use-kept-draft.ts';
import { type EditedText, type Edits, readEdits } from './edits.schema.ts';

const KeptEditsContext = createContext<KeptDraft<Edits> | null>(null);

/** Keeps what is half-written in the text fields of an incident, as one draft beside those of notes and dialogs. */
export function KeptEdits({ incidentId, children }: { incidentId: Id; children: ReactNode }) {
  const kept = useKeptDraft({ kind: 'dialog', incidentId, slot: 'edits' }, readEdits);
  return <KeptEditsContext value={kept}>{children}</KeptEditsContext>;
}

export interface KeptEdit {
  /** False while the engine has not said what was kept. */
  readonly ready: boolean;
  /** What is half-written in this field; undefined: nothing. */
  readonly text: string | undefined;
  /** Keeps a text, or with undefined nothing any more: it was saved, or thrown away. */
  keep(text: string | undefined): void;
}

/** The half-written text of one field. */
export function useKeptEdit(field: EditedText): KeptEdit {
  const kept = useContext(KeptEditsContext);
  return useMemo(
    () => ({
      ready: kept !== null,
      text: kept?.content[field],
      keep: (text) => kept?.change({ [field]: text }),
    }),
    [kept, field],
  );
}
