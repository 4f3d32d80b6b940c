import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problem } from '#contracts/api/problems.ts';
import {
  bytesOf,
  filesUnderTest,
  incidentOf,
  metadataOf,
  sha256,
  TusDesk,
} from '#server/files/files-under-test.suite.ts';

const files = filesUnderTest();

/** As a header or an address can hold it at all. */
const text = fc.oneof(
  fc.constantFrom('', '%00', '..', '../..', '__proto__', '-1', '1e9', '9'.repeat(20), 'sha1 =', 'x'.repeat(3_000)),
  fc.string(),
);
const part = fc.oneof(
  text,
  fc.string({ unit: 'binary' }).map((any) => any.replace(/\p{Surrogate}/gu, '')),
);

describe('attachments', () => {
  it('answer whatever comes without a failure, and go on', async () => {
    const { node, kept } = await files();
    const server = await node();
    const tus = new TusDesk(server, await server.login());
    const incident = await incidentOf(tus.desk);
    const bytes = bytesOf(1_000);
    const location = await tus.begin(incident, bytes);
    const fields = fc.record({ incidentId: part, filename: part, sha256: fc.oneof(part, fc.constant(sha256(bytes))) });
    const fine = ({ status, body }: Awaited<ReturnType<typeof tus.ask>>) => {
      expect(status, body.toString()).toBeLessThan(500);
      expect(status).not.toBe(429);
      if (status >= 400 && body.length > 0) expect(problem.safeParse(JSON.parse(body.toString())).success).toBe(true);
    };
    await fc.assert(
      fc.asyncProperty(part, text, text, fields, async (id, one, other, metadata) => {
        for (const method of ['GET', 'HEAD', 'DELETE'] as const) fine(await tus.ask(method, encodeURIComponent(id)));
        fine(await tus.patch(location, 0, bytes, { 'upload-offset': `x${one}`, 'upload-checksum': other }));
        fine(await tus.patch(location, 0, bytes, { 'upload-checksum': other || 'x' }));
        fine(await tus.patch(location, 0, bytes, { 'upload-offset': '0', 'content-type': `x${one}` }));
        fine(await tus.ask('POST', '/api/v1/files', { 'upload-length': one, 'upload-metadata': other }));
        fine(await tus.ask('POST', '/api/v1/files', { 'upload-length': '5', 'upload-metadata': metadataOf(metadata) }));
        fine(await tus.ask('GET', sha256(bytes), { range: one, 'if-range': other }));
      }),
      { numRuns: 60 },
    );
    expect((await tus.patch(location, 0, bytes)).status).toBe(204);
    expect(kept()).toHaveLength(1);
    await fc.assert(
      fc.asyncProperty(text, text, async (range, condition) => {
        fine(await tus.ask('GET', sha256(bytes), { range: `bytes=${range}`, 'if-none-match': condition }));
      }),
      { numRuns: 60 },
    );
  });
});
