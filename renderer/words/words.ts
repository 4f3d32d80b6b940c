import i18next, { type i18n } from 'i18next';
import ICU from 'i18next-icu';
import { useMemo } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
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
void words
  .use(new ICU({ parseErrorHandler: (_error, _key, message) => message }))
  .use(initReactI18next)
  .init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: english },
    ns: Object.keys(english),
    defaultNS: 'common',
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
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

/** The messages of one area, typed by the keys of its file. Re-renders when the language changes. */
export function useWords<A extends Area>(area: A): Words<A> {
  const { i18n } = useTranslation(area, { i18n: words });
  const language = i18n.language;
  return useMemo(() => wordsOf(area, language), [area, language]);
}

/** The same outside React: for document titles and tests. */
export function wordsOf<A extends Area>(area: A, language: string = words.language): Words<A> {
  // i18next infers values from message literals; ours are read at run time and typed by key instead.
  const say = words.getFixedT(language, area) as unknown as (key: string, values: object) => string;
  return (key, values) => say(key, values ?? {});
}
