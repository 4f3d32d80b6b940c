import { IconArrowBackUp, IconEye } from '@tabler/icons-react';
import { useState } from 'react';
import type { UndoOffer } from '#contracts/engine/protocol.ts';
import type { Activity, Id } from '#domain/activity/activity.ts';
import type { Person } from '#domain/directory/directory.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { useHost, useIsShared } from '#renderer/platform/hooks.ts';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { useAction } from '#renderer/ui/keys/action-store.ts';
import { OwnerMark } from '#renderer/ui/owner-mark.tsx';
import { PriorityMark } from '#renderer/ui/priority-mark.tsx';
import { StateMark } from '#renderer/ui/state-mark.tsx';
import { SyncMark } from '#renderer/ui/sync-mark.tsx';
import { useTime } from '#renderer/ui/time.ts';
import { useUndoStore } from '#renderer/ui/undo-store.ts';
import { useNeedsYou } from '#renderer/ui/use-needs-you.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from '../incident.module.css';
import { TextEdit } from '../text-edit.tsx';
import { type Commands, useSavingWords } from '../use-commands.ts';
import type { FieldSaver } from '../use-field-saver.ts';
import type { NameOf } from '../use-incident.ts';
import { CommandButtons, type OnCommand } from './command-buttons.tsx';
import { PresentLine } from './present-line.tsx';
import { useNothingToUndo, useUndoSentence } from './undo-sentence.ts';

export interface HeaderProps {
  readonly incident: Incident;
  /** Recorded here and not confirmed by the server yet. */
  readonly pending: boolean;
  readonly me: Person;
  readonly nameOf: NameOf;
  readonly undo: UndoOffer | null;
  readonly timeline: readonly Activity[];
  readonly commands: Commands;
  readonly saver: FieldSaver;
  readonly onCommand: OnCommand;
  /** Takes a command back, and gives back what was written with it. */
  readonly onUndo: (commandId: Id) => void;
  readonly onOverride: () => void;
}

/** The number as a button that copies it, and the whole title for those who hear it. */
function Title({ incident }: { incident: Incident }) {
  const say = useWords('incident');
  const host = useHost();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await host.copyText(incident.number);
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  };
  useAction('copyNumber', () => void copy());
  return (
    <>
      <h1 className={classes.heading}>
        <button
          type="button"
          className={classes.number}
          title={say('header.copy', { number: incident.number })}
          onClick={() => void copy()}
        >
          {incident.number}
        </button>
        <span className="visually-hidden"> {incident.shortDescription}</span>
      </h1>
      <span className="visually-hidden" role="status">
        {copied ? say('header.copied', { number: incident.number }) : ''}
      </span>
    </>
  );
}

type MetaProps = Pick<HeaderProps, 'incident' | 'pending' | 'me' | 'nameOf' | 'onOverride'>;

/** State, hold, owner, watchers, override and whether it was sent: what one asks of an incident at a glance. */
function Meta({ incident, pending, me, nameOf, onOverride }: MetaProps) {
  const say = useWords('incident');
  const isShared = useIsShared();
  const needsYou = useNeedsYou();
  const time = useTime();
  const { hold, override } = incident;
  const until = hold?.until ?? null;
  return (
    <div className={classes.meta}>
      <StateMark state={incident.state} holdReason={hold?.reason ?? null} />
      {until !== null && (
        <span className={classes.until}>
          {say(until > time.now ? 'header.holdUntil' : 'header.holdEnded', { until: time.dateAndTime(until) })}
        </span>
      )}
      {override && (
        <button type="button" className={classes.override} title={override.reason} onClick={onOverride}>
          {say('header.override', { value: override.value, matrix: incident.matrixPriority })}
        </button>
      )}
      <OwnerMark
        name={incident.assignedToId === null ? null : nameOf(incident.assignedToId)}
        groupName={incident.assignmentGroupId === null ? null : nameOf(incident.assignmentGroupId)}
        isMe={incident.assignedToId === me.id}
        waitingSince={incident.waitingForPickUpSince}
      />
      {incident.watcherIds.length > 0 && (
        <span className={classes.until} title={incident.watcherIds.map(nameOf).join(', ')}>
          <IconEye size={14} aria-hidden="true" style={{ verticalAlign: '-2px' }} />{' '}
          {say('header.watchers', { count: incident.watcherIds.length })}
        </span>
      )}
      <SyncMark pending={isShared && pending} needsYou={needsYou.has(incident.id)} />
    </div>
  );
}

/** 84 px that say what this is, where it stands, and what can be done. */
export function Header(props: HeaderProps) {
  const { incident, me, undo, commands, saver } = props;
  const say = useWords('incident');
  const errorWords = useErrorWords();
  const undoSentence = useUndoSentence(undo);
  const savingWords = useSavingWords(commands.saving);
  const takeBack = () => {
    if (!undo) return;
    // The strip at the foot of the desk offers the same deed: it must not offer it once more.
    useUndoStore.getState().withdraw();
    props.onUndo(undo.commandId);
  };
  const nothingToUndo = useNothingToUndo(props.timeline, me.id);
  useAction('undo', undo ? takeBack : null, nothingToUndo);
  return (
    <header className={classes.header}>
      <div className={classes.titleLine}>
        <PriorityMark priority={incident.priority} overridden={incident.override !== null} />
        <Title incident={incident} />
        <TextEdit
          field="shortDescription"
          className={classes.title}
          label={say('field.shortDescription')}
          value={incident.shortDescription}
          disabled={!saver.allowed}
          maxLength={255}
          onCommit={(value) => saver.save('shortDescription', value)}
        />
        <span className={classes.saving} role="status" data-state={commands.saving}>
          {savingWords}
        </span>
        {undo && (
          <IconButton label={say('command.undo')} title={undoSentence} onClick={takeBack}>
            <IconArrowBackUp size={18} aria-hidden="true" />
          </IconButton>
        )}
      </div>
      <div className={classes.metaLine}>
        <Meta {...props} />
        <PresentLine incidentId={incident.id} />
        <CommandButtons incident={incident} me={me} busy={commands.busy} onCommand={props.onCommand} />
      </div>
      {commands.error && (
        <div className={classes.headerError}>
          <ErrorNote text={errorWords.engine(commands.error)} />
        </div>
      )}
    </header>
  );
}
