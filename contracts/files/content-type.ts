/** Bytes from the beginning of a file that say what it is. */
export const HEAD_BYTES = 64 * 1024;

const UNKNOWN = 'application/octet-stream';
const TEXT = 'text/plain; charset=utf-8';

/** What looking into bytes needs of where it runs. */
export interface LookInside {
  /** Known forms by their first bytes: `fileTypeFromBuffer` of the library file-type. */
  readonly form: (head: Uint8Array) => Promise<{ readonly mime: string } | undefined>;
  /** UTF-8 as text; throws when it is none. `cut`: the last character may be. */
  readonly text: (head: Uint8Array, cut: boolean) => string;
}

/** What the content is by its own first bytes, whatever it is called. Markup and scripts are plain text. */
export async function contentTypeOf(head: Uint8Array, look: LookInside): Promise<string> {
  try {
    const known = await look.form(head);
    if (known !== undefined) return known.mime;
  } catch {
    // Made to confuse those who look inside: then nobody knows what it is.
    return UNKNOWN;
  }
  return isText(head, look) ? TEXT : UNKNOWN;
}

function isText(head: Uint8Array, look: LookInside): boolean {
  if (head.length === 0) return false;
  try {
    return !/[^\P{Cc}\t\n\f\r]/u.test(look.text(head, head.length === HEAD_BYTES));
  } catch {
    return false;
  }
}

/** Pictures that a window may draw: forms in which nothing can be written that runs. */
const PICTURES: readonly string[] = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'];

export const isPicture = (mediaType: string): boolean => PICTURES.includes(mediaType);
