import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { create } from 'zustand';
import type { ChosenRow, EngineError } from '#contracts/engine/protocol.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { RefusalCode } from '#domain/command/command.ts';
import { useKeptDraft } from '#renderer/drafts/use-kept-draft.ts';
import { usePersonId } from '#renderer/platform/hooks.ts';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import {
  type FieldsOfRefusals,
  type RefusedFields,
  refusedFields,
} from '#renderer/ui/incident-fields/refused-fields.tsx';
import { useTime } from '#renderer/ui/time.ts';
import { useWords } from '#renderer/words/words.ts';
import { type BulkDeed, type BulkDetails, fits } from './bulk.ts';
import type { SelectedRow } from './grid-state.ts';
import classes from './screen.module.css';
import { useChosenNow } from './use-choosing.ts';

/** The typing a deed carries along, and what becomes of it. */
export interface Typing {
  /** The draft a single incident's command consumes; null for several. */
  readonly draftId: Id | null;
  /** Sends what waits, before the command. */
  flush(): void;
  /** The deed is done: begin anew. */
  done(): void;
}

export interface BulkDialogProps<D extends keyof BulkDetails> {
  readonly rows: readonly SelectedRow[];
  readonly refusal: string | null;
  readonly busy: boolean;
  readonly onDismiss: () => void;
  readonly onConfirm: (details: BulkDetails[D], typing: Typing) => void;
}

type Slot = keyof BulkDetails;
type Shared = Readonly<Partial<Record<Slot, { readonly personId: Id | null; readonly content: object }>>>;

/** What was typed for several incidents at once; no draft of any of them, so it is kept with the window until done. */
const useShared = create<Shared>(() => ({}));

/** Nothing typed by one person is the next one's. */
export const forgetShared = (): void => useShared.setState({}, true);

export interface BulkDialogState<C, F extends string> {
  readonly content: C;
  change(changes: Partial<C>): void;
  readonly typing: Typing;
  readonly restored: ReactNode;
  readonly refused: RefusedFields<F>;
  /** Says what is missing before the engine is asked. */
  refuse(code: RefusalCode): void;
  /** Shows why a step before the last one was refused. */
  fail(error: EngineError): void;
  /** What the engine knows of the incidents now; undefined until it has said. */
  readonly now: readonly ChosenRow[] | undefined;
}

/**
 * State of a dialog over a queue: for one incident the draft its own dialog goes on with, for several what this window
 * keeps. Null while the engine has not said what was kept.
 */
export function useBulkDialog<C extends object, F extends string>(
  { rows, refusal }: Pick<BulkDialogProps<Slot>, 'rows' | 'refusal'>,
  slot: Slot,
  read: (content: unknown) => C,
  fields: FieldsOfRefusals<F>,
): BulkDialogState<C, F> | null {
  const errors = useErrorWords();
  const personId = usePersonId();
  const kept = useKeptDraft({ kind: 'dialog', incidentId: rows[0]?.id ?? '', slot }, read);
  const shared = useShared((state) => state[slot]);
  const [wasKept] = useState(shared !== undefined);
  const [missing, setMissing] = useState<EngineError | null>(null);
  const now = useChosenNow(personId, rows);
  const single = rows.length === 1;
  const words = useRestoredWords(
    single ? (kept?.restoredAt ?? null) : null,
    single ? false : wasKept && shared !== undefined,
  );
  if (single && !kept) return null;
  const mine = shared && shared.personId === personId ? shared.content : {};
  const forget = () => useShared.setState({ [slot]: undefined });
  const content = single && kept ? kept.content : read(mine);
  const put =
    single && kept ? kept.change : (changes: Partial<C>) => keepShared(slot, personId, { ...content, ...changes });
  const said = refusedFields(missing, fields, errors);
  return {
    content,
    change: (changes) => {
      setMissing(null);
      put(changes);
    },
    typing: {
      draftId: single && kept ? kept.draftId : null,
      flush: () => single && kept?.flush(),
      done: () => (single ? kept?.consumed() : forget()),
    },
    restored: words && (
      <p className={classes.restored}>
        {words.sentence}{' '}
        <Button size="compact-xs" variant="subtle" onClick={() => (single ? kept?.discard() : forget())}>
          {words.clear}
        </Button>
      </p>
    ),
    refused: missing === null ? { ...said, rest: refusal } : said,
    refuse: (code) => setMissing({ code: 'refused', refusal: { code } }),
    fail: setMissing,
    now,
  };
}

const keepShared = (slot: Slot, personId: Id | null, content: object): void =>
  useShared.setState({ [slot]: { personId, content } });

function useRestoredWords(at: number | null, unnamed: boolean): { sentence: string; clear: string } | null {
  const say = useWords('queue');
  const incident = useWords('incident');
  const { dateAndTime } = useTime();
  if (at === null && !unnamed) return null;
  const sentence = at === null ? say('dialog.restored') : incident('dialog.restored', { when: dateAndTime(at) });
  return { sentence, clear: incident('dialog.clear') };
}

/** Which incidents it is about, and how many of several will stay as they are: said above the button. */
export function useFor(deed: BulkDeed, rows: readonly SelectedRow[], now: readonly ChosenRow[] | undefined): string {
  const say = useWords('queue');
  const unfit = rows.length > 1 ? (now?.filter((row) => !fits(deed, row)).length ?? 0) : 0;
  const count = rows.length;
  const about = `${say('dialog.for', { count, number: rows[0]?.number ?? '' })}.`;
  return unfit > 0 ? `${about} ${say('dialog.unfit', { count: unfit })}` : about;
}
