import { Button } from '@mantine/core';
import { useId, useState } from 'react';
import { LEVELS, PRIORITIES, type Priority } from '#domain/incident/incident.ts';
import type { PriorityMatrix } from '#domain/priority/matrix.ts';
import { useKeptDraft } from '#renderer/drafts/use-kept-draft.ts';
import { useSubmit, useWatch } from '#renderer/platform/hooks.ts';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import fields from '#renderer/ui/fields.module.css';
import { useTime } from '#renderer/ui/time.ts';
import { useUndoStore } from '#renderer/ui/undo-store.ts';
import { useForbidden } from '#renderer/ui/use-forbidden.ts';
import { useWords } from '#renderer/words/words.ts';
import { type MatrixEdits, readMatrixEdits } from './matrix-edits.schema.ts';
import { type Cell, type Mark, marksOf, sameCell } from './matrix-marks.ts';
import classes from './settings.module.css';

const same = (a: PriorityMatrix, b: PriorityMatrix) => JSON.stringify(a) === JSON.stringify(b);

/** The desk's matrix with what was changed laid over it. */
const withEdits = (kept: PriorityMatrix, { cells }: MatrixEdits): PriorityMatrix =>
  kept.map((row, at) =>
    row.map((was, to) => cells.findLast((cell) => cell.impact - 1 === at && cell.urgency - 1 === to)?.priority ?? was),
  );

/** Always there, so that a sentence that comes is read out at once. */
function Flaws({ id, marks }: { id: string; marks: readonly Mark[] }) {
  const say = useWords('settings');
  const common = useWords('common');
  const named = (priority: Priority) => common('priority.long', { priority, name: common(`priority.${priority}`) });
  return (
    <div role="alert" id={id}>
      {marks.length > 0 && (
        <ul className={classes.flaws}>
          {marks.map(({ cell, priority, other, otherPriority, raised }) => (
            <li key={`${cell.impact} ${cell.urgency} ${other.impact} ${other.urgency}`}>
              {say('matrix.flaw', {
                cell: say('matrix.cell', { ...cell }),
                priority: named(priority),
                other: say('matrix.cellWithin', { ...other }),
                otherPriority: named(otherPriority),
                raised: say(`matrix.raised.${raised}`),
              })}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/**
 * The priority matrix, with its linter beside it: a higher impact or urgency never lowers the priority. What was changed
 * and not saved is kept like any half-written form, and said when it is found again.
 */
export function MatrixEditor() {
  const say = useWords('settings');
  const common = useWords('common');
  const kept = useWatch('matrix', {});
  const submit = useSubmit();
  const errors = useErrorWords();
  const offer = useUndoStore((state) => state.offer);
  const draft = useKeptDraft({ kind: 'dialog', incidentId: null, slot: 'matrix' }, readMatrixEdits);
  const { dateAndTime } = useTime();
  const whyNot = useForbidden()('configure');
  const flawsId = useId();
  const [trouble, setTrouble] = useState<string | null>(null);
  if (!kept || !draft) return null;
  const { cells } = draft.content;
  const matrix = withEdits(kept, draft.content);
  const marks = marksOf(matrix, cells);
  const isMarked = (cell: Cell) => marks.some((mark) => sameCell(mark.cell, cell));
  const change = (cell: Cell, priority: Priority) => draft.change({ cells: [...cells, { ...cell, priority }] });
  const save = async () => {
    draft.flush();
    const outcome = await submit('configuration.setMatrix', { matrix }, { draftId: draft.draftId });
    setTrouble(outcome.ok ? null : errors.engine(outcome.error));
    if (!outcome.ok) return;
    draft.consumed();
    offer({ sentence: say('matrix.saved'), commandIds: [] });
  };
  return (
    <>
      <p className={classes.quiet}>{whyNot ?? say('matrix.detail')}</p>
      {draft.restoredAt !== null && cells.length > 0 && (
        <p role="status">{say('matrix.restored', { when: dateAndTime(draft.restoredAt) })}</p>
      )}
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
                    className={`${classes.select} ${fields.native}`}
                    aria-label={say('matrix.cell', { impact, urgency })}
                    disabled={whyNot !== null}
                    aria-invalid={isMarked({ impact, urgency }) || undefined}
                    aria-describedby={isMarked({ impact, urgency }) ? flawsId : undefined}
                    value={matrix[impact - 1]?.[urgency - 1]}
                    onChange={(event) => {
                      const value = PRIORITIES.find((each) => each === Number(event.currentTarget.value));
                      if (value) change({ impact, urgency }, value);
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
      <Flaws id={flawsId} marks={marks} />
      <div className={classes.line}>
        <Button disabled={whyNot !== null || marks.length > 0 || same(matrix, kept)} onClick={() => void save()}>
          {say('matrix.save')}
        </Button>
        <Button variant="subtle" disabled={cells.length === 0} onClick={draft.discard}>
          {say('matrix.reset')}
        </Button>
      </div>
    </>
  );
}
