/**
 * Greatest sizes the storage parts of EngineHost accept, in UTF-16 code units of the JSON (or text) handed over.
 * Beyond them the answer is `tooLarge` and nothing is kept.
 */
export const HOST_LIMITS = {
  frame: 16 * 1024 * 1024,
  batch: 64 * 1024 * 1024,
  framesPerBatch: 20_000,
  stageLine: 16 * 1024 * 1024,
  stageChunk: 64 * 1024 * 1024,
  page: 64 * 1024 * 1024,
  pagesPerSnapshot: 20_000,
  draft: 1024 * 1024,
  drafts: 10_000,
  settings: 4 * 1024 * 1024,
} as const;
