import { Button } from '@mantine/core';
import type { Id } from '#domain/activity/activity.ts';
import type { Person } from '#domain/directory/directory.ts';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { useDirectoryOptions } from '#renderer/ui/incident-fields/directory-options.ts';
import { StaffCombo } from '#renderer/ui/incident-fields/staff-combo.tsx';
import { useTime } from '#renderer/ui/time.ts';
import { useWords } from '#renderer/words/words.ts';
import type { Commands } from '../use-commands.ts';
import type { SideProps } from './caller-section.tsx';
import { ComboRow, refusedError } from './edit-row.tsx';
import { Plain, Row, Section } from './section.tsx';
import classes from './side.module.css';
import { useEdited } from './use-edited.ts';

export interface AssignmentProps extends SideProps {
  readonly me: Person;
  readonly commands: Commands;
  readonly mayAssign: boolean;
  readonly mayTransfer: boolean;
  /** Once work has begun a hand-over note is needed: the dialog asks for it. */
  readonly onTransferTo: (groupId: Id) => void;
}

/** Whose it is: group and owner, each saved as chosen; a change of group after work began opens "Transfer". */
export function AssignmentSection(props: AssignmentProps) {
  const { incident, nameOf, me, commands, saver } = props;
  const say = useWords('incident');
  const common = useWords('common');
  const errorWords = useErrorWords();
  const time = useTime();
  const groups = useDirectoryOptions('team');
  const group = incident.assignmentGroupId;
  const owner = incident.assignedToId;

  const transfer = async (groupId: string | null): Promise<string | null> => {
    if (groupId === null || groupId === group) return null;
    if (incident.startedAt !== null) {
      props.onTransferTo(groupId);
      return '';
    }
    const outcome = await commands.run(
      'incident.transfer',
      {
        incidentId: incident.id,
        assignmentGroupId: groupId,
        note: '',
        from: { assignmentGroupId: group, assignedToId: owner },
      },
      { quiet: true, sentence: say('deed.transferred', { group: nameOf(groupId) }) },
    );
    return outcome.ok ? null : errorWords.engine(outcome.error);
  };
  const assign = useEdited(owner, async (value) => {
    const outcome = await commands.run(
      'incident.assign',
      { incidentId: incident.id, assignedToId: value, from: owner },
      { quiet: true, sentence: say('deed.changed', { field: say('field.assignedTo') }) },
    );
    return outcome.ok ? null : errorWords.engine(outcome.error);
  });
  const watches = incident.watcherIds.includes(me.id);
  const others = incident.watcherIds.filter((id) => id !== me.id);
  const watchers = incident.watcherIds.map(nameOf).join(', ') || (saver.allowed ? '' : common('none'));
  const watch = () => saver.save('watcherIds', watches ? others : [...incident.watcherIds, me.id]);
  return (
    <Section name="assignment" title={say('side.assignment')}>
      <ComboRow
        label={say('field.assignmentGroup')}
        placeholder={say('add.assignmentGroup')}
        options={groups}
        disabled={!props.mayTransfer}
        value={group}
        valueLabel={group === null ? null : nameOf(group)}
        onSave={transfer}
      />
      <Row label={say('field.assignedTo')}>
        <StaffCombo
          label={say('field.assignedTo')}
          hideLabel
          clearable
          placeholder={props.mayAssign ? say('add.assignedTo') : common('none')}
          disabled={!props.mayAssign}
          groupId={group}
          value={assign.shown}
          valueLabel={owner === null ? null : nameOf(owner)}
          error={refusedError(assign.refused)}
          onChange={(value) => void assign.choose(value)}
        />
        {incident.waitingForPickUpSince !== null && (
          <Plain more={say('header.waitingForPickUp', { age: time.span(time.now - incident.waitingForPickUpSince) })}>
            {null}
          </Plain>
        )}
      </Row>
      <Row label={say('field.watchers')}>
        <Plain>
          <span className={classes.withAction}>
            {watchers !== '' && <span>{watchers}</span>}
            {saver.allowed && (
              <Button size="compact-xs" variant="subtle" className={classes.action} onClick={() => void watch()}>
                {say(watches ? 'side.unwatch' : 'side.watch')}
              </Button>
            )}
          </span>
        </Plain>
      </Row>
    </Section>
  );
}
