import type { ImportProgress } from '#contracts/engine/protocol.ts';
import type { Words } from '#renderer/words/areas.ts';

/** How an import ended, in one sentence. */
export function headline({ phase, name, dryRun, report }: ImportProgress, say: Words<'import'>): string {
  if (phase === 'stopped' || phase === 'failed') return say(phase, { name });
  const added = report?.incidentsAdded ?? 0;
  if (dryRun) return say('doneDry', { added, name });
  const grown = report?.incidentsGrown ?? 0;
  return added === 0 && grown > 0 ? say('doneGrown', { grown, name }) : say('done', { added, name });
}
