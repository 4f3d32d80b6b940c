import { Button } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { AlertEntry } from '#contracts/engine/protocol.ts';
import { PriorityMark } from '#renderer/ui/priority-mark.tsx';
import { useWords } from '#renderer/words/words.ts';
import classes from './alerts.module.css';

export interface DigestMembersProps {
  readonly alert: AlertEntry;
  /** Id of the element that names the digest. */
  readonly describedBy: string;
  readonly onOpen: (number: string) => void;
}

/** What a digest stands for, unfolded on demand: each incident by number and short description, opened by a press. */
export function DigestMembers({ alert, describedBy, onOpen }: DigestMembersProps) {
  const say = useWords('alerts');
  const [opened, setOpened] = useState(false);
  const Chevron = opened ? IconChevronDown : IconChevronRight;
  const more = alert.count - alert.members.length;
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        className={classes.unfold ?? ''}
        aria-expanded={opened}
        aria-describedby={describedBy}
        leftSection={<Chevron size={14} aria-hidden="true" />}
        onClick={() => setOpened(!opened)}
      >
        {say(opened ? 'members.hide' : 'members.show')}
      </Button>
      {opened && (
        <>
          <ul className={classes.members} aria-labelledby={describedBy}>
            {alert.members.map(({ id, incidentId, number, priority, shortDescription, state }) => (
              <li key={id}>
                <button
                  type="button"
                  className={classes.member}
                  data-over={state === 'resolved' || undefined}
                  onClick={() => onOpen(number ?? incidentId ?? '')}
                >
                  {priority && <PriorityMark priority={priority} overridden={false} />}
                  <span className={classes.memberNumber}>{number}</span>
                  <span className={classes.memberText} dir="auto" title={shortDescription ?? undefined}>
                    {shortDescription ?? say('notification.confidential')}
                  </span>
                  <span className={classes.memberState}>{say(`state.${state}`)}</span>
                </button>
              </li>
            ))}
          </ul>
          {more > 0 && <p className={classes.summary}>{say('members.more', { count: more })}</p>}
        </>
      )}
    </>
  );
}
