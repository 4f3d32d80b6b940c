import { fileTypeFromBuffer } from 'file-type';
import { contentTypeOf } from '#contracts/files/content-type.ts';

/** What the content is by its own first bytes, whatever it is called. */
export const contentType = (head: Uint8Array): Promise<string> =>
  contentTypeOf(head, {
    form: fileTypeFromBuffer,
    text: (bytes, cut) => new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: cut }),
  });
