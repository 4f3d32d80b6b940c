import { Checkbox, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { SCOPE_LIMITS } from '#contracts/sync/scope.ts';
import { matching } from '#renderer/ui/combo-options.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './scope-dialog.module.css';
import type { Choosable, Choosing } from './use-scope-choice.ts';

/** With more, a field finds them. */
const AT_A_GLANCE = 8;

function Choice({
  of,
  isChosen,
  onChoose,
}: {
  readonly of: Choosable;
  readonly isChosen: boolean;
  readonly onChoose: (isChosen: boolean) => void;
}) {
  const say = useWords('scope');
  return (
    <li className={classes.choice}>
      <Checkbox
        checked={isChosen}
        onChange={(event) => onChoose(event.currentTarget.checked)}
        label={
          <>
            <span dir="auto">{of.name}</span>
            {of.isOwn && <span className={classes.own}>{say('teams.yours')}</span>}
          </>
        }
      />
    </li>
  );
}

export interface ScopeListProps {
  readonly kind: 'teams' | 'sites';
  readonly all: readonly Choosable[];
  readonly of: Choosing;
}

/** Several of a list of teams or sites: checkboxes that scroll, and a field that finds among many. */
export function ScopeList({ kind, all, of: { chosen, choose, over } }: ScopeListProps) {
  const say = useWords('scope');
  const id = useId();
  const [text, setText] = useState('');
  const found = new Set(
    matching(
      all.map((each) => ({ value: each.id, label: each.name })),
      text,
    ).map(({ value }) => value),
  );
  const shown = all.filter((each) => found.has(each.id));
  return (
    <fieldset
      className={classes.field}
      data-finds={all.length > AT_A_GLANCE || undefined}
      aria-describedby={over > 0 ? `${id}-over` : `${id}-detail`}
    >
      <legend className={classes.legend}>{say(kind)}</legend>
      <div className={classes.fieldHead}>
        <p id={`${id}-detail`} className={classes.hint}>
          {say(`${kind}Detail`)}
        </p>
        <p role="status" className={classes.hint}>
          {say('chosen', { count: chosen.length })}
        </p>
      </div>
      {all.length > AT_A_GLANCE && (
        <TextInput
          aria-label={say(`${kind}.find`)}
          placeholder={say(`${kind}.find`)}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          // Enter looks for what is typed; it does not save.
          onKeyDown={(event) => event.key === 'Enter' && !event.ctrlKey && !event.metaKey && event.preventDefault()}
        />
      )}
      <ul className={classes.choices}>
        {shown.map((each) => (
          <Choice
            key={each.id}
            of={each}
            isChosen={chosen.includes(each.id)}
            onChoose={(isChosen) =>
              choose(isChosen ? [...chosen, each.id] : chosen.filter((chosenId) => chosenId !== each.id))
            }
          />
        ))}
        {shown.length === 0 && <li className={classes.nothing}>{say('find.nothing')}</li>}
      </ul>
      {over > 0 && (
        <p id={`${id}-over`} role="alert" className={classes.over}>
          {say('tooMany', { limit: SCOPE_LIMITS.named, kind, over })}
        </p>
      )}
    </fieldset>
  );
}
