import { useCallback, useMemo, useRef, useState } from 'react';
import type { Id } from '#domain/activity/activity.ts';
import { legalCommands } from '#domain/command/legal-commands.ts';
import type { Person } from '#domain/directory/directory.ts';
import { useAction } from '#renderer/ui/keys/action-store.ts';
import { useUndoStore } from '#renderer/ui/undo-store.ts';
import { useReturnFocus } from '#renderer/ui/use-return-focus.ts';
import { useWords } from '#renderer/words/words.ts';
import { DropArea } from './attachments/drop-area.tsx';
import { useAttach } from './attachments/use-attach.ts';
import { Composer } from './composer/composer.tsx';
import { Description } from './description.tsx';
import { type DialogName, Dialogs } from './dialogs/dialogs.tsx';
import { type ButtonName, legalityOf } from './header/actions.ts';
import { Header } from './header/header.tsx';
import { useSayPresence } from './header/use-presence.ts';
import { useWhyNot } from './header/why-not.ts';
import classes from './incident.module.css';
import { KeptEdits } from './kept-edits.tsx';
import { Side } from './side/side.tsx';
import { Timeline } from './timeline/timeline.tsx';
import { useAfterSave } from './use-after-save.ts';
import { useCommands } from './use-commands.ts';
import { useFieldSaver } from './use-field-saver.ts';
import { type IncidentView, useEntries, useNameOf } from './use-incident.ts';

/** Buttons that ask something before they act. */
const ASKS: readonly ButtonName[] = ['hold', 'resolve', 'reopen', 'cancel', 'transfer'];
const asks = (name: ButtonName): name is DialogName & ButtonName => ASKS.includes(name);

/** In the composer's place where nothing may be written: its keys say why. */
function NoComposer({ whyNot }: { readonly whyNot: string }) {
  useAction('note', null, whyNot);
  useAction('reply', null, whyNot);
  return null;
}

/** The incident of one person at the desk, with everything that can be done to it. */
export function OpenIncident({ view, me }: { view: IncidentView; me: Person }) {
  const { incident, timeline } = view;
  const say = useWords('incident');
  const nameOf = useNameOf(view.names);
  const entries = useEntries(timeline, nameOf);
  const commands = useCommands();
  const saver = useFieldSaver(incident, me, commands);
  const afterSave = useAfterSave();
  const [dialog, setDialog] = useState<{ readonly name: DialogName; readonly groupId: Id | null } | null>(null);
  const wroteReply = useSayPresence(incident.id, me.id);
  const legal = useMemo(() => legalCommands(incident, me), [incident, me]);
  const may = (name: Parameters<typeof legalityOf>[1]) => legalityOf(legal, name)?.allowed === true;

  const screen = useRef<HTMLDivElement>(null);
  useReturnFocus(dialog !== null, screen);
  const open = (name: DialogName, groupId: Id | null = null) => setDialog({ name, groupId });
  const shut = () => setDialog(null);

  // A half-written reply that can be sent no more is shown here and nowhere else.
  const halfReply = useRef(false);
  const leave = () => halfReply.current || afterSave();

  const act = (name: ButtonName) => {
    if (asks(name)) return open(name);
    const incidentId = incident.id;
    if (name === 'start') void commands.run('incident.start', { incidentId });
    if (name === 'resume') void commands.run('incident.resume', { incidentId }, { sentence: say('deed.resumed') });
    if (name === 'assign') {
      const args = { incidentId, assignedToId: me.id, from: incident.assignedToId };
      void commands.run('incident.assign', args, { sentence: say('deed.assigned') });
    }
    if (name === 'close') {
      void commands.run('incident.close', { incidentId }).then((outcome) => outcome.ok && leave());
    }
  };
  const takeBack = async (commandId: Id) => {
    const outcome = await commands.run('command.undo', { commandId });
    if (outcome.ok) useUndoStore.getState().tellUndone([commandId]);
  };
  const attach = useAttach(incident.id, commands);
  const mayOverride = may('incident.prioritise');
  const whyNot = useWhyNot(incident, me);
  const override = mayOverride ? () => open('override') : null;
  useAction('priority', override, whyNot('incident.prioritise', say('header.overrideButton')));

  const [seenSeq, setSeenSeq] = useState(0);
  const feed = useRef<HTMLDivElement>(null);
  const unseen = entries.filter((entry) => (entry.seq ?? 0) > seenSeq && entry.actor !== me.id).length;
  const showUnseen = useCallback(() => {
    const element = feed.current?.querySelector('[role="feed"]');
    if (element) element.scrollTop = element.scrollHeight;
  }, []);

  const shared = { incident, nameOf, saver, commands, me };
  return (
    <KeptEdits incidentId={incident.id}>
      <div ref={screen} className={classes.screen} tabIndex={-1} inert={dialog !== null}>
        <Header
          {...shared}
          pending={view.row.pending}
          undo={view.undo}
          timeline={timeline}
          onUndo={(commandId) => void takeBack(commandId)}
          onCommand={act}
          onOverride={() => mayOverride && open('override')}
        />
        <DropArea
          area={feed}
          className={classes.main}
          onFiles={may('incident.attach') ? (files) => attach.add(files, 'internal') : null}
        >
          <Description saver={saver} incident={incident} />
          <Timeline
            incidentId={incident.id}
            personId={me.id}
            entries={entries}
            nameOf={nameOf}
            onUndoReply={(commandId) => void takeBack(commandId)}
            onSeen={setSeenSeq}
          />
          {may('incident.note') ? (
            <Composer
              incident={incident}
              callerName={incident.callerId === null ? null : nameOf(incident.callerId)}
              timeline={timeline}
              commands={commands}
              mayReply={may('incident.reply')}
              whyNoReply={whyNot('incident.reply', say('composer.sendReply'))}
              unseen={unseen}
              onShowUnseen={showUnseen}
              halfReply={halfReply}
              onWriteReply={wroteReply}
              attach={attach}
            />
          ) : (
            <NoComposer whyNot={whyNot('incident.note', say('composer.addNote'))} />
          )}
        </DropArea>
        <Side
          {...shared}
          timeline={timeline}
          mayDetach={may('incident.detach')}
          mayAssign={may('incident.assign')}
          mayTransfer={may('incident.transfer')}
          onTransferTo={(groupId) => open('transfer', groupId)}
          mayOverride={mayOverride}
          onOverride={() => open('override')}
        />
      </div>
      {dialog && (
        <Dialogs
          name={dialog.name}
          groupId={dialog.groupId}
          view={view}
          nameOf={nameOf}
          commands={commands}
          onDismiss={shut}
          onDone={() => {
            shut();
            if (dialog.name === 'cancel') leave();
            if (dialog.name === 'resolve' || dialog.name === 'transfer') afterSave();
          }}
        />
      )}
    </KeptEdits>
  );
}
