import en from '#electron/words/en.json' with { type: 'json' };

export type Word = keyof typeof en;

/** Main's own few sentences: menus, tray and the dialogs of the system. */
export const say = (word: Word, values: Readonly<Record<string, string | number>> = {}): string =>
  en[word].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
