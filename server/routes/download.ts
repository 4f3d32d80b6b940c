import { send } from '@fastify/send';
import { create as disposition } from 'content-disposition';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { fileHash } from '#contracts/api/files.ts';
import { apiText } from '#contracts/api/texts.ts';
import type { Attachments } from '#server/files/attachments.ts';
import { sessionOf } from '#server/http/authenticate.ts';
import { COME_BACK } from '#server/http/errors.ts';
import { perSession } from '#server/http/limits.ts';
import { HttpRefusal } from '#server/http/refusal.ts';

/** Of an upload by its id, of a file by its hash. */
export const fileParams = z.strictObject({ id: apiText(64) });

/** A kept file, for those who may see an incident that it belongs to. Never shown, always saved. */
export function downloadRoute(app: FastifyInstance, attachments: Attachments): void {
  app.get(
    '/files/:id',
    {
      ...perSession(600),
      // HEAD asks for an upload.
      exposeHeadRoute: false,
      schema: { tags: ['files'], summary: 'A file by its SHA-256', params: fileParams },
    },
    async (request, reply) => {
      const sha256 = fileHash.safeParse(fileParams.parse(request.params).id);
      const seen = sha256.success ? await attachments.seen(sessionOf(request).personId, sha256.data) : null;
      if (!sha256.success || seen === null) throw new HttpRefusal('notFound');
      const { root, path } = attachments.placeOf(sha256.data);
      const found = await send(request.raw, path, { root, contentType: false, cacheControl: false, dotfiles: 'deny' });
      if (found.statusCode === 416) {
        reply.header('content-range', `bytes */${seen.file.bytes}`);
        throw new HttpRefusal('rangeWrong');
      }
      if (found.type !== 'file') {
        found.stream.destroy();
        request.log.error({ status: found.statusCode }, 'a file that was kept is away');
        throw new HttpRefusal('unavailable', { retryAfter: COME_BACK });
      }
      return reply
        .code(found.statusCode)
        .headers(found.headers)
        .headers({
          'content-type': seen.file.type,
          'content-disposition': disposition(seen.reference.name),
          'x-content-type-options': 'nosniff',
          // Whoever may see it today may not tomorrow.
          'cache-control': 'private, no-cache',
        })
        .send(found.stream);
    },
  );
}
