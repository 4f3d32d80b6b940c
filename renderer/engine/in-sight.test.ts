import { describe, expect, it } from 'vitest';
import { person, staffedDesk } from '#domain/command/memory-desk.suite.ts';
import { entriesInSight, isInSight } from './in-sight.ts';

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
});
