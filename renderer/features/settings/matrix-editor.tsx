import { Button } from '@mantine/core';
import { useState } from 'react';
import { LEVELS, PRIORITIES, type Priority } from '#domain/incident/incident.ts';
import { matrixFlaws, type PriorityMatrix } from '#domain/priority/matrix.ts';
import { useSubmit, useWatch } from '#renderer/platform/hooks.ts';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { useUndoStore } from '#renderer/ui/undo-store.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './settings.module.css';

const same = (a: PriorityMatrix, b: PriorityMatrix) => JSON.stringify(a) === JSON.stringify(b);

/** The priority matrix, with its linter beside it: a higher impact or urgency never lowers the priority. */
export function MatrixEditor() {
  const say = useWords('settings');
  const common = useWords('common');
  const kept = useWatch('matrix', {});
  const submit = useSubmit();
  const errors = useErrorWords();
  const offer = useUndoStore((state) => state.offer);
  const [edited, setEdited] = useState<PriorityMatrix | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  if (!kept) return null;
  const matrix = edited ?? kept;
  const flaws = matrixFlaws(matrix);
  const isFlawed = (impact: number, urgency: number) =>
    flaws.some((flaw) => flaw.impact === impact && flaw.urgency === urgency);
  const change = (impact: number, urgency: number, value: Priority) =>
    setEdited(
      matrix.map((row, at) => (at === impact - 1 ? row.map((cell, to) => (to === urgency - 1 ? value : cell)) : row)),
    );
  const save = async () => {
    const outcome = await submit('configuration.setMatrix', { matrix });
    setTrouble(outcome.ok ? null : errors.engine(outcome.error));
    if (!outcome.ok) return;
    setEdited(null);
    offer({ sentence: say('matrix.saved'), commandIds: [] });
  };
  return (
    <>
      <p className={classes.quiet}>{say('matrix.detail')}</p>
      {trouble && <ErrorNote text={trouble} />}
      <table className={classes.matrix} aria-label={say('matrix')}>
        <thead>
          <tr>
            <th scope="col" className={classes.corner}>
              {say('matrix.impact')} ╲ {say('matrix.urgency')}
            </th>
            {LEVELS.map((urgency) => (
              <th key={urgency} scope="col">
                {common('level', { digit: urgency, words: common(`urgency.${urgency}`) })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {LEVELS.map((impact) => (
            <tr key={impact}>
              <th scope="row">{common('level', { digit: impact, words: common(`impact.${impact}`) })}</th>
              {LEVELS.map((urgency) => (
                <td key={urgency}>
                  <select
                    className={classes.select}
                    aria-label={say('matrix.cell', { impact, urgency })}
                    aria-invalid={isFlawed(impact, urgency) || undefined}
                    value={matrix[impact - 1]?.[urgency - 1]}
                    onChange={(event) => {
                      const value = PRIORITIES.find((each) => each === Number(event.currentTarget.value));
                      if (value) change(impact, urgency, value);
                    }}
                  >
                    {PRIORITIES.map((priority) => (
                      <option key={priority} value={priority}>
                        {common('priority.long', { priority, name: common(`priority.${priority}`) })}
                      </option>
                    ))}
                  </select>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <ul className={classes.flaws} role="status">
        {flaws.map((flaw) => (
          <li key={`${flaw.impact} ${flaw.urgency} ${flaw.raised}`}>
            {say('matrix.flaw', {
              impact: flaw.impact,
              urgency: flaw.urgency,
              raised: say(`matrix.raised.${flaw.raised}`),
            })}
          </li>
        ))}
      </ul>
      <div className={classes.line}>
        <Button disabled={flaws.length > 0 || edited === null || same(edited, kept)} onClick={() => void save()}>
          {say('matrix.save')}
        </Button>
        <Button variant="subtle" disabled={edited === null} onClick={() => setEdited(null)}>
          {say('matrix.reset')}
        </Button>
      </div>
    </>
  );
}
