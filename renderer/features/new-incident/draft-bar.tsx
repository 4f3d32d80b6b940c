import { Button, Menu } from '@mantine/core';
import { useTime } from '#renderer/ui/time.ts';
import { useWords } from '#renderer/words/words.ts';
import { draftTitle, isUntouched, readFormContent } from './form-content.ts';
import classes from './new-incident.module.css';
import type { FormDraft } from './use-form-draft.ts';

/** What is kept of this form, and the ways to begin anew, throw away, or go on with another draft. */
export function DraftBar({ draft }: { draft: FormDraft }) {
  const say = useWords('new-incident');
  const time = useTime();
  const untouched = isUntouched(draft.form);
  const { restoredAt, others, discarded } = draft;
  const sentence = discarded
    ? say(discarded === 'here' ? 'draft.discarded' : 'draft.endedElsewhere')
    : restoredAt !== null
      ? say('draft.continued', { when: time.dateAndTime(restoredAt) })
      : untouched
        ? null
        : say('draft.saved');
  return (
    <div className={classes.draft}>
      <span role="status">{sentence}</span>
      {draft.form.decides !== null && <span>{say('draft.decides')}</span>}
      {discarded && (
        <Button size="compact-xs" variant="subtle" onClick={draft.restore}>
          {say(discarded === 'here' ? 'draft.undo' : 'draft.bringBack')}
        </Button>
      )}
      {!untouched && (
        <>
          {restoredAt !== null && (
            <Button size="compact-xs" variant="subtle" onClick={draft.startFresh}>
              {say('draft.startFresh')}
            </Button>
          )}
          <Button size="compact-xs" variant="subtle" onClick={draft.discard}>
            {say('draft.discard')}
          </Button>
        </>
      )}
      {others.length > 0 && (
        <Menu position="top-start">
          <Menu.Target>
            <Button size="compact-xs" variant="subtle">
              {say('draft.others', { count: others.length })}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {others.slice(0, 8).map((other) => (
              <Menu.Item key={other.id} onClick={() => draft.continueWith(other)}>
                {say('draft.continue', {
                  title: draftTitle(readFormContent(other.content)) || say('draft.untitled'),
                })}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}
