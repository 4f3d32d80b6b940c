import { useCallback, useEffect, useRef } from 'react';
import type { AgreementQueries } from '#contracts/engine/agreement.ts';
import type { Id } from '#domain/activity/activity.ts';
import { usePersonId, useWatch } from '#renderer/platform/hooks.ts';
import { useDeedWords } from '#renderer/ui/deed-words.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { ListDialog } from '#renderer/ui/list-dialog.tsx';
import { useRefusedWords } from '#renderer/ui/refused-words.ts';
import { useWords } from '#renderer/words/words.ts';
import { ConflictDetail } from './conflict-detail.tsx';
import { ConflictList } from './conflict-list.tsx';
import classes from './conflicts.module.css';
import { Decisions } from './decisions.tsx';
import { alikeOf } from './inbox.ts';
import { LastDecision } from './last-decision.tsx';
import { type NotDecided, useInbox } from './use-inbox.ts';

export interface ConflictsDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** "Conflicts": what the server refused, with everything that was typed, until its person has decided. */
export function ConflictsDialog({ opened, onClose }: ConflictsDialogProps) {
  const say = useWords('conflicts');
  const personId = usePersonId();
  const inbox = useWatch('conflicts', opened && personId !== null ? { personId } : null);
  // Wide for values side by side, and as wide still when the last of them was decided.
  const hadSome = useRef(false);
  hadSome.current ||= (inbox?.items.length ?? 0) > 0;
  return (
    <ListDialog
      opened={opened}
      onClose={onClose}
      title={say('title')}
      size={hadSome.current ? 1120 : 640}
      padding={0}
      classNames={{ content: classes.content ?? '', body: classes.body ?? '' }}
    >
      {(open) => inbox && personId !== null && <Inbox key={personId} inbox={inbox} personId={personId} onOpen={open} />}
    </ListDialog>
  );
}

interface InboxProps {
  readonly inbox: AgreementQueries['conflicts']['value'];
  readonly personId: Id;
  readonly onOpen: (idOrNumber: string) => void;
}

function Inbox({ inbox, personId, onOpen }: InboxProps) {
  const say = useWords('conflicts');
  const errors = useErrorWords();
  const place = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  const detail = useRef<HTMLElement>(null);
  // Where nothing is left the keys stay in the dialog, at the way back.
  const toNext = useCallback(() => (list.current ?? place.current)?.focus(), []);
  const { cases, chosen, look, all, setAll, busy, outcome, decide, undo } = useInbox(inbox, personId, toNext);
  const emptied = chosen === null;
  useEffect(() => {
    if (emptied) place.current?.focus();
    else if (document.activeElement === document.body || document.activeElement === place.current)
      list.current?.focus();
  }, [emptied]);
  const chosenId = chosen?.conflict.commandId;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another conflict is read from its beginning
  useEffect(() => {
    if (detail.current) detail.current.scrollTop = 0;
  }, [chosenId]);
  return (
    <div ref={place} tabIndex={-1} className={classes.inbox}>
      <LastDecision decided={inbox.decided} undone={outcome.undone} onUndo={(decided) => void undo(decided)} />
      {outcome.error && (
        <div className={classes.trouble}>
          <ErrorNote text={errors.engine(outcome.error)} />
        </div>
      )}
      {outcome.notDecided.length > 0 && <NotDecidedNote of={outcome.notDecided} />}
      <Counts mine={cases.length} items={inbox.items.length} />
      {chosen && (
        <div className={classes.panes}>
          <ConflictList
            list={list}
            cases={cases}
            chosen={chosen}
            onChoose={look}
            onEnter={() => first.current?.focus()}
          />
          <section className={classes.pane} aria-label={say('detail')}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
            <section ref={detail} className={classes.scroller} tabIndex={0} aria-label={say('wanted')}>
              <ConflictDetail key={chosenId} of={chosen} names={inbox.names} onOpen={onOpen} />
            </section>
            <Decisions
              of={chosen}
              alike={alikeOf(cases, chosen).length}
              all={all}
              busy={busy}
              first={first}
              onAll={setAll}
              onDecide={(decision) => void decide(decision)}
            />
          </section>
        </div>
      )}
    </div>
  );
}

/** How many there are, and how many are somebody else's at this desk. */
function Counts({ mine, items }: { readonly mine: number; readonly items: number }) {
  const say = useWords('conflicts');
  const connection = useWatch('connection', {});
  const others = Math.max(0, (connection?.parked ?? 0) - items);
  return (
    <>
      {mine === 0 && <EmptyState text={say('empty')} />}
      {(mine > 0 || others > 0) && (
        <p className={classes.counts}>
          {mine > 0 && <span>{say('intro', { count: mine })}</span>}
          {others > 0 && (
            <span className={classes.quiet}>{say(mine > 0 ? 'others' : 'othersOnly', { count: others })}</span>
          )}
        </p>
      )}
    </>
  );
}

/** Those that could not be decided as asked, one by one: each may have its own reason. */
function NotDecidedNote({ of }: { readonly of: readonly NotDecided[] }) {
  const say = useWords('conflicts');
  const deed = useDeedWords();
  const refused = useRefusedWords();
  return (
    <div role="alert" className={classes.notDecided}>
      <p>{say('notDecided', { count: of.length })}</p>
      <ul>
        {of.map(({ of: { conflict }, refusal }) => (
          <li key={conflict.commandId}>
            {say('notDecided.line', { incident: deed.incident(conflict), reason: refused(refusal) })}
          </li>
        ))}
      </ul>
    </div>
  );
}
