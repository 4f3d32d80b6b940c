import { Textarea } from '@mantine/core';
import { type ClipboardEvent, type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import type { EngineError } from '#contracts/engine/protocol.ts';
import type { Activity } from '#domain/activity/activity.ts';
import { REPLY_WAITS } from '#domain/command/deciders/reply.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { useKeptDraft } from '#renderer/drafts/use-kept-draft.ts';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { refusedFields } from '#renderer/ui/incident-fields/refused-fields.tsx';
import { useAction } from '#renderer/ui/keys/action-store.ts';
import { SettlingFields, useSettling, useWhenSettled } from '#renderer/ui/settling.ts';
import { isCommandKey } from '#renderer/ui/small-dialog.tsx';
import { useTime } from '#renderer/ui/time.ts';
import { useUndoStore } from '#renderer/ui/undo-store.ts';
import { useFocusRefused } from '#renderer/ui/use-focus-refused.ts';
import { useWords } from '#renderer/words/words.ts';
import { AttachRow } from '../attachments/attach-row.tsx';
import type { Attach } from '../attachments/use-attach.ts';
import type { Commands } from '../use-commands.ts';
import { BelowText, CallBox } from './below-text.tsx';
import classes from './composer.module.css';
import { ComposerTabs } from './composer-tabs.tsx';
import { type ComposerTab, type EntryContent, readEntry } from './entry-content.schema.ts';
import { happenedAt, needsLateReason } from './happened-at.ts';
import { HappenedAtField } from './happened-at-field.tsx';
import { ReturnedLine } from './returned-line.tsx';
import { SendButton, useSendKeys } from './send-button.tsx';
import { UnsentReply } from './unsent-reply.tsx';
import { useReturnedText } from './use-returned-text.ts';
import { useSentElsewhere } from './use-sent-elsewhere.ts';

export interface ComposerProps {
  readonly incident: Incident;
  readonly timeline: readonly Activity[];
  readonly callerName: string | null;
  readonly commands: Commands;
  /** False when the state no longer takes replies. */
  readonly mayReply: boolean;
  /** Why the key of a reply does nothing where none may be written. */
  readonly whyNoReply: string;
  /** Entries by others not seen yet; a reply waits until they were. */
  readonly unseen: number;
  readonly onShowUnseen: () => void;
  /** Says whether a reply is half-written: the screen stays where it could be sent no more. */
  readonly halfReply: RefObject<boolean>;
  /** For each change of a reply that somebody writes. */
  readonly onWriteReply: () => void;
  readonly attach: Attach;
}

const REFUSED = {
  byCode: {
    occurredInFuture: 'happenedAt',
    occurredBeforeOpening: 'happenedAt',
    needsLateReason: 'lateReason',
  },
  byArgument: { body: 'body', lateReason: 'lateReason', occurredAt: 'happenedAt' },
} as const;

/** A way to the field that waits until the field of the tab is there. */
function useFieldFocus() {
  const text = useRef<HTMLTextAreaElement>(null);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    if (asked > 0) text.current?.focus();
  }, [asked]);
  return { text, focusSoon: () => setAsked((was) => was + 1) };
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
  const [forCaller, setForCaller] = useState(false);
  const [otherKey, setOtherKey] = useState<ComposerTab | null>(null);
  const sendKeys = useSendKeys(tab);
  const { text, focusSoon } = useFieldFocus();
  useSentElsewhere(props.timeline, note, busy);
  useSentElsewhere(props.timeline, reply, busy);
  const { halfReply } = props;
  const replyBody = reply?.content.body.trim() ?? '';
  useEffect(() => {
    halfReply.current = replyBody !== '';
  }, [halfReply, replyBody]);
  const returned = useReturnedText(props.timeline, drafts, reader.zone, setWanted);
  const refused = refusedFields(error, REFUSED, errorWords);
  const section = useRef<HTMLElement>(null);
  useFocusRefused(section, error);
  const settling = useSettling();

  const write = (next: ComposerTab) => {
    setWanted(next);
    focusSoon();
  };
  useAction('note', () => write('note'));
  useAction('reply', props.mayReply ? () => write('reply') : null, props.whyNoReply);
  const show = (next: ComposerTab) => {
    setWanted(next);
    setError(null);
    setWarned(false);
    setOtherKey(null);
  };

  const kept = drafts[tab];
  const content = kept?.content ?? readEntry({});
  const change = (changes: Partial<EntryContent>) => {
    setError(null);
    setOtherKey(null);
    returned.settle();
    kept?.change(changes);
    if (tab === 'reply' && changes.body !== undefined) props.onWriteReply();
  };
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
    // The draft's own id: a text that another window sends as well is refused, not sent twice.
    const entry = { incidentId: incident.id, entryId: kept.draftId, body };
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
    returned.settle();
    // One "Undo" at a time: the reply's, while it can still be taken back.
    if (outcome.ok && tab === 'reply') useUndoStore.getState().withdraw();
    // Whoever went on elsewhere while it was saved stays there.
    const here = document.activeElement;
    if (here === document.body || section.current?.contains(here)) text.current?.focus();
  };
  const sendSettled = useWhenSettled(settling, () => void send());
  /** A note goes with Ctrl/Cmd+Enter; what the caller can read goes with Ctrl/Cmd+Shift+Enter and no other key. */
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !isCommandKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
    const meant = event.shiftKey === (tab === 'reply');
    setOtherKey(meant ? null : tab);
    if (meant) sendSettled();
  };

  /** A picture goes to the files; a text that comes with one, as from a document, stays a text. */
  const paste = (event: ClipboardEvent) => {
    const { files, types } = event.clipboardData;
    if (files.length === 0 || types.includes('text/plain')) return;
    event.preventDefault();
    props.attach.add([...files], tab === 'reply' && forCaller ? 'public' : 'internal');
  };

  return (
    <section
      ref={section}
      className={classes.composer}
      data-tab={tab}
      aria-label={say('composer.label')}
      onKeyDown={press}
      onPaste={paste}
    >
      <div className={classes.top}>
        <ComposerTabs
          tabs={props.mayReply ? ['note', 'reply'] : ['note']}
          tab={tab}
          drafts={drafts}
          panelId={panelId}
          onTab={show}
        />
        <SettlingFields value={settling.fields}>
          <HappenedAtField
            value={content.happenedAt}
            error={refused.at('happenedAt')}
            onChange={(value) => change({ happenedAt: value })}
          />
        </SettlingFields>
      </div>
      {!props.mayReply && <UnsentReply reply={reply} note={note} whyNot={props.whyNoReply} />}
      <div id={panelId} role="tabpanel" aria-label={say(`composer.${tab}`)}>
        <div className={classes.line}>
          <Textarea
            key={tab}
            ref={text}
            className={classes.text}
            aria-label={say(`composer.${tab}`)}
            placeholder={say(`composer.${tab}Placeholder`)}
            value={content.body}
            error={refused.at('body')}
            autosize
            minRows={1}
            maxRows={8}
            dir="auto"
            readOnly={!kept || busy}
            onChange={(event) => change({ body: event.currentTarget.value })}
          />
          <SendButton tab={tab} busy={busy} onSend={sendSettled} />
        </div>
        <BelowText
          tab={tab}
          callerName={callerName}
          content={content}
          late={late}
          lateReasonError={refused.at('lateReason')}
          onChange={change}
        />
        <AttachRow attach={props.attach} replying={tab === 'reply'} forCaller={forCaller} onForCaller={setForCaller}>
          {tab === 'note' && <CallBox content={content} onChange={change} />}
        </AttachRow>
        {otherKey === tab && (
          <p role="status" className={classes.note}>
            {say(tab === 'reply' ? 'composer.otherKeyReply' : 'composer.otherKeyNote', { keys: sendKeys })}
          </p>
        )}
        {warned && <ErrorNote text={say('composer.unseenWarning', { count: props.unseen })} />}
        <ReturnedLine tab={tab} returned={returned} />
        {refused.rest && <ErrorNote text={refused.rest} />}
      </div>
    </section>
  );
}
