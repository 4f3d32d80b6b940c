/** Shapes of attachments, where they cross the IPC boundary. */
import { z } from 'zod';
import { fileHash } from '#contracts/api/files.ts';
import {
  FILE_CODES,
  FILE_LIMITS,
  type FileFault,
  type FileState,
  type LooseFile,
  type Picture,
  type StoredFile,
} from '#contracts/host/files-host.ts';
import { NETWORK_CODES } from '#contracts/host/network.ts';
import { id, whole } from '#contracts/ipc/schemas.ts';
import type { Result } from '#domain/result.ts';

const fault = z.object({ code: z.enum(FILE_CODES) }) satisfies z.ZodType<FileFault>;

/** A fault of the disk is an answer like any other: the codes of the boundary itself stay apart from it. */
const outcome = <T>(value: z.ZodType<T>) =>
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error: fault }),
  ]) as unknown as z.ZodType<Result<T, FileFault>>;

const looseFile: z.ZodType<LooseFile> = z.object({ sha256: fileHash, incidentIds: z.array(z.string()) });

const isBytes = (value: unknown): boolean =>
  ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]';
const bytesUpTo = (most: number) =>
  z.custom<Uint8Array>(isBytes).refine((bytes) => bytes.byteLength <= most, { params: { tooLarge: true } });

const size = whole.max(Number.MAX_SAFE_INTEGER);
const name = z.string().max(1_000);
const person = id;
const incidentId = z.string().min(1).max(128);
const sha256 = fileHash;

const stored = z.object({
  sha256,
  name: z.string(),
  bytes: whole,
  mediaType: z.string(),
}) satisfies z.ZodType<StoredFile>;

export const fileState: z.ZodType<FileState> = z.object({
  sha256,
  here: z.boolean(),
  sent: z.array(z.string()),
  transfer: z.object({ way: z.enum(['up', 'down']), moved: whole, bytes: whole, waits: z.boolean() }).nullable(),
  trouble: z.enum([...FILE_CODES, ...NETWORK_CODES]).nullable(),
});

const picture = z.object({
  mediaType: z.string(),
  bytes: bytesUpTo(FILE_LIMITS.picture),
}) satisfies z.ZodType<Picture>;

const done = outcome(z.null());
const states = { args: z.strictObject({ sha256s: z.array(sha256).max(500) }), result: z.array(fileState) };
const wanted = { args: z.strictObject({ person, sha256, bytes: size }), result: done };

/** Arguments and results of the rows `files.*`. */
export const files = {
  begin: {
    args: z.strictObject({ incidentId, name, bytes: size }),
    result: outcome(z.object({ addition: id })),
  },
  append: {
    args: z.strictObject({ addition: id, at: whole, bytes: bytesUpTo(FILE_LIMITS.piece) }),
    result: done,
  },
  finish: { args: z.strictObject({ addition: id }), result: outcome(stored) },
  abandon: { args: z.strictObject({ addition: id }), result: done },
  states,
  picture: { args: z.strictObject({ sha256 }), result: picture.nullable() },
  saveAs: { args: z.strictObject({ sha256, name }), result: outcome(z.boolean()) },
  wanted,
  upload: {
    args: z.strictObject({ person, incidentId, sha256, name, visibility: z.enum(['internal', 'public']) }),
    result: done,
  },
  loose: {
    args: z.strictObject({ before: z.int() }),
    result: z.array(looseFile),
  },
  settle: { args: z.strictObject({ sha256, attached: z.boolean() }), result: done },
} as const;
