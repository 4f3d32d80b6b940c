import { useMemo, useState } from 'react';
import type { Id } from '#domain/activity/activity.ts';
import { useSteadyWatch } from '#renderer/platform/hooks.ts';
import { Combo, type ComboProps } from '#renderer/ui/combo.tsx';
import { type ComboOption, matching } from '#renderer/ui/combo-options.ts';
import { useWords } from '#renderer/words/words.ts';

/** At most this many people are offered, so that the eye need not search a second time. */
const PEOPLE = 6;
const NEW_PERSON = 'new-person';

export interface CallerComboProps
  extends Omit<ComboProps, 'options' | 'onSearch' | 'loading' | 'digits' | 'onChange' | 'valueLabel' | 'label'> {
  readonly label?: string;
  readonly valueLabel: string | null;
  readonly onChange: (personId: Id | null, name: string | null) => void;
  /** Offers "New person '…'" as the last choice, with what was typed. */
  readonly onNewPerson?: (typed: string) => void;
  /** Told every text typed, so that a draft can keep it. */
  readonly onTyped?: (typed: string) => void;
}

/** Finds a person by name, telephone number or mail; each with site and number beside the name. */
export function CallerCombo({ label, onChange, onNewPerson, onTyped, ...props }: CallerComboProps) {
  const say = useWords('incident');
  const [text, setText] = useState(props.initialText ?? '');
  const typed = text.trim();
  const { value, pending } = useSteadyWatch(
    'people',
    typed === '' ? null : { text: typed, limit: PEOPLE, staff: false },
  );
  const options = useMemo(() => {
    const people = (value ?? []).map((person): ComboOption => {
      const detail = [person.siteName, person.phone].filter(Boolean).join(', ');
      return {
        value: person.id,
        label: person.name,
        ...(detail && { detail }),
        keywords: `${person.mail ?? ''} ${person.phone?.replace(/\D/g, '') ?? ''}`,
      };
    });
    // Until the answer to this very text is here, only what still fits may be taken by a quick Enter.
    if (pending) return matching(people, typed);
    const newPerson: ComboOption[] =
      onNewPerson && typed !== ''
        ? [{ value: NEW_PERSON, label: say('newPerson', { name: typed }), makesNew: true }]
        : [];
    return [...people, ...newPerson];
  }, [value, pending, typed, onNewPerson, say]);

  const search = (next: string) => {
    setText(next);
    onTyped?.(next);
  };
  return (
    <Combo
      {...props}
      label={label ?? say('field.caller')}
      options={options}
      onSearch={search}
      loading={pending || typed === ''}
      onChange={(chosen, option) => {
        if (chosen === NEW_PERSON) onNewPerson?.(typed);
        else onChange(chosen, option?.label ?? null);
      }}
    />
  );
}
