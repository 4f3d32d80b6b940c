import i18next, { type i18n } from 'i18next';
import ICU from 'i18next-icu';
import { useSyncExternalStore } from 'react';
import type { Area, Words } from './areas.ts';
import { type PSEUDO_LANGUAGES, pseudo } from './pseudo.ts';

const files = import.meta.glob<Record<string, string>>('./en/*.json', { eager: true, import: 'default' });

const english: Record<string, Record<string, string>> = Object.fromEntries(
  Object.entries(files).map(([path, messages]) => [path.replace(/^.*\/|\.json$/g, ''), messages]),
);

export type Language = 'en' | (typeof PSEUDO_LANGUAGES)[number];

/** The language shown for a setting; English is the one catalogue shipped so far. */
export const languageOf = (setting: string): Language => (setting === 'en-XA' || setting === 'ar-XB' ? setting : 'en');

export const isRightToLeft = (language: Language) => language === 'ar-XB';

/**
 * The catalogue as one i18next instance. Keys are flat and may hold dots, so neither separator is used; a message
 * whose value is missing says so in development and falls back to its text, never to an exception on a screen.
 */
export const words: i18n = i18next.createInstance();
void words.use(new ICU({ parseErrorHandler: (_error, _key, message) => message })).init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: english },
  ns: Object.keys(english),
  defaultNS: 'common',
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
  interpolation: { escapeValue: false },
});

/** Switches the language of every screen at once, making a pseudo-language the first time it is asked for. */
export async function speak(language: Language): Promise<void> {
  if (language !== 'en' && !words.hasResourceBundle(language, 'common')) {
    for (const [area, messages] of Object.entries(english)) {
      words.addResourceBundle(language, area, pseudo(language, messages));
    }
  }
  await words.changeLanguage(language);
}

const listeners = new Set<() => void>();
words.on('languageChanged', () => {
  for (const listener of listeners) listener();
});
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const language = () => words.language;

/** One function for each area and language, so that it can stand in a dependency list; a grid asks hundreds of times. */
const spoken = new Map<string, Words<Area>>();

/** The same as `useWords` outside React: for document titles, the engine and tests. */
export function wordsOf<A extends Area>(area: A, spokenLanguage: string = words.language): Words<A> {
  const key = `${spokenLanguage} ${area}`;
  const known = spoken.get(key);
  if (known) return known as Words<A>;
  // i18next infers values from message literals; ours are read at run time and typed by key instead.
  const say = words.getFixedT(spokenLanguage, area) as unknown as (key: string, values: object) => string;
  const made: Words<A> = (word, values) => say(word, values ?? {});
  spoken.set(key, made as Words<Area>);
  return made;
}

/** The messages of one area, typed by the keys of its file. Re-renders when the language changes. */
export function useWords<A extends Area>(area: A): Words<A> {
  return wordsOf(area, useSyncExternalStore(subscribe, language));
}
