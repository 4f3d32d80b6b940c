import { useMemo } from 'react';
import { LEVELS } from '#domain/incident/incident.ts';
import type { ComboOption } from '#renderer/ui/combo-options.ts';
import { useWords } from '#renderer/words/words.ts';

/** Choices "A site or a service" … "One person", or "Cannot work …" … "Can wait", in the order of their digits. */
export function useLevelOptions(kind: 'impact' | 'urgency'): readonly ComboOption[] {
  const common = useWords('common');
  return useMemo(
    () => LEVELS.map((level) => ({ value: String(level), label: common(`${kind}.${level}`) })),
    [common, kind],
  );
}
