import { IconX } from '@tabler/icons-react';
import type { Id } from '#domain/activity/activity.ts';
import { useWatch } from '#renderer/platform/hooks.ts';
import { Combo } from '#renderer/ui/combo.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { useWords } from '#renderer/words/words.ts';
import classes from './directory.module.css';

/** The teams a person belongs to: a list one can shorten, and a field to add one. */
export function TeamPicker({
  teamIds,
  onChange,
}: {
  teamIds: readonly Id[];
  onChange: (teamIds: readonly Id[]) => void;
}) {
  const say = useWords('directory');
  const teams = useWatch('directory', { kind: 'team' }) ?? [];
  const nameOf = (id: Id) => teams.find((team) => team.id === id)?.name ?? id;
  const others = teams.filter((team) => team.active && !teamIds.includes(team.id));
  return (
    <div>
      <div className={classes.label} aria-hidden="true">
        {say('teams')}
      </div>
      <ul className={classes.teams} aria-label={say('teams')}>
        {teamIds.map((id) => (
          <li key={id}>
            {nameOf(id)}
            <IconButton
              label={say('removeTeam', { team: nameOf(id) })}
              onClick={() => onChange(teamIds.filter((each) => each !== id))}
            >
              <IconX size={14} aria-hidden="true" />
            </IconButton>
          </li>
        ))}
      </ul>
      <Combo
        label={say('addTeam')}
        value={null}
        options={others.map((team) => ({ value: team.id, label: team.name }))}
        onChange={(value) => value !== null && onChange([...teamIds, value])}
      />
    </div>
  );
}
