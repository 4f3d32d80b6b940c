/** Attachments: `/api/v1/files`, uploaded by tus 1.0. */
import { z } from 'zod';
import { apiText } from './texts.ts';

/** SHA-256 in lower-case hexadecimal digits: the address of a file. */
export const fileHash = z.string().regex(/^[0-9a-f]{64}$/, 'is no SHA-256');

/** What `Upload-Metadata` says of an upload when it is created. */
export const uploadMetadata = z.strictObject({
  incidentId: apiText(128).min(1),
  /** As it was called where it came from; what is kept is its safe form. */
  filename: apiText(1_000),
  /** Of the whole content. */
  sha256: fileHash,
  /** Whether the caller may have it. Without a word it is the desk's own; what a requester sends is always public. */
  visibility: z.exactOptional(z.enum(['internal', 'public'])),
});
export type UploadMetadata = z.infer<typeof uploadMetadata>;
