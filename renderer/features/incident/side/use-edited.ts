import { useEffect, useState } from 'react';

/**
 * A choice that shows at once and is saved behind: the new value until the record has it, the reason below when it
 * was refused. `onSave` resolves to null once saved, else to a sentence.
 */
export function useEdited<T>(value: T, onSave: (value: T) => Promise<string | null>) {
  const [chosen, setChosen] = useState<{ readonly value: T } | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new value of the record ends what was only chosen
  useEffect(() => setChosen(null), [value]);
  const choose = async (next: T) => {
    setChosen({ value: next });
    const sentence = await onSave(next);
    setRefused(sentence);
    if (sentence !== null) setChosen(null);
  };
  return { shown: chosen ? chosen.value : value, refused, choose };
}
