/** Characters that mean something to a file system or a shell, cannot be seen, or turn the reading direction. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}<>:"|?*\\/]/gu;
/** Names that Windows takes for devices, whatever follows the dot. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;
const LIMIT = 150;

/** The name under which a file may be saved anywhere: no path, nothing hidden, and not too long. */
export function safeName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const clean = trimmed(last.normalize('NFC').replace(UNSAFE, '').replace(/\s+/gu, ' '));
  const short = trimmed(shortened(clean));
  if (short === '') return 'file';
  return DEVICE.test(short) ? `_${short}` : short;
}

/** Dots in front hide a file, dots and blanks at the end are lost on Windows. */
const trimmed = (name: string): string => name.replace(/^[\s.]+|[\s.]+$/gu, '');

/** Keeps the ending, which says what opens it. */
function shortened(name: string): string {
  const characters = [...name];
  if (characters.length <= LIMIT) return name;
  const ending = /\.[\p{L}\p{N}]{1,10}$/u.exec(name)?.[0] ?? '';
  return characters.slice(0, LIMIT - ending.length).join('') + ending;
}
