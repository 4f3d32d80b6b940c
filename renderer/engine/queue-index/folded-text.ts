const MARKS = /\p{M}+/gu;
/** Letters that carry no combining mark, yet people type without them. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
};
const SPECIAL = /[ßæœøđðþłı]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const ASCII = /^[\x00-\x7f]*$/;

/** Text as it is searched: lower case, without diacritics, so that "Muller" finds "Müller". */
export const foldText = (text: string): string => {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .replace(SPECIAL, (letter) => PLAIN[letter] ?? letter);
};

/** The words of folded text: runs of letters and digits. */
export const wordsOf = (folded: string): string[] => folded.match(/[\p{L}\p{N}]+/gu) ?? [];
