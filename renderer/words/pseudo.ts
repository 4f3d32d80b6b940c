/**
 * Pseudo-languages made from the English catalogue at run time: en-XA shows what is not in the catalogue (no
 * accents) and what has no room to grow (40 % longer); ar-XB shows what does not mirror. ICU arguments stay whole.
 */
const ACCENTED: Readonly<Record<string, string>> = {
  a: 'á',
  b: 'ƀ',
  c: 'ç',
  d: 'ð',
  e: 'é',
  f: 'ƒ',
  g: 'ĝ',
  h: 'ĥ',
  i: 'í',
  j: 'ĵ',
  k: 'ķ',
  l: 'ļ',
  m: 'ɱ',
  n: 'ñ',
  o: 'ó',
  p: 'þ',
  q: 'ǫ',
  r: 'ŕ',
  s: 'š',
  t: 'ţ',
  u: 'ú',
  v: 'ṽ',
  w: 'ŵ',
  x: 'ẋ',
  y: 'ý',
  z: 'ž',
  A: 'Á',
  B: 'Ɓ',
  C: 'Ç',
  D: 'Ð',
  E: 'É',
  F: 'Ƒ',
  G: 'Ĝ',
  H: 'Ĥ',
  I: 'Í',
  J: 'Ĵ',
  K: 'Ķ',
  L: 'Ļ',
  M: 'Ḿ',
  N: 'Ñ',
  O: 'Ó',
  P: 'Þ',
  Q: 'Ǫ',
  R: 'Ŕ',
  S: 'Š',
  T: 'Ţ',
  U: 'Û',
  V: 'Ṽ',
  W: 'Ŵ',
  X: 'Ẋ',
  Y: 'Ý',
  Z: 'Ž',
};
const FILLER = 'one two three four five six seven eight nine ten';
const RIGHT_TO_LEFT = '\u202e';
const END_OF_RUN = '\u202c';
const MARK = '\u200f';

type Change = (text: string) => string;

const accented: Change = (text) => [...text].map((letter) => ACCENTED[letter] ?? letter).join('');
const mirrored: Change = (text) =>
  text.replace(/[\p{L}\p{N}]+/gu, (word) => `${MARK}${RIGHT_TO_LEFT}${word}${END_OF_RUN}${MARK}`);

/** Index of the brace that closes the one at `open`. */
function closing(message: string, open: number): number {
  let depth = 0;
  for (let at = open; at < message.length; at += 1) {
    if (message[at] === '{') depth += 1;
    if (message[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return message.length - 1;
}

/** Applies `change` to what a reader sees: plain text, and the texts inside plural and select branches. */
function mapText(message: string, change: Change): string {
  let out = '';
  let at = 0;
  while (at < message.length) {
    const open = message.indexOf('{', at);
    if (open < 0) return out + change(message.slice(at));
    const close = closing(message, open);
    out += change(message.slice(at, open)) + mapArgument(message.slice(open + 1, close), change);
    at = close + 1;
  }
  return out;
}

function mapArgument(inside: string, change: Change): string {
  if (!/^\s*\w+\s*,\s*(plural|select|selectordinal)\s*,/.test(inside)) return `{${inside}}`;
  let out = '';
  let at = 0;
  while (at < inside.length) {
    const open = inside.indexOf('{', at);
    if (open < 0) return `{${out}${inside.slice(at)}}`;
    const close = closing(inside, open);
    out += `${inside.slice(at, open)}{${mapText(inside.slice(open + 1, close), change)}}`;
    at = close + 1;
  }
  return `{${out}}`;
}

const visibleLength = (message: string) => message.replace(/\{[^{}]*\}/g, '').length;

function longer(message: string): string {
  const extra = Math.ceil(visibleLength(message) * 0.4);
  return `[${mapText(message, accented)}${extra > 0 ? ` ${FILLER.slice(0, extra).trim()}` : ''}]`;
}

export const PSEUDO_LANGUAGES = ['en-XA', 'ar-XB'] as const;
export type PseudoLanguage = (typeof PSEUDO_LANGUAGES)[number];

/** A whole area in a pseudo-language. */
export function pseudo(language: PseudoLanguage, messages: Readonly<Record<string, string>>): Record<string, string> {
  const change = language === 'en-XA' ? longer : (message: string) => mapText(message, mirrored);
  return Object.fromEntries(Object.entries(messages).map(([key, message]) => [key, change(message)]));
}
