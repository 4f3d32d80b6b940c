import { describe, expect, it } from 'vitest';
import { person, staffedDesk } from '#domain/command/memory-desk.suite.ts';
import { entriesInSight, isInSight, type Looker, recordsInSight, rowInSight } from './in-sight.ts';

const cal = person('cal', { role: 'requester' });

describe('an incident that was fetched for the person who sat here before', () => {
  it('is not there for a requester whose it is not, on a log that many share', () => {
    const desk = staffedDesk();
    const [own, other] = [desk.at(desk.opened({ callerId: 'cal' })), desk.at(desk.opened({ callerId: 'cat' }))];
    const seen = (isShared: boolean) => [own, other].map((one) => isInSight({ person: cal, isShared }, one));
    expect(seen(true)).toEqual([true, false]);
    expect(seen(false)).toEqual([true, true]);
  });

  it('shows a requester nothing internal, and staff everything', () => {
    const desk = staffedDesk();
    const incidentId = desk.opened({ callerId: 'cal' });
    desk.send('incident.note', { incidentId, entryId: 'n', body: 'for us' });
    const timeline = desk.timeline(incidentId);
    const shown = (looker: Parameters<typeof entriesInSight>[0]) => entriesInSight(looker, timeline);
    expect(timeline.map(({ visibility }) => visibility)).toContain('internal');
    expect(shown({ person: cal, isShared: true })).toEqual(
      timeline.filter(({ visibility }) => visibility === 'public'),
    );
    expect(shown({ person: person('ann'), isShared: true })).toEqual(timeline);
    expect(shown({ person: cal, isShared: false })).toEqual(timeline);
  });

  it('shows a requester of their own row what the server would send, and staff all of it', () => {
    const desk = staffedDesk();
    const incident = desk.at(desk.opened({ callerId: 'cal', tags: ['vip'] }));
    expect(rowInSight({ person: cal, isShared: true }, incident)).toMatchObject({ id: incident.id, tags: [] });
    expect(rowInSight({ person: person('ann'), isShared: true }, incident)).toBe(incident);
    expect(rowInSight({ person: cal, isShared: false }, incident)).toBe(incident);
  });
});

describe('a directory that was fetched for the person who sat here before', () => {
  it('shows a requester themselves, without what staff note on them, and no machine; staff everything', () => {
    const people = [person('cal', { role: 'requester', handlingNotes: 'loud' }), person('ann')];
    const machines = [{ id: 'router', name: 'Router', assignmentGroupId: null, active: true, source: null }];
    const shown = (looker: Looker) => [
      recordsInSight(looker, 'person', people),
      recordsInSight(looker, 'configurationItem', machines),
    ];
    expect(shown({ person: cal, isShared: true })).toEqual([[{ ...people[0], handlingNotes: null }], []]);
    expect(shown({ person: person('ann'), isShared: true })).toEqual([people, machines]);
    expect(shown({ person: cal, isShared: false })).toEqual([people, machines]);
  });
});
