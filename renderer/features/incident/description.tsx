import type { Incident } from '#domain/incident/incident.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './incident.module.css';
import { useKeptEdit } from './kept-edits.tsx';
import { TextEdit } from './text-edit.tsx';
import type { FieldSaver } from './use-field-saver.ts';

/** What the caller reported, above the story of what followed. */
export function Description({ incident, saver }: { incident: Incident; saver: FieldSaver }) {
  const say = useWords('incident');
  const kept = useKeptEdit('description');
  if (!saver.allowed && incident.description === '' && kept.text === undefined) return null;
  return (
    <TextEdit
      field="description"
      className={classes.description}
      label={say('field.description')}
      placeholder={say('add.description')}
      value={incident.description}
      disabled={!saver.allowed}
      multiline
      onCommit={(value) => saver.save('description', value)}
    />
  );
}
