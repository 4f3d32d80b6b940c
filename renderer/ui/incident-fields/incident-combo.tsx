import { useState } from 'react';
import type { Id } from '#domain/activity/activity.ts';
import { useSteadyWatch } from '#renderer/platform/hooks.ts';
import { Combo, type ComboProps } from '#renderer/ui/combo.tsx';

const HITS = 6;

export interface IncidentComboProps
  extends Omit<ComboProps, 'options' | 'onSearch' | 'loading' | 'digits' | 'onChange'> {
  /** Never offered: the incident itself. */
  readonly excludeId: Id;
  readonly onChange: (incidentId: Id | null, number: string | null) => void;
}

/** Finds another incident by number, alias or words. */
export function IncidentCombo({ excludeId, onChange, ...props }: IncidentComboProps) {
  const [text, setText] = useState('');
  const typed = text.trim();
  const { value, pending } = useSteadyWatch('search', typed === '' ? null : { text: typed, limit: HITS });
  const options = (value?.hits ?? [])
    .filter((hit) => hit.id !== excludeId)
    .map((hit) => ({ value: hit.id, label: hit.number, detail: hit.shortDescription }));
  return (
    <Combo
      {...props}
      options={options}
      onSearch={setText}
      loading={pending || typed === ''}
      onChange={(chosen, option) => onChange(chosen, option?.label ?? null)}
    />
  );
}
