/** First byte of a stored UUID: never the first byte of UTF-8. */
export const UUID_MARK = 0xfe;

const DASHES = new Set([8, 13, 18, 23]);
/** Places of the two digits of each of the 16 bytes in the text. */
const PLACES = Array.from({ length: 36 }, (_, at) => at).filter((at) => !DASHES.has(at));
const HIGH = Uint8Array.from(PLACES.filter((_, at) => at % 2 === 0));

const digitOf = (code: number): number => {
  if (code >= 48 && code <= 57) return code - 48;
  return code >= 97 && code <= 102 ? code - 87 : -1;
};

/** Writes the 16 bytes of a lower-case UUID and says true; false for every other text. */
export const canonicalUuidBytes = (text: string, into: Uint8Array, at: number): boolean => {
  if (text.length !== 36) return false;
  if (text.charCodeAt(8) !== 45 || text.charCodeAt(13) !== 45) return false;
  if (text.charCodeAt(18) !== 45 || text.charCodeAt(23) !== 45) return false;
  for (let index = 0; index < 16; index += 1) {
    const place = HIGH[index] ?? 0;
    const high = digitOf(text.charCodeAt(place));
    const low = digitOf(text.charCodeAt(place + 1));
    if (high < 0 || low < 0) return false;
    into[at + index] = high * 16 + low;
  }
  return true;
};

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export const uuidText = (bytes: Uint8Array, at: number): string => {
  let text = '';
  for (let index = 0; index < 16; index += 1) {
    if (index === 4 || index === 6 || index === 8 || index === 10) text += '-';
    text += HEX[bytes[at + index] ?? 0];
  }
  return text;
};
