// biome-ignore-all lint/a11y/useSemanticElements: a listbox of lines of two, which a select cannot show
import { type KeyboardEvent, type RefObject, useEffect } from 'react';
import type { Id } from '#domain/activity/activity.ts';
import { useDeedWords } from '#renderer/ui/deed-words.ts';
import { fieldLabel, isToldField } from '#renderer/ui/incident-fields/field-values.ts';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { useWords } from '#renderer/words/words.ts';
import classes from './conflict-list.module.css';
import type { Case } from './inbox.ts';

const optionId = (id: Id) => `conflict-${id}`;

/** Steps of the keys that move in a list; the others are left to whoever wants them. */
function placeAfter(key: string, at: number, count: number): number | null {
  if (key === 'ArrowDown' || key === 'j') return Math.min(count - 1, at + 1);
  if (key === 'ArrowUp' || key === 'k') return Math.max(0, at - 1);
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}

export interface ConflictListProps {
  readonly list: RefObject<HTMLDivElement | null>;
  readonly cases: readonly Case[];
  readonly chosen: Case;
  readonly onChoose: (id: Id) => void;
  /** Enter: on to the decisions. */
  readonly onEnter: () => void;
}

/** The inbox: one line for each conflict, walked through like every list of the house. */
export function ConflictList({ list, cases, chosen, onChoose, onEnter }: ConflictListProps) {
  const say = useWords('conflicts');
  const chosenId = chosen.conflict.commandId;
  const at = cases.indexOf(chosen);
  useEffect(() => {
    document.getElementById(optionId(chosenId))?.scrollIntoView?.({ block: 'nearest' });
  }, [chosenId]);
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = placeAfter(event.key, at, cases.length);
    const found = next === null ? undefined : cases[next];
    if (!found && event.key !== 'Enter') return;
    event.preventDefault();
    if (found) onChoose(found.conflict.commandId);
    else onEnter();
  };
  return (
    <div
      ref={list}
      role="listbox"
      tabIndex={0}
      data-autofocus
      aria-label={say('list')}
      aria-description={say('keys')}
      aria-activedescendant={optionId(chosenId)}
      className={classes.list}
      onKeyDown={press}
    >
      {cases.map((each) => (
        <Option
          key={each.conflict.commandId}
          of={each}
          isChosen={each === chosen}
          onChoose={() => onChoose(each.conflict.commandId)}
        />
      ))}
    </div>
  );
}

interface OptionProps {
  readonly of: Case;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Option({ of: { conflict }, isChosen, onChoose }: OptionProps) {
  const deed = useDeedWords();
  const incident = useWords('incident');
  // Changes of one incident are told apart by what they change.
  const fields = conflict.name === 'incident.update' ? conflict.fields.map(({ field }) => field) : [];
  const labels = fields.filter(isToldField).map((field) => fieldLabel(field, { say: incident }));
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus (aria-activedescendant)
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the list's
    <div
      id={optionId(conflict.commandId)}
      role="option"
      aria-selected={isChosen}
      className={classes.option}
      onClick={onChoose}
    >
      <span className={classes.optionWhat} dir="auto">
        {deed.what(conflict)}
      </span>
      <span className={classes.optionMeta}>
        {labels.length > 0 && <span>{labels.join(', ')}</span>}
        <RelativeTime at={conflict.recordedAt} />
      </span>
    </div>
  );
}
