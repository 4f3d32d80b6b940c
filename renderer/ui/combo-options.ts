/** One choice of a combobox. */
export interface ComboOption {
  readonly value: string;
  readonly label: string;
  /** A second, quieter part: site and number of a person, the parent of a category. */
  readonly detail?: string;
  /** Further words it is found by, not shown. */
  readonly keywords?: string;
  readonly disabled?: boolean;
  /** Stands for something new rather than for one of the list: taken only when it is chosen itself. */
  readonly makesNew?: boolean;
}

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Options that hold every typed word at the beginning of one of theirs; those that begin with the text come first. */
export function matching(options: readonly ComboOption[], typed: string): readonly ComboOption[] {
  const wanted = folded(typed).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return options;
  const hits = options.filter((option) => {
    const parts = folded(`${option.label} ${option.detail ?? ''} ${option.keywords ?? ''}`).split(/[^\p{L}\p{N}]+/u);
    return wanted.every((word) => parts.some((part) => part.startsWith(word)));
  });
  const first = wanted.join(' ');
  const begins = (option: ComboOption) => (folded(option.label).startsWith(first) ? 0 : 1);
  return hits.toSorted((a, b) => begins(a) - begins(b));
}

/** The option that typed text can only mean: the one that is called so, else the only one found. */
export function meantBy(found: readonly ComboOption[], typed: string): ComboOption | undefined {
  const known = found.filter((option) => !option.disabled && !option.makesNew);
  const called = known.filter((option) => folded(option.label) === folded(typed.trim()));
  const fitting = called.length > 0 ? called : known;
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** The option a typed digit stands for: the first is 1. */
export function optionByDigit(options: readonly ComboOption[], text: string): ComboOption | undefined {
  if (!/^[1-9]$/.test(text)) return undefined;
  const option = options[Number(text) - 1];
  return option?.disabled ? undefined : option;
}
