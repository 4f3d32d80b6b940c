import { useMemo } from 'react';
import { CANCEL_REASONS, CHANNELS, HOLD_REASONS, INCIDENT_KINDS, RESOLUTION_CODES } from '#domain/incident/incident.ts';
import type { ComboOption } from '#renderer/ui/combo-options.ts';
import type { WordKey } from '#renderer/words/areas.ts';
import { useWords } from '#renderer/words/words.ts';

const VALUES = {
  channel: CHANNELS,
  kind: INCIDENT_KINDS,
  holdReason: HOLD_REASONS,
  resolutionCode: RESOLUTION_CODES,
  cancelReason: CANCEL_REASONS,
} as const;
export type EnumName = keyof typeof VALUES;

/** Every value of one of the process's own lists, in the process's order, in the reader's words. */
export function useEnumOptions(name: EnumName): readonly ComboOption[] {
  const common = useWords('common');
  return useMemo(
    () => VALUES[name].map((value) => ({ value, label: common(`${name}.${value}` as WordKey<'common'>) })),
    [common, name],
  );
}

/** Narrows a combobox's string to the list it came from. */
export const oneOf = <const T extends readonly string[]>(values: T, value: string | null): T[number] | null =>
  values.find((each) => each === value) ?? null;
