import type { FastifyInstance, FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Result } from '#domain/result.ts';
import type { Attachments } from '#server/files/attachments.ts';
import type { FileRefusal } from '#server/files/refusals.ts';
import { readChecksum, readCount, readMetadata, TUS } from '#server/files/tus.ts';
import type { Upload } from '#server/files/upload-book.ts';
import { needsSession, sessionOf } from '#server/http/authenticate.ts';
import { COME_BACK } from '#server/http/errors.ts';
import { perSession } from '#server/http/limits.ts';
import { HttpRefusal } from '#server/http/refusal.ts';
import type { Services } from '#server/services.ts';
import { downloadRoute, fileParams } from './download.ts';
import { NOTHING, REFUSALS } from './shapes.ts';

const tags = ['files'];

/** Attachments: tus 1.0 on their way in, and the files that were kept. */
export const fileRoutes =
  (services: Services): FastifyPluginAsyncZod =>
  async (app) => {
    const { attachments } = services;
    if (attachments === null) return;
    needsSession(app, services);
    downloadRoute(app, attachments);
    await app.register(async (tus) => tusRoutes(tus, attachments));
  };

const uploadAnswer = { 201: z.null(), ...REFUSALS };

function tusRoutes(app: FastifyInstance, attachments: Attachments): void {
  // The bytes stay where they are until somebody asks for them.
  app.addContentTypeParser(TUS.media, (_request, _bytes, done) => done(null));
  app.addHook('preClose', () => attachments.stop());
  app.addHook('onRequest', async (request, reply) => {
    reply.header('tus-resumable', TUS.version);
    if (request.method === 'OPTIONS' || request.headers['tus-resumable'] === TUS.version) return;
    reply.header('tus-version', TUS.version);
    throw new HttpRefusal('tusUnsupported');
  });
  const limit = perSession(600);

  app.options(
    '/files',
    { ...limit, schema: { tags, summary: 'What of tus is spoken here', response: NOTHING } },
    async (_request, reply) =>
      reply
        .headers({
          'tus-version': TUS.version,
          'tus-extension': TUS.extensions,
          'tus-checksum-algorithm': TUS.algorithms,
          'tus-max-size': attachments.largest,
        })
        .code(204)
        .send(null),
  );

  app.post(
    '/files',
    { ...limit, schema: { tags, summary: 'Begins an upload', response: uploadAnswer } },
    async (request, reply) => {
      const { 'upload-length': sent, 'upload-metadata': metadata } = request.headers;
      const length = readCount(sent);
      const wanted = readMetadata(metadata);
      if (length === null) throw wrong('Upload-Length', 'is no number of bytes');
      if (wanted === null) throw wrong('Upload-Metadata', 'does not name incidentId, filename and sha256');
      const { personId } = sessionOf(request);
      const upload = valueOrRefusal(
        await attachments.create(personId, { ...wanted, length, metadata: String(metadata) }),
      );
      return tell(reply.header('location', `${request.url.split('?')[0]}/${upload.id}`), upload)
        .code(201)
        .send(null);
    },
  );

  app.head(
    '/files/:id',
    { ...limit, schema: { tags, summary: 'How far an upload has come', params: fileParams } },
    async (request, reply) => {
      const upload = valueOrRefusal(await attachments.look(sessionOf(request).personId, idOf(request.params)));
      reply.headers({
        'upload-length': upload.length,
        'upload-metadata': upload.metadata,
        'cache-control': 'no-store',
      });
      return tell(reply, upload).code(200).send();
    },
  );

  app.patch(
    '/files/:id',
    {
      ...limit,
      // Its own bounds are those of the upload.
      bodyLimit: Number.MAX_SAFE_INTEGER,
      schema: { tags, summary: 'Brings bytes of an upload', params: fileParams, response: NOTHING },
    },
    async (request, reply) => {
      const { headers } = request;
      if (headers['content-type'] !== TUS.media) throw new HttpRefusal('mediaTypeUnknown');
      const offset = readCount(headers['upload-offset']);
      const checksum = readChecksum(headers['upload-checksum']);
      if (offset === null) throw wrong('Upload-Offset', 'is no number of bytes');
      if (checksum === null) throw wrong('Upload-Checksum', `is none of ${TUS.algorithms}`);
      const patch = { offset, checksum: checksum ?? null, body: request.raw };
      const upload = valueOrRefusal(await attachments.add(sessionOf(request).personId, idOf(request.params), patch));
      return tell(reply, upload).code(204).send(null);
    },
  );

  app.delete(
    '/files/:id',
    { ...limit, schema: { tags, summary: 'Gives up an upload', params: fileParams, response: NOTHING } },
    async (request, reply) => {
      valueOrRefusal(await attachments.remove(sessionOf(request).personId, idOf(request.params)));
      return reply.code(204).send(null);
    },
  );
}

const idOf = (params: unknown): string => fileParams.parse(params).id;

const wrong = (path: string, message: string) => new HttpRefusal('argumentsInvalid', { errors: [{ path, message }] });

/** Where an upload is, and until when it waits for the rest. */
const tell = (reply: FastifyReply, { received, length, expiresAt }: Upload): FastifyReply => {
  reply.header('upload-offset', received);
  return received < length ? reply.header('upload-expires', new Date(expiresAt).toUTCString()) : reply;
};

function valueOrRefusal<T>(result: Result<T, FileRefusal>): T {
  if (result.ok) return result.value;
  const later = result.error === 'uploadLocked' || result.error === 'noRoom';
  throw new HttpRefusal(result.error, later ? { retryAfter: COME_BACK } : {});
}
