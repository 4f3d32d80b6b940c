import { useState } from 'react';
import type { Id } from '#domain/activity/activity.ts';
import { usePersonId } from '#renderer/platform/hooks.ts';
import { Combo, type ComboProps } from '#renderer/ui/combo.tsx';
import { matching } from '#renderer/ui/combo-options.ts';
import { useStaffOptions } from './directory-options.ts';

export interface StaffComboProps extends Omit<ComboProps, 'options' | 'onSearch' | 'loading' | 'digits' | 'onChange'> {
  /** Only members of this group are offered; null offers everybody. */
  readonly groupId: Id | null;
  readonly onChange: (value: Id | null) => void;
}

/** Chooses one of the desk's own people; whoever sits here comes first. */
export function StaffCombo({ groupId, onChange, ...props }: StaffComboProps) {
  const [text, setText] = useState('');
  const personId = usePersonId();
  const { options, pending } = useStaffOptions(text, groupId);
  const mineFirst = options.toSorted((a, b) => Number(b.value === personId) - Number(a.value === personId));
  return (
    <Combo
      {...props}
      options={matching(mineFirst, text)}
      onSearch={setText}
      loading={pending}
      onChange={(value) => onChange(value)}
    />
  );
}
