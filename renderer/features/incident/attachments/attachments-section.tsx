import { Button } from '@mantine/core';
import { useMemo } from 'react';
import type { Activity } from '#domain/activity/activity.ts';
import { attachmentsIn } from '#domain/incident/attachments.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { useWords } from '#renderer/words/words.ts';
import { Section } from '../side/section.tsx';
import type { Commands } from '../use-commands.ts';
import { AttachmentFacts } from './attachment-facts.tsx';
import classes from './attachments.module.css';

export interface AttachmentsSectionProps {
  readonly incident: Incident;
  readonly timeline: readonly Activity[];
  readonly commands: Commands;
  readonly mayDetach: boolean;
}

/** The files that stand, in the order in which they were attached. */
export function AttachmentsSection({ incident, timeline, commands, mayDetach }: AttachmentsSectionProps) {
  const say = useWords('attachments');
  const standing = useMemo(() => attachmentsIn(timeline).filter(({ detached }) => detached === null), [timeline]);
  const remove = (attachmentId: string) =>
    void commands.run('incident.detach', { incidentId: incident.id, attachmentId });
  return (
    <Section name="attachments" title={say('title')}>
      {standing.length === 0 ? (
        <p className={classes.none}>{say('none')}</p>
      ) : (
        <ul className={classes.list} aria-label={say('list')}>
          {standing.map((attachment) => (
            <li key={attachment.id}>
              <AttachmentFacts
                attachment={attachment}
                more={
                  mayDetach && (
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      aria-label={say('removeName', { name: attachment.name })}
                      onClick={() => remove(attachment.id)}
                    >
                      {say('remove')}
                    </Button>
                  )
                }
              />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
