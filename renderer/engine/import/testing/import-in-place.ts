import type { EngineError, ImportProgress } from '#contracts/engine/protocol.ts';
import type { ImportFormat, ImportPreview } from '#contracts/import/import.ts';
import type { FileBytes } from '#contracts/platform.ts';
import { DEFAULT_MATRIX } from '#domain/priority/matrix.ts';
import type { AdoptionSink } from '../adoption.ts';
import { createImportCoordinator } from '../coordinator.ts';
import { inPlaceWorker } from '../in-place-worker.ts';
import { previewImport } from '../preview.ts';

export interface ImportOutcome {
  readonly preview: ImportPreview | EngineError;
  readonly progress: ImportProgress | null;
}

let runs = 0;

/** A whole import, as the dialog runs it: preview, then start with what the preview proposes, to the end. */
export async function importInPlace(
  file: FileBytes,
  sink: AdoptionSink,
  options: { format?: ImportFormat; zone?: string; dryRun?: boolean; source?: string } = {},
): Promise<ImportOutcome> {
  const preview = await previewImport(file, options.format ?? null);
  if (!preview.ok) return { preview: preview.error, progress: null };
  runs += 1;
  const importId = `import-${runs}`;
  const progress = await new Promise<ImportProgress | null>((resolve) => {
    const coordinator = createImportCoordinator({
      sink,
      makeWorker: inPlaceWorker,
      now: () => Date.UTC(2026, 0, 1),
      failed: () => undefined,
      device: () => 'device',
      importer: () => 'importer',
      matrix: () => DEFAULT_MATRIX,
      changed: () => {
        const now = coordinator.progress(importId);
        if (now && ['done', 'failed', 'stopped'].includes(now.phase)) resolve(now);
      },
    });
    const { format } = preview.value;
    const mapping = { ...preview.value.mapping, ...(options.source && { source: options.source }) };
    coordinator.start({
      importId,
      name: 'export.csv',
      file,
      format,
      mapping,
      zone: options.zone ?? 'UTC',
      dryRun: options.dryRun ?? false,
    });
  });
  return { preview: preview.value, progress };
}
