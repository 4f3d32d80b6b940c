import { contentTypeOf } from '#contracts/files/content-type.ts';

/** What the content is by its own first bytes. The library is loaded with the first file somebody adds. */
export const contentType = (head: Uint8Array): Promise<string> =>
  contentTypeOf(head, {
    form: async (bytes) => (await import('file-type')).fileTypeFromBuffer(bytes),
    text: (bytes, cut) => new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: cut }),
  });
