import { useEffect } from 'react';
import type { DeskSettings } from '#contracts/host/desk-host.ts';
import { useMedia } from '#renderer/ui/use-media.ts';
import { isRightToLeft, type Language } from '#renderer/words/words.ts';

export type Appearance = 'light' | 'dark' | 'contrast';

/** The theme a setting means on this machine at present. */
export function useAppearance(theme: DeskSettings['theme']): { theme: Appearance; scheme: 'light' | 'dark' } {
  const dark = useMedia('(prefers-color-scheme: dark)');
  const moreContrast = useMedia('(prefers-contrast: more)');
  const ofSystem: Appearance = moreContrast ? 'contrast' : dark ? 'dark' : 'light';
  const shown = theme === 'system' ? ofSystem : theme;
  return { theme: shown, scheme: shown === 'contrast' ? (dark ? 'dark' : 'light') : shown };
}

/** Writes theme, density, language and direction on the document, where the style sheets look. */
export function useDocumentAttributes(theme: Appearance, density: DeskSettings['density'], language: Language): void {
  useEffect(() => {
    const root = document.documentElement;
    root.dataset.theme = theme;
    root.dataset.density = density;
    root.lang = language;
    root.dir = isRightToLeft(language) ? 'rtl' : 'ltr';
  }, [theme, density, language]);
}
