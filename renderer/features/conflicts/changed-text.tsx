import { diffWordsWithSpace } from 'diff';
import { useMemo } from 'react';
import classes from './conflicts.module.css';

/** Shorter values are compared at a glance. */
const LONG = 40;
/** Beyond so many differences nobody could read them: the text stands for itself. */
const MOST_DIFFERENCES = 1_000;

export const isLongText = (text: string): boolean => text.length > LONG || text.includes('\n');

/** A whole text; what was added since `base` is underlined, what was taken out is struck through. */
export function ChangedText({ base, text }: { readonly base: string; readonly text: string }) {
  const parts = useMemo(() => {
    if (base === '' || text === '' || base === text || !(isLongText(base) || isLongText(text))) return undefined;
    return diffWordsWithSpace(base, text, { maxEditLength: MOST_DIFFERENCES });
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
