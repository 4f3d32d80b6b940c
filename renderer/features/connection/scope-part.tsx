import type { Connection } from '#contracts/engine/agreement.ts';
import { Combo } from '#renderer/ui/combo.tsx';
import { useWords } from '#renderer/words/words.ts';
import classes from './scope-dialog.module.css';
import { ScopeList } from './scope-list.tsx';
import type { ScopeChoice } from './use-scope-choice.ts';

/** The value of "However long ago" among the options. */
const EVER = 'ever';

function Spans({ choice: { spans, span, chooseSpan } }: { readonly choice: ScopeChoice }) {
  const say = useWords('scope');
  const keyOf = (each: number | null) => (each === null ? EVER : String(each));
  return (
    <Combo
      className={classes.span ?? ''}
      label={say('closedFor')}
      value={keyOf(span)}
      options={spans.map((each) => ({
        value: keyOf(each),
        label: each === null ? say('ever') : say('days', { days: each }),
      }))}
      onChange={(next) => {
        const chosen = spans.find((each) => keyOf(each) === next);
        if (chosen !== undefined) chooseSpan(chosen);
      }}
    />
  );
}

/** Which part: teams, sites, and how far back. */
export function ScopePart({ choice, connection }: { readonly choice: ScopeChoice; readonly connection: Connection }) {
  const say = useWords('scope');
  const { teams, sites } = choice;
  const hasSites = (sites.all?.length ?? 0) > 0;
  const isLoading = connection.states.some(({ kind }) => kind === 'loading');
  const namesNothing = teams.chosen.length + sites.chosen.length === 0;
  return (
    <div className={classes.part}>
      <div className={classes.lists}>
        {teams.all && teams.all.length > 0 ? (
          <ScopeList kind="teams" all={teams.all} of={teams} />
        ) : (
          <p className={classes.hint}>{say(isLoading || !teams.all ? 'teams.loading' : 'teams.none')}</p>
        )}
        {hasSites && sites.all && <ScopeList kind="sites" all={sites.all} of={sites} />}
      </div>
      {namesNothing && (
        <p role="status" className={classes.hint}>
          {say(choice.span === null ? 'leavesNothingOut' : 'noneNamed', { sites: String(hasSites) })}
        </p>
      )}
      <Spans choice={choice} />
    </div>
  );
}
