import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentType } from './content-type.ts';
import { metadataOf } from './files-under-test.suite.ts';
import { readChecksum, readCount, readMetadata } from './tus.ts';

const fields = { incidentId: 'i', filename: 'Grüße, alle.txt', sha256: '0'.repeat(64) };

describe('what tus says in headers', () => {
  it('names incident, file and hash in base64', () => {
    expect(readMetadata(metadataOf(fields))).toEqual(fields);
    expect(readMetadata(metadataOf({ ...fields, visibility: 'public' }))).toEqual({ ...fields, visibility: 'public' });
    expect(readMetadata(metadataOf(fields).replaceAll(',', ', '))).toEqual(fields);
  });

  it.each([
    undefined,
    '',
    'filename',
    `${metadataOf(fields)},filename eA==`,
    `${metadataOf(fields)},other eA==`,
    metadataOf(fields).replace('incidentId', 'incidentid'),
    `incidentId aQ,${metadataOf(fields).split(',').slice(1).join(',')}`,
    `incidentId /w==,${metadataOf(fields).split(',').slice(1).join(',')}`,
    `incidentId aQ== aQ==,${metadataOf(fields).split(',').slice(1).join(',')}`,
    metadataOf({ ...fields, filename: 'x'.repeat(9_000) }),
  ])('is refused as %j', (value) => {
    expect(readMetadata(value)).toBe(null);
  });

  it('is no surprise whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(readMetadata(value)).toBe(null);
        expect(readChecksum(value)).toBe(null);
        expect(readCount(value) ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('the type of a file', () => {
  it.each([
    ['%PDF-1.7\n', 'application/pdf'],
    ['PK\x03\x04', 'application/zip'],
    ['#!/bin/sh\necho', 'text/plain; charset=utf-8'],
    ['\x00\x01\x02', 'application/octet-stream'],
    ['', 'application/octet-stream'],
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'text/plain; charset=utf-8'],
  ])('SPEC 17.7: of what begins with %j is %s', async (head, type) => {
    expect(await contentType(Buffer.from(head))).toBe(type);
  });

  it('SPEC 17.7: is found for any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (head) => {
        expect(await contentType(head)).toMatch(/^[a-z]+\/[\w.+-]+/);
      }),
    );
  });
});
