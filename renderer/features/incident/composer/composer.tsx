import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { IconLock, IconSend } from '@tabler/icons-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { EngineError } from '#contracts/engine/protocol.ts';
import { REPLY_WAITS } from '#domain/command/deciders/reply.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { type KeptDraft, useKeptDraft } from '#renderer/drafts/use-kept-draft.ts';
import { newId } from '#renderer/platform/ids.ts';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { useAction } from '#renderer/ui/keys/action-store.ts';
import { isCommandKey } from '#renderer/ui/small-dialog.tsx';
import { useTime } from '#renderer/ui/time.ts';
import { useUndoStore } from '#renderer/ui/undo-store.ts';
import { useWords } from '#renderer/words/words.ts';
import type { Commands } from '../use-commands.ts';
import classes from './composer.module.css';
import { type EntryContent, readEntry } from './entry-content.schema.ts';
import { happenedAt, needsLateReason } from './happened-at.ts';

export type ComposerTab = 'note' | 'reply';

export interface ComposerProps {
  readonly incident: Incident;
  readonly callerName: string | null;
  readonly commands: Commands;
  /** False when the state no longer takes replies. */
  readonly mayReply: boolean;
  /** Entries by others not seen yet; a reply waits until they were. */
  readonly unseen: number;
  readonly onShowUnseen: () => void;
}

const ICONS = { note: IconLock, reply: IconSend } as const;

/** The tabs, with the arrow keys of the pattern and a dot where something half-written waits. */
function Tabs(props: {
  readonly tabs: readonly ComposerTab[];
  readonly tab: ComposerTab;
  readonly drafts: Readonly<Record<ComposerTab, KeptDraft<EntryContent> | null>>;
  readonly panelId: string;
  readonly onTab: (tab: ComposerTab) => void;
}) {
  const say = useWords('incident');
  const list = useRef<HTMLDivElement>(null);
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    const other = props.tabs.find((each) => each !== props.tab) ?? props.tab;
    props.onTab(other);
    list.current?.querySelector<HTMLElement>(`[data-tab="${other}"]`)?.focus();
  };
  return (
    <div ref={list} className={classes.tabs} role="tablist" aria-label={say('composer.label')} onKeyDown={press}>
      {props.tabs.map((each) => {
        const Icon = ICONS[each];
        const waiting = each !== props.tab && props.drafts[each]?.content.body.trim();
        return (
          <button
            key={each}
            type="button"
            role="tab"
            className={classes.tab}
            data-tab={each}
            aria-selected={props.tab === each}
            aria-controls={props.panelId}
            tabIndex={props.tab === each ? 0 : -1}
            title={waiting ? say('composer.draftKept') : undefined}
            onClick={() => props.onTab(each)}
          >
            <Icon size={14} aria-hidden="true" />
            {say(`composer.${each}`)}
            {waiting && <span className={classes.dot} aria-hidden="true" />}
          </button>
        );
      })}
    </div>
  );
}

/** "Happened at": empty is now; more than 15 minutes ago asks why it comes late. */
function HappenedAt({
  content,
  onChange,
}: {
  content: EntryContent;
  onChange: (changes: Partial<EntryContent>) => void;
}) {
  const say = useWords('incident');
  const id = useId();
  return (
    <div className={classes.when}>
      <label htmlFor={id}>{say('composer.happenedAt')}</label>
      <input
        id={id}
        type="datetime-local"
        className={classes.whenInput}
        value={content.happenedAt}
        onChange={(event) => onChange({ happenedAt: event.currentTarget.value })}
      />
    </div>
  );
}

/** Where work notes and replies are written: a tab and a draft of its own for each. */
export function Composer(props: ComposerProps) {
  const { incident, commands, callerName } = props;
  const say = useWords('incident');
  const errorWords = useErrorWords();
  const { reader, now } = useTime();
  const panelId = useId();
  const note = useKeptDraft({ kind: 'note', incidentId: incident.id }, readEntry);
  const reply = useKeptDraft({ kind: 'reply', incidentId: incident.id }, readEntry);
  const drafts = { note, reply };
  const [wanted, setWanted] = useState<ComposerTab>('note');
  const tab = props.mayReply ? wanted : 'note';
  const [error, setError] = useState<EngineError | null>(null);
  const [warned, setWarned] = useState(false);
  const [busy, setBusy] = useState(false);
  const text = useRef<HTMLTextAreaElement>(null);

  const write = (next: ComposerTab) => {
    setWanted(next);
    requestAnimationFrame(() => text.current?.focus());
  };
  useAction('note', () => write('note'));
  useAction('reply', props.mayReply ? () => write('reply') : null);
  const show = (next: ComposerTab) => {
    setWanted(next);
    setError(null);
    setWarned(false);
  };

  const kept = drafts[tab];
  const content = kept?.content ?? readEntry({});
  const at = happenedAt(content.happenedAt, reader.zone, incident.openedAt, now);
  const late = needsLateReason(at, now);

  const send = async () => {
    const body = content.body.trim();
    if (!kept || busy || body === '') return text.current?.focus();
    if (tab === 'reply' && props.unseen > 0 && !warned) {
      setWarned(true);
      return props.onShowUnseen();
    }
    setBusy(true);
    kept.flush();
    const entry = { incidentId: incident.id, entryId: newId(), body };
    const options = {
      quiet: true,
      draftId: kept.draftId,
      ...(at !== undefined && { occurredAt: at }),
      ...(late && content.lateReason.trim() && { lateReason: content.lateReason.trim() }),
    };
    const outcome =
      tab === 'reply'
        ? await commands.run('incident.reply', { ...entry, releaseAt: Date.now() + REPLY_WAITS }, options)
        : await commands.run(content.byCall ? 'incident.logCall' : 'incident.note', entry, options);
    setBusy(false);
    setWarned(false);
    setError(outcome.ok ? null : outcome.error);
    if (outcome.ok) kept.consumed();
    // One "Undo" at a time: the reply's, while it can still be taken back.
    if (outcome.ok && tab === 'reply') useUndoStore.getState().withdraw();
    text.current?.focus();
  };
  /** A note goes with Ctrl/Cmd+Enter; what the caller can read goes with Ctrl/Cmd+Shift+Enter and no other key. */
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !isCommandKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey === (tab === 'reply')) void send();
  };

  return (
    <section className={classes.composer} data-tab={tab} aria-label={say('composer.label')} onKeyDown={press}>
      <div className={classes.top}>
        <Tabs
          tabs={props.mayReply ? ['note', 'reply'] : ['note']}
          tab={tab}
          drafts={drafts}
          panelId={panelId}
          onTab={show}
        />
        <HappenedAt content={content} onChange={(changes) => kept?.change(changes)} />
      </div>
      <div id={panelId} role="tabpanel" aria-label={say(`composer.${tab}`)}>
        <div className={classes.line}>
          <Textarea
            key={tab}
            ref={text}
            className={classes.text}
            aria-label={say(`composer.${tab}`)}
            placeholder={say(`composer.${tab}Placeholder`)}
            value={content.body}
            autosize
            minRows={1}
            maxRows={8}
            dir="auto"
            readOnly={!kept || busy}
            onChange={(event) => kept?.change({ body: event.currentTarget.value })}
          />
          <Button variant="default" aria-busy={busy || undefined} onClick={() => void send()}>
            {say(tab === 'reply' ? 'composer.sendReply' : 'composer.addNote')}
          </Button>
        </div>
        <div className={classes.below}>
          {tab === 'reply' ? (
            <p className={classes.note}>
              <strong>
                {callerName === null ? say('composer.toNobody') : say('composer.to', { caller: callerName })}
              </strong>
              {'. '}
              {say('composer.noRoute')}
            </p>
          ) : (
            <Checkbox
              size="xs"
              label={say('composer.logCall')}
              checked={content.byCall}
              onChange={(event) => kept?.change({ byCall: event.currentTarget.checked })}
            />
          )}
          {late && (
            <TextInput
              className={classes.late}
              label={say('composer.lateReason')}
              value={content.lateReason}
              required
              onChange={(event) => kept?.change({ lateReason: event.currentTarget.value })}
            />
          )}
        </div>
        {warned && <ErrorNote text={say('composer.unseenWarning', { count: props.unseen })} />}
        {error && <ErrorNote text={errorWords.engine(error)} />}
      </div>
    </section>
  );
}
