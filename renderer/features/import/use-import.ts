import { useContext, useEffect, useMemo } from 'react';
import type { EngineError, ImportProgress } from '#contracts/engine/protocol.ts';
import type { ImportFormat, ImportTarget } from '#contracts/import/import.ts';
import { REPEATABLE_TARGETS } from '#contracts/import/preset.ts';
import type { Result } from '#domain/result.ts';
import type { EngineClient } from '#renderer/platform/engine-client.ts';
import { useEngine, useWatch } from '#renderer/platform/hooks.ts';
import { newId } from '#renderer/platform/ids.ts';
import { ReaderContext } from '#renderer/ui/time.ts';
import { changeImport, forgetImport, type ImportStep, isRunning, stepOf, useImportState } from './import-store.ts';

export interface ImportActions {
  choose(file: File): void;
  chooseFormat(format: ImportFormat): void;
  chooseTarget(column: number, target: ImportTarget): void;
  start(dryRun: boolean): void;
  stop(): void;
}

/** The dialog's place in the course of an import, and what a person can do there. */
export function useImport(opened: boolean): {
  readonly step: ImportStep;
  readonly progress: ImportProgress | null;
  readonly zone: string;
  readonly actions: ImportActions;
} {
  const engine = useEngine();
  const { zone: deskZone } = useContext(ReaderContext);
  const progress = useWatch('importProgress', opened ? { importId: null } : null);
  const state = useImportState();
  const zone = state.zone ?? deskZone;
  const runningId = progress && isRunning(progress) ? progress.importId : null;
  useEffect(() => {
    if (runningId !== null) changeImport({ followed: runningId, starting: false });
  }, [runningId]);
  const { followed, starting } = state;
  const ended = !isRunning(progress) && progress?.importId === followed;
  useEffect(() => {
    if (ended && starting) changeImport({ starting: false });
    if (ended) changeImport({ stopping: false });
  }, [ended, starting]);
  const actions = useMemo(() => actionsOn(engine, zone), [engine, zone]);
  return { step: stepOf(state, progress), progress: progress ?? null, zone, actions };
}

const settle = <T>(answer: Result<T, EngineError>, then: (value: T) => void) => {
  if (answer.ok) then(answer.value);
  else changeImport({ error: answer.error });
};

async function look(engine: EngineClient, format: ImportFormat | null, zone: string): Promise<void> {
  const { file } = useImportState.getState();
  if (!file) return;
  changeImport({ opening: true, error: null });
  const answer = await engine.call('previewImport', { file: file.bytes, name: file.name, format, zone });
  if (useImportState.getState().file !== file) return;
  changeImport({ opening: false });
  settle(answer, (preview) => changeImport({ preview, format: preview.format, mapping: preview.mapping }));
}

function actionsOn(engine: EngineClient, zone: string): ImportActions {
  return {
    choose: (file) => {
      forgetImport();
      // A Blob, not the File itself: only a Blob can be read piece by piece in another process.
      changeImport({ file: { name: file.name, bytes: file.slice(0, file.size) } });
      void look(engine, null, zone);
    },
    chooseFormat: (format) => void look(engine, format, zone),
    chooseTarget: (column, target) => {
      const { mapping } = useImportState.getState();
      if (!mapping) return;
      const single = !REPEATABLE_TARGETS.includes(target);
      const columns = mapping.columns.map((one) => {
        if (one.index === column) return { ...one, target };
        return single && one.target === target ? { ...one, target: 'extra' as const } : one;
      });
      changeImport({ mapping: { ...mapping, columns } });
    },
    start: (dryRun) => {
      const { file, format, mapping, starting } = useImportState.getState();
      if (!file || !format || !mapping || starting) return;
      const importId = newId();
      changeImport({ followed: importId, starting: true, stopping: false, error: null });
      const { bytes, name } = file;
      void engine
        .call('startImport', { importId, file: bytes, name, format, mapping, zone, dryRun })
        .then((answer) => !answer.ok && changeImport({ error: answer.error, starting: false, followed: null }));
    },
    stop: () => {
      const { followed } = useImportState.getState();
      if (followed === null) return;
      changeImport({ stopping: true });
      void engine
        .call('stopImport', { importId: followed })
        .then((answer) => !answer.ok && changeImport({ stopping: false, error: answer.error }));
    },
  };
}
