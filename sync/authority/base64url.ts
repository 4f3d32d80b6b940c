const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Base64url without padding (RFC 4648, section 5) of a text in ASCII. `btoa` belongs to the platform. */
export function toBase64url(ascii: string): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (let at = 0; at < ascii.length; at++) {
    held = (held << 8) | ascii.charCodeAt(at);
    for (bits += 8; bits >= 6; bits -= 6) text += DIGITS.charAt((held >>> (bits - 6)) & 63);
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + DIGITS.charAt((held << (6 - bits)) & 63);
}

/** The text back; null where a character is none of the alphabet. What is left over at the end is not looked at. */
export function fromBase64url(text: string): string | null {
  let ascii = '';
  let bits = 0;
  let held = 0;
  for (const character of text) {
    const digit = DIGITS.indexOf(character);
    if (digit < 0) return null;
    held = (held << 6) | digit;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    ascii += String.fromCharCode(held >>> bits);
    held &= (1 << bits) - 1;
  }
  return ascii;
}
