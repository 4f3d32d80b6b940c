import { describe, expect, it } from 'vitest';
import type { Activity, Visibility } from '#domain/activity/activity.ts';
import { filesMissing, filesNamedBy, type KnownFile, uploadsOwed } from './attachments.ts';

const hash = (letter: string) => letter.repeat(64);
const envelope = {
  actor: 'ann',
  device: 'here',
  seq: 1,
  occurredAt: 1,
  recordedAt: 1,
  syncedAt: 1,
  visibility: 'internal' as Visibility,
  origin: 'command',
  cause: null,
} as const;
let entries = 0;
const entry = (type: string, payload: object, over: Partial<Activity> = {}): Activity => {
  entries += 1;
  return { id: `entry ${entries}`, subject: { kind: 'incident', id: 'printer' }, type, payload, ...envelope, ...over };
};
const attached = (id: string, letter: string, over: Partial<Activity> = {}) =>
  entry(
    'incident.attached',
    { attachmentId: id, sha256: hash(letter), name: `${id}.txt`, bytes: 7, mediaType: 'text/plain' },
    over,
  );
const detached = (id: string) => entry('incident.detached', { attachmentId: id });
const known = (letter: string, over: Partial<KnownFile> = {}): KnownFile => ({
  sha256: hash(letter),
  here: true,
  sent: [],
  ...over,
});
const senders = { devices: new Set(['here', 'here before']), people: new Set(['ann']), inTheirPlace: 'ben' };
const owed = (activities: readonly Activity[], files: readonly KnownFile[], who = senders) =>
  uploadsOwed(activities, files, who).map(({ person, sha256, visibility }) => [person, sha256[0], visibility]);

describe('files that a device owes the server', () => {
  it('SPEC 17.11: are those attached here, confirmed, still standing, here and not sent', () => {
    const activities = [
      attached('one', 'a'),
      attached('unsent', 'b', { seq: null }),
      attached('off', 'c'),
      attached('away', 'd'),
      attached('sent', 'e'),
      attached('elsewhere', 'f', { device: 'there' }),
      attached('before', '9', { device: 'here before' }),
      detached('off'),
      entry('incident.teleported', {}),
    ];
    const files = [
      known('a'),
      known('b'),
      known('c'),
      known('d', { here: false }),
      known('e', { sent: ['printer'] }),
      known('f'),
      known('9'),
    ];
    expect(owed(activities, files)).toEqual([
      ['ann', 'a', 'internal'],
      ['ann', '9', 'internal'],
    ]);
    expect(filesNamedBy(activities)).toHaveLength(7);
  });

  it('SPEC 17.11: go once for each incident, and for the caller if they are so once', () => {
    const other = { subject: { kind: 'incident', id: 'mail' } } as const;
    const activities = [
      attached('one', 'a'),
      attached('two', 'a', { visibility: 'public' }),
      attached('three', 'a', other),
    ];
    expect(uploadsOwed(activities, [known('a')], senders)).toMatchObject([
      { incidentId: 'printer', name: 'two.txt', visibility: 'public' },
      { incidentId: 'mail', visibility: 'internal' },
    ]);
    expect(owed(activities, [known('a', { sent: ['printer'] })])).toHaveLength(1);
  });

  it('SPEC 17.11: of somebody without an account are sent by who stands in for them, or wait', () => {
    const activities = [attached('one', 'a', { actor: 'a local person' })];
    expect(owed(activities, [known('a')])).toEqual([['ben', 'a', 'internal']]);
    expect(uploadsOwed(activities, [known('a')], { ...senders, inTheirPlace: null })).toEqual([]);
  });
});

describe('files that are missing here', () => {
  it('SPEC 17.12: are named once, with the bytes that the log says, whoever attached them', () => {
    const activities = [
      attached('one', 'a', { device: 'there' }),
      attached('two', 'a'),
      attached('three', 'b'),
      attached('off', 'c'),
      attached('unsent', 'd', { seq: null }),
      detached('off'),
    ];
    expect(filesMissing(activities, [known('b'), known('a', { here: false })])).toEqual([
      { sha256: hash('a'), bytes: 7 },
    ]);
  });
});
