import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  bytesOf,
  filesUnderTest,
  incidentOf,
  metadataOf,
  sha256,
  TusDesk,
} from '#server/files/files-under-test.suite.ts';

const files = filesUnderTest();

const started = async () => {
  const under = await files();
  const server = await under.node();
  const admin = await server.login();
  return { ...under, server, admin, tus: new TusDesk(server, admin), incident: await incidentOf(admin) };
};

const placeOf = (hash: string) => join(hash.slice(0, 2), hash.slice(2, 4), hash);

describe('uploading', () => {
  it('says what of tus it speaks, and refuses another version', async () => {
    const { tus } = await started();
    const { status, headers } = await tus.ask('OPTIONS', '/api/v1/files');
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'tus-resumable': '1.0.0',
      'tus-version': '1.0.0',
      'tus-extension': 'creation,checksum,expiration,termination',
      'tus-checksum-algorithm': 'sha1,sha256',
      'tus-max-size': String(100 * 1024 * 1024),
    });
    expect(await tus.ask('HEAD', 'x', { 'tus-resumable': '0.2.2' })).toMatchObject({
      status: 412,
      headers: { 'tus-version': '1.0.0' },
    });
  });

  it('SPEC 17.1: takes a file in pieces and keeps it under its hash', async () => {
    const { tus, incident, kept } = await started();
    const bytes = bytesOf(300_000);
    const metadata = { incidentId: incident, filename: 'notes.txt', sha256: sha256(bytes) };
    const begun = await tus.create(metadata, bytes.length);
    expect(begun).toMatchObject({ status: 201, headers: { 'upload-offset': '0', 'tus-resumable': '1.0.0' } });
    const location = String(begun.headers.location);
    expect(await tus.patch(location, 0, bytes.subarray(0, 200_000))).toMatchObject({
      status: 204,
      headers: { 'upload-offset': '200000', 'upload-expires': 'Tue, 06 Jan 2026 09:00:00 GMT' },
    });
    expect(await tus.ask('HEAD', location)).toMatchObject({
      status: 200,
      headers: {
        'upload-offset': '200000',
        'upload-length': '300000',
        'upload-metadata': metadataOf(metadata),
        'cache-control': 'no-store',
      },
    });
    expect(await tus.patch(location, 200_000, bytes.subarray(200_000))).toMatchObject({ status: 204 });
    expect(await tus.ask('HEAD', location)).toMatchObject({ headers: { 'upload-offset': '300000' } });
    expect(kept()).toEqual([placeOf(sha256(bytes))]);
    expect((await tus.ask('GET', sha256(bytes))).body.equals(bytes)).toBe(true);
  });

  it('SPEC 17.1: keeps a file without bytes as soon as it begins', async () => {
    const { tus, incident, kept } = await started();
    const empty = Buffer.alloc(0);
    const location = await tus.begin(incident, empty);
    expect(await tus.offset(location)).toBe(0);
    expect(kept()).toEqual([placeOf(sha256(empty))]);
    expect(await tus.ask('GET', sha256(empty))).toMatchObject({ status: 200, headers: { 'content-length': '0' } });
    const wrong = { incidentId: incident, filename: 'x', sha256: sha256(bytesOf(1)) };
    expect(await tus.create(wrong, 0)).toMatchObject({ status: 422, code: 'contentWrong' });
  });

  it('SPEC 17.3: refuses content that has another hash, and keeps nothing of it', async () => {
    const { tus, incident, kept } = await started();
    const location = await tus.begin(incident, bytesOf(5_000), { sha256: sha256(bytesOf(5_000, 2)) });
    expect(await tus.patch(location, 0, bytesOf(5_000))).toMatchObject({ status: 422, code: 'contentWrong' });
    expect(kept()).toEqual([]);
    expect((await tus.ask('HEAD', location)).status).toBe(410);
    expect((await tus.ask('GET', sha256(bytesOf(5_000)))).status).toBe(404);
    expect((await tus.ask('GET', sha256(bytesOf(5_000, 2)))).status).toBe(404);
  });

  it('SPEC 17.4: takes the bytes of one request together when they have a checksum, or none of them', async () => {
    const { tus, incident } = await started();
    const bytes = bytesOf(9_000);
    const location = await tus.begin(incident, bytes);
    const first = bytes.subarray(0, 4_000);
    const sum = (algorithm: string) => `${algorithm} ${createHash(algorithm).update(first).digest('base64')}`;
    const send = (checksum: string, what = first) => tus.patch(location, 0, what, { 'upload-checksum': checksum });
    expect(await send(sum('sha1'), bytes.subarray(1, 4_001))).toMatchObject({ status: 460, code: 'checksumWrong' });
    expect(await send('md5 xxxx')).toMatchObject({ status: 400, code: 'argumentsInvalid' });
    expect(await send('sha1 AAAA')).toMatchObject({ status: 400, code: 'argumentsInvalid' });
    expect(await tus.offset(location)).toBe(0);
    expect(await send(sum('sha256'))).toMatchObject({ status: 204 });
    expect(await tus.patch(location, 4_000, bytes.subarray(4_000))).toMatchObject({ status: 204 });
    expect((await tus.ask('GET', sha256(bytes))).body.equals(bytes)).toBe(true);
  });

  it('SPEC 17.4: refuses bytes at a wrong offset and more bytes than were announced', async () => {
    const { tus, incident, kept } = await started();
    const bytes = bytesOf(2_000);
    const location = await tus.begin(incident, bytes);
    expect(await tus.patch(location, 1_000, bytes)).toMatchObject({ status: 409, code: 'offsetWrong' });
    expect(await tus.patch(location, 0, bytesOf(2_001))).toMatchObject({ status: 413, code: 'tooLarge' });
    for (const offset of ['-1', 'x', '1e3', '']) {
      expect(await tus.patch(location, 0, bytes, { 'upload-offset': offset })).toMatchObject({ status: 400 });
    }
    expect(await tus.patch(location, 0, bytes, { 'content-type': 'text/html' })).toMatchObject({ status: 415 });
    expect(await tus.offset(location)).toBe(0);
    expect(await tus.patch(location, 0, bytes)).toMatchObject({ status: 204 });
    expect(await tus.patch(location, 0, bytes)).toMatchObject({ status: 409, code: 'offsetWrong' });
    expect(await tus.patch(location, 2_000, Buffer.alloc(0))).toMatchObject({ status: 204 });
    expect(kept()).toEqual([placeOf(sha256(bytes))]);
  });

  it('SPEC 17.4: lets one of several requests at the same offset write', async () => {
    const { tus, incident } = await started();
    const bytes = bytesOf(1_000_000);
    const location = await tus.begin(incident, bytes);
    const said = await Promise.all([0, 1, 2, 3].map(() => tus.patch(location, 0, bytes)));
    expect(said.filter(({ status }) => status === 204)).toHaveLength(1);
    expect(said.filter(({ status }) => status === 423 || status === 409)).toHaveLength(3);
    expect((await tus.ask('GET', sha256(bytes))).body.equals(bytes)).toBe(true);
  });

  it('gives up an upload when its sender says so; a file that was kept stays', async () => {
    const { tus, incident, kept } = await started();
    const bytes = bytesOf(3_000);
    const location = await tus.begin(incident, bytes);
    await tus.patch(location, 0, bytes.subarray(0, 1_000));
    expect(kept()).toHaveLength(1);
    expect((await tus.ask('DELETE', location)).status).toBe(204);
    expect(kept()).toEqual([]);
    expect(await tus.patch(location, 1_000, bytes.subarray(1_000))).toMatchObject({ status: 410, code: 'uploadGone' });
    const other = await tus.begin(incident, bytes);
    await tus.patch(other, 0, bytes);
    expect((await tus.ask('DELETE', other)).status).toBe(204);
    expect((await tus.ask('GET', sha256(bytes))).status).toBe(200);
  });

  it('SPEC 17.8: takes no names or hashes that lead elsewhere', async () => {
    const { tus, incident, kept } = await started();
    const bytes = bytesOf(100);
    const fields = { incidentId: incident, filename: 'x', sha256: sha256(bytes) };
    for (const hash of ['../../../../etc/passwd', '', sha256(bytes).toUpperCase(), `${sha256(bytes)}/..`, 'ab']) {
      expect(await tus.create({ ...fields, sha256: hash }, 100)).toMatchObject({ status: 400 });
    }
    for (const more of [{ other: 'x' }, { filename: '\0' }, { incidentId: '' }, { visibility: 'all' }]) {
      expect(await tus.create({ ...fields, ...more }, 100)).toMatchObject({ status: 400 });
    }
    for (const id of ['..%2F..%2Fetc%2Fpasswd', '%2e%2e', 'unfinished', '%00', `${sha256(bytes)}%00`]) {
      for (const method of ['GET', 'HEAD', 'DELETE'] as const) {
        expect([400, 404], `${method} ${id}`).toContain((await tus.ask(method, id)).status);
      }
    }
    await tus.attach(incident, bytes, { filename: '..\\..//\u202eexe.con"\r\nX: y.txt' });
    expect(kept()).toEqual([placeOf(sha256(bytes))]);
    const { headers } = await tus.ask('GET', sha256(bytes));
    expect(headers['content-disposition']).toBe('attachment; filename="exe.conX y.txt"');
  });
});

describe('downloading', () => {
  it('SPEC 17.7: tells the type from the content and never offers to show it', async () => {
    const { tus, incident } = await started();
    const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de', 'hex');
    const page = Buffer.from('<html><script>alert(1)</script></html>');
    await tus.attach(incident, png, { filename: 'page.html' });
    await tus.attach(incident, page, { filename: 'Grüße.html' });
    expect((await tus.ask('GET', sha256(png))).headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': 'attachment; filename=page.html',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    expect((await tus.ask('GET', sha256(page))).headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': expect.stringMatching(/^attachment; .*filename\*=UTF-8''Gr%C3%BC%C3%9Fe\.html/),
    });
  });

  it('SPEC 17.7: serves a range of a file', async () => {
    const { tus, incident } = await started();
    const bytes = bytesOf(10_000);
    await tus.attach(incident, bytes);
    const part = await tus.ask('GET', sha256(bytes), { range: 'bytes=1000-1999' });
    expect(part).toMatchObject({ status: 206, headers: { 'content-range': 'bytes 1000-1999/10000' } });
    expect(part.body.equals(bytes.subarray(1_000, 2_000))).toBe(true);
    const rest = await tus.ask('GET', sha256(bytes), { range: 'bytes=9999-' });
    expect(rest.body).toHaveLength(1);
    expect(await tus.ask('GET', sha256(bytes), { range: 'bytes=10000-' })).toMatchObject({
      status: 416,
      code: 'rangeWrong',
      headers: { 'content-range': 'bytes */10000' },
    });
    const { etag } = (await tus.ask('GET', sha256(bytes))).headers;
    expect((await tus.ask('GET', sha256(bytes), { 'if-none-match': String(etag) })).status).toBe(304);
  });
});
