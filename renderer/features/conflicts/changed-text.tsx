import { type Change, diffWordsWithSpace } from 'diff';
import { useMemo } from 'react';
import classes from './value-table.module.css';

/** Shorter values are compared at a glance. */
const LONG = 40;
/** Beyond so many differences nobody could read them: the text stands for itself. */
const MOST_DIFFERENCES = 1_000;

/** Texts that share less than this part of their letters are two texts, not one that was changed. */
const LEAST_SHARED = 1 / 3;

const letters = (parts: readonly Change[]) => parts.reduce((sum, { value }) => sum + value.trim().length, 0);
const shared = (parts: readonly Change[]) =>
  letters(parts.filter(({ added, removed }) => !(added || removed))) /
  Math.max(1, letters(parts.filter(({ removed }) => !removed)), letters(parts.filter(({ added }) => !added)));

export const isLongText = (text: string): boolean => text.length > LONG || text.includes('\n');

/** A whole text; what was added since `base` is underlined, what was taken out is struck through. */
export function ChangedText({ base, text }: { readonly base: string; readonly text: string }) {
  const parts = useMemo(() => {
    if (base === '' || text === '' || base === text || !(isLongText(base) || isLongText(text))) return undefined;
    const found = diffWordsWithSpace(base, text, { maxEditLength: MOST_DIFFERENCES });
    return found && shared(found) >= LEAST_SHARED ? found : undefined;
  }, [base, text]);
  if (!parts) return text;
  let at = 0;
  return parts.map(({ value, added, removed }) => {
    const key = at;
    at += value.length;
    if (added) return <ins key={key}>{value}</ins>;
    return removed ? (
      <del key={key} className={classes.removed}>
        {value}
      </del>
    ) : (
      value
    );
  });
}
