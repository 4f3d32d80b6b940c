import { useCallback, useEffect, useRef, useState } from 'react';
import { type ChosenRow, type ListSpec, MOST_CHOSEN, type Queries } from '#contracts/engine/protocol.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { EngineClient } from '#renderer/platform/engine-client.ts';
import { useEngine } from '#renderer/platform/hooks.ts';
import { type SelectedRow, selectAlso, selectOnly, useGridState } from './grid-state.ts';

type Chosen = Queries['chosen']['value'];

/** Asks the engine once which incidents are meant; null when it cannot say. */
function askChosen(engine: EngineClient, args: Queries['chosen']['args']): Promise<Chosen | null> {
  return new Promise((resolve) => {
    const settle = (answer: Chosen | null) => {
      resolve(answer);
      queueMicrotask(() => watch.stop());
    };
    const watch = engine.watch('chosen', args, { value: settle, error: () => settle(null) });
  });
}

/** The same for incidents that are known by their ids, however many; those that are gone are left out. */
async function askByIds(
  engine: EngineClient,
  personId: Id,
  ids: readonly Id[],
  within: ListSpec | null,
): Promise<readonly ChosenRow[] | null> {
  const parts = Array.from({ length: Math.ceil(ids.length / MOST_CHOSEN) }, (_, part) =>
    ids.slice(part * MOST_CHOSEN, (part + 1) * MOST_CHOSEN),
  );
  const answers = await Promise.all(parts.map((part) => askChosen(engine, { personId, of: { ids: part, within } })));
  return answers.some((answer) => answer === null) ? null : answers.flatMap((answer) => answer?.rows ?? []);
}

/** Selects the whole list as it is filtered now (null), or all between two of its incidents, in sight or not. */
export function useChoose(personId: Id | null, spec: ListSpec): (between: readonly [Id, Id] | null) => void {
  const engine = useEngine();
  return useCallback(
    (between) => {
      if (personId === null) return;
      const before = useGridState.getState().selected;
      void askChosen(engine, { personId, of: { list: spec, between } }).then((chosen) => {
        // Somebody who selected something else meanwhile, or left the queue, no longer means this.
        const { selected, queue } = useGridState.getState();
        if (chosen && selected === before && queue === spec.queue) selectAlso(chosen.rows, chosen.total);
      });
    },
    [engine, personId, spec],
  );
}

/** What a filter hides is not selected any more: no deed reaches an incident that is not in the list. */
export function useSelectionInSight(personId: Id | null, spec: ListSpec): void {
  const engine = useEngine();
  const { queue, text, filters } = spec;
  const key = JSON.stringify([queue, text, filters]);
  const latest = useRef(spec);
  latest.current = spec;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another order hides nothing, so only what filters asks anew
  useEffect(() => {
    const { selected } = useGridState.getState();
    if (personId === null || selected.size === 0) return;
    let old = false;
    void askByIds(engine, personId, [...selected.keys()], latest.current).then((rows) => {
      if (old || !rows) return;
      const present = new Set(rows.map((row) => row.id));
      // What was selected since is in sight.
      selectOnly((id) => present.has(id) || !selected.has(id));
    });
    return () => {
      old = true;
    };
  }, [engine, personId, key]);
}

/** What a deed must know of its incidents, as they are now; undefined until the engine has said. */
export function useChosenNow(personId: Id | null, rows: readonly SelectedRow[]): readonly ChosenRow[] | undefined {
  const engine = useEngine();
  const [known, setKnown] = useState<readonly ChosenRow[]>();
  useEffect(() => {
    if (personId === null) return;
    let old = false;
    const asked = rows.map((row) => row.id);
    void askByIds(engine, personId, asked, null).then((answer) => {
      // Without an answer the rows say what they can.
      if (!old) setKnown(answer ?? rows.map((row) => ({ ...row, begun: row.state === 'inProgress' })));
    });
    return () => {
      old = true;
    };
  }, [engine, personId, rows]);
  return known;
}
