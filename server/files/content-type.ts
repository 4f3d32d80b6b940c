import { fileTypeFromBuffer } from 'file-type';

/** Bytes from the beginning of a file that say what it is. */
export const HEAD_BYTES = 64 * 1024;

const UNKNOWN = 'application/octet-stream';

/** What the content is by its own first bytes, whatever it is called. */
export async function contentType(head: Uint8Array): Promise<string> {
  try {
    const known = await fileTypeFromBuffer(head);
    if (known !== undefined) return known.mime;
  } catch {
    // Made to confuse those who look inside: then nobody knows what it is.
    return UNKNOWN;
  }
  return isText(head) ? 'text/plain; charset=utf-8' : UNKNOWN;
}

function isText(head: Uint8Array): boolean {
  if (head.length === 0) return false;
  try {
    // The last character may be cut.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: head.length === HEAD_BYTES });
    return !/[^\P{Cc}\t\n\f\r]/u.test(text);
  } catch {
    return false;
  }
}
