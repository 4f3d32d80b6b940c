import { create } from 'zustand';
import type { EngineError, ImportProgress } from '#contracts/engine/protocol.ts';
import type { ColumnMapping, ImportFormat, ImportPreview } from '#contracts/import/import.ts';
import type { FileBytes } from '#contracts/platform.ts';
import type { Id } from '#domain/activity/activity.ts';

/** A file a person chose, in the form that may travel to the engine. */
export interface ChosenFile {
  readonly name: string;
  readonly bytes: FileBytes;
}

/** What this window knows of an import; kept while the dialog is closed, forgotten with the window. */
interface ImportState {
  readonly file: ChosenFile | null;
  readonly format: ImportFormat | null;
  readonly preview: ImportPreview | null;
  readonly mapping: ColumnMapping | null;
  /** IANA zone chosen for the file; null: the desk's. */
  readonly zone: string | null;
  /** True while the engine looks at the file. */
  readonly opening: boolean;
  readonly error: EngineError | null;
  /** The import whose progress and report this window shows. */
  readonly followed: Id | null;
  /** True from asking for `followed` until its first progress arrived. */
  readonly starting: boolean;
  readonly stopping: boolean;
}

const NOTHING_CHOSEN: ImportState = {
  file: null,
  format: null,
  preview: null,
  mapping: null,
  zone: null,
  opening: false,
  error: null,
  followed: null,
  starting: false,
  stopping: false,
};

export const useImportState = create<ImportState>(() => NOTHING_CHOSEN);

export const changeImport = (change: Partial<ImportState>): void => useImportState.setState(change);

/** Back to the beginning; the zone once chosen stays. */
export const forgetImport = (): void => {
  const { zone } = useImportState.getState();
  useImportState.setState({ ...NOTHING_CHOSEN, zone });
};

export type ImportStep = 'choose' | 'columns' | 'running' | 'outcome' | 'lost';

export const isRunning = (progress: ImportProgress | null | undefined): boolean =>
  progress?.phase === 'reading' || progress?.phase === 'storing';

/** Where the dialog stands. An import that runs is shown in every window, whoever began it. */
export function stepOf(state: ImportState, progress: ImportProgress | null | undefined): ImportStep {
  if (isRunning(progress) || state.starting) return 'running';
  if (state.followed !== null && progress?.importId === state.followed) return 'outcome';
  if (state.followed !== null && progress === null) return 'lost';
  return state.file && state.preview && state.mapping ? 'columns' : 'choose';
}
