import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { incidentLink, linkAmong, parseLink, queueLink } from '#contracts/ipc/deep-link.ts';
import { QUEUE_IDS } from '#domain/queue/queues.ts';

const hostile = [
  '',
  'deskbell:',
  'deskbell://',
  'deskbell://incident',
  'deskbell://incident/',
  'deskbell://incident//INC0012345',
  'deskbell://incident/../INC0012345',
  'deskbell://incident/INC0012345/../../x',
  'deskbell://incident/INC0012345/resolve',
  'deskbell://incident/INC0012345?do=close',
  'deskbell://incident/INC0012345#close',
  'deskbell://incident/INC0012345 --no-sandbox',
  'deskbell://incident/INC0012345\n',
  '\ndeskbell://incident/INC0012345',
  'deskbell://incident/INC%300012345',
  'deskbell://incident/%2e%2e',
  'deskbell://incident/-INC',
  'deskbell://incident/javascript:alert(1)',
  'deskbell://user@incident/INC0012345',
  'deskbell://incident:80/INC0012345',
  'deskbell://incident\\INC0012345',
  'deskbell://action/resolve',
  'deskbell://queue/everything',
  'deskbell://queue/__proto__',
  'deskbell://queue/constructor',
  'deskbell:incident/INC0012345',
  'http://incident/INC0012345',
  'javascript:deskbell://incident/INC0012345',
  'file:///etc/passwd',
  '--deskbell://incident/INC0012345',
  `deskbell://incident/${'A'.repeat(65)}`,
  `deskbell://incident/${'A'.repeat(100_000)}`,
  'deskbell://incident/İNC0012345',
  'deskbell://incident/INC００１２３４５',
  'deskbell://incident/\u202eINC',
  'deskbell://incident/INC\0',
];

describe('deep links', () => {
  test('a link to an incident leads to it', () => {
    expect(parseLink('deskbell://incident/INC0012345')).toEqual({ name: 'incident', idOrNumber: 'INC0012345' });
  });

  test('a link to a queue leads to it, in the words of a link or as its id', () => {
    expect(parseLink('deskbell://queue/unassigned')).toEqual({ name: 'queue', queue: 'unassigned' });
    expect(parseLink('deskbell://queue/my-work')).toEqual({ name: 'queue', queue: 'myWork' });
    expect(parseLink('deskbell://queue/myWork')).toEqual({ name: 'queue', queue: 'myWork' });
  });

  test('scheme and place may be written in capitals and may end with a slash, as browsers make them', () => {
    expect(parseLink('DESKBELL://INCIDENT/INC0012345/')).toEqual({ name: 'incident', idOrNumber: 'INC0012345' });
  });

  test.each(hostile)('%j leads nowhere', (link) => {
    expect(parseLink(link)).toBeNull();
  });

  test('every link the desk makes leads back to where it came from', () => {
    for (const queue of QUEUE_IDS) expect(parseLink(queueLink(queue))).toEqual({ name: 'queue', queue });
    expect(parseLink(incidentLink('01a206fb-8480-7f1f-b4da-e686221071d7'))).toEqual({
      name: 'incident',
      idOrNumber: '01a206fb-8480-7f1f-b4da-e686221071d7',
    });
  });

  test('whatever is written after the scheme, only a plain name ever comes out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (tail) => {
        const route = parseLink(`deskbell://incident/${tail}`);
        if (route?.name === 'incident') expect(route.idOrNumber).toMatch(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/);
      }),
    );
  });

  test('the first link among program arguments is taken and all else left alone', () => {
    const words = [
      '/usr/bin/deskbell',
      '--hidden',
      'deskbell://action/x',
      'deskbell://incident/INC1',
      'deskbell://incident/INC2',
    ];
    expect(linkAmong(words)).toBe('deskbell://incident/INC1');
    expect(linkAmong(['/usr/bin/deskbell', '.'])).toBeNull();
  });
});
