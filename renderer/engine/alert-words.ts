import { IntlMessageFormat } from 'intl-messageformat';
import type { Words } from '#renderer/words/areas.ts';
import alerts from '#renderer/words/en/alerts.json' with { type: 'json' };

const made = new Map<string, IntlMessageFormat>();

/** Words of notifications, without the screen's machinery: the engine needs one area and no React. */
export const alertWords: Words<'alerts'> = (key, values) => {
  const known = made.get(key) ?? new IntlMessageFormat(alerts[key], 'en');
  made.set(key, known);
  return String(known.format({ ...values }));
};
