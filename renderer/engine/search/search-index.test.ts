import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Incident } from '#domain/incident/incident.ts';
import { mayReadText } from '#domain/queue/membership.ts';
import { queueFactsOf, type Viewer } from '#domain/queue/queue-facts.ts';
import { foldText, wordsOf } from '../queue-index/folded-text.ts';
import { incidentArb, incidentWith, nameOf, PEOPLE, TEAMS, viewerArb } from '../queue-index/made-up-incidents.suite.ts';
import { QueueIndex } from '../queue-index/queue-index.ts';
import { readInBackground } from './background-reading.ts';
import { SearchIndex } from './search-index.ts';

const agent: Viewer = { personId: PEOPLE[0] ?? '', teamIds: [TEAMS[0] ?? ''], role: 'agent' };
const source = { personName: nameOf };

const deskWith = (...incidents: readonly Incident[]) => {
  const queue = new QueueIndex(source);
  const search = new SearchIndex(queue, source);
  incidents.forEach((incident, at) => {
    queue.upsert(incident, at + 1);
    search.upsert(incident);
  });
  return { queue, search, found: (text: string) => numbersOf(search.search(text, 20, agent).hits, incidents) };
};

const numbersOf = (hits: readonly { readonly id: string }[], incidents: readonly Incident[]) =>
  hits.map((hit) => incidents.find((incident) => incident.id === hit.id)?.number);

describe('search', () => {
  test('finds a number first, however it is typed, and numbers that begin so', () => {
    const incidents = [
      incidentWith(12, { shortDescription: 'about INC0000123' }),
      incidentWith(123, { state: 'closed' }),
      incidentWith(1230),
      incidentWith(7, { number: 'HELP-123', aliases: [{ value: 'INC-L3-0042', source: 'device' }] }),
    ];
    const { found, search } = deskWith(...incidents);
    expect(found('inc123')[0]).toBe('INC0000123');
    expect(found('0000123')).toEqual(['INC0000123', 'INC0000012']);
    expect(found('INC00012')).toEqual(['INC0000012', 'INC0001230']);
    expect(found('INC000123')[0]).toBe('INC0000123');
    expect(found('help-123')[0]).toBe('HELP-123');
    expect(search.search('inc-l3-0042', 5, agent).hits).toMatchObject([{ matched: 'alias' }]);
    expect(search.search('42', 5, agent).total).toBe(0);
  });

  test('finds every word anywhere in short description, description and caller, folded', () => {
    const incidents = [
      incidentWith(1, { shortDescription: 'Größe des Druckers', callerId: PEOPLE[0] ?? null }),
      incidentWith(2, { shortDescription: 'Drucker', description: 'Toner alle' }),
      incidentWith(3, { shortDescription: 'Maus' }),
    ];
    const { found, search } = deskWith(...incidents);
    expect(found('GRÖSSE drucker')).toEqual(['INC0000001']);
    expect(found('drucker toner')).toEqual(['INC0000002']);
    expect(found('zoe drucker')).toEqual(['INC0000001']);
    expect(search.search('angstrom', 5, agent).hits).toMatchObject([{ matched: 'caller' }]);
    expect(found('drucker maus')).toEqual([]);
    expect(found('   ')).toEqual([]);
  });

  test('puts open before closed, whole words before parts, short descriptions before descriptions, younger first', () => {
    const incidents = [
      incidentWith(1, { shortDescription: 'port blocked', state: 'closed', updatedAt: 9 }),
      incidentWith(2, { shortDescription: 'report is late', updatedAt: 8 }),
      incidentWith(3, { description: 'port', updatedAt: 7 }),
      incidentWith(4, { shortDescription: 'port blocked', updatedAt: 1 }),
      incidentWith(5, { shortDescription: 'ports', updatedAt: 2 }),
    ];
    expect(deskWith(...incidents).found('port')).toEqual([
      'INC0000005',
      'INC0000004',
      'INC0000002',
      'INC0000003',
      'INC0000001',
    ]);
  });

  test('gives the exact total beyond the limit', () => {
    const incidents = Array.from({ length: 30 }, (_, n) => incidentWith(n + 1, { shortDescription: 'vpn' }));
    const result = deskWith(...incidents).search.search('vpn', 7, agent);
    expect(result.total).toBe(30);
    expect(result.hits).toHaveLength(7);
  });

  test('an edited incident is found by its new words and no longer by the old ones', () => {
    const before = incidentWith(1, { shortDescription: 'scanner' });
    const { queue, search } = deskWith(before);
    const after = { ...before, shortDescription: 'plotter' };
    queue.upsert(after, 2);
    search.upsert(after);
    expect(search.search('scanner', 5, agent).total).toBe(0);
    expect(search.search('plotter', 5, agent).total).toBe(1);
    search.remove(before.id);
    queue.remove(before.id);
    expect(search.search('plotter', 5, agent).total).toBe(0);
  });

  test('a renamed caller is found by the new name', () => {
    const names = new Map([['p', 'Ada Old']]);
    const named = { personName: (id: string) => names.get(id) ?? null };
    const queue = new QueueIndex(named);
    const search = new SearchIndex(queue, named);
    const incident = incidentWith(1, { callerId: 'p', shortDescription: 'x-ray' });
    queue.upsert(incident, 1);
    search.upsert(incident);
    expect(search.search('ada', 5, agent).total).toBe(1);
    names.set('p', 'Bea New');
    queue.personsRenamed(['p']);
    expect(search.search('ada', 5, agent).total).toBe(0);
    expect(search.search('bea', 5, agent).total).toBe(1);
  });

  test('the words of a confidential incident find it only for its group, its owner and supervisors', () => {
    const secret = incidentWith(1, {
      confidential: true,
      shortDescription: 'payroll',
      assignmentGroupId: TEAMS[1] ?? null,
    });
    const { search } = deskWith(secret);
    expect(search.search('payroll', 5, agent).total).toBe(0);
    expect(search.search('inc1', 5, agent).total).toBe(1);
    expect(search.search('payroll', 5, { ...agent, teamIds: [TEAMS[1] ?? ''] }).total).toBe(1);
    expect(search.search('payroll', 5, { ...agent, role: 'supervisor' }).total).toBe(1);
    expect(search.similar({ text: 'payroll', callerId: null, excludeId: null, limit: 5 }, agent)).toEqual([]);
  });

  test('a cell of a million characters is read in part and breaks nothing', () => {
    const huge = incidentWith(1, { shortDescription: 'log', description: `start ${'lorem ipsum '.repeat(90_000)}` });
    const { search } = deskWith(huge);
    expect(search.search('start lorem', 5, agent).total).toBe(1);
  });

  test('agrees with a plain look at every incident, for any incidents and viewers, also after a restart', () => {
    const textArb = fc.constantFrom(
      'print',
      'Größe',
      'start not',
      'vpn jam',
      'miller',
      'anna drucker',
      'arger',
      'out loo',
      'zz',
    );
    fc.assert(
      fc.property(
        fc.array(incidentArb, { maxLength: 60 }),
        textArb,
        viewerArb,
        fc.boolean(),
        (incidents, text, viewer, restart) => {
          let { queue, search } = deskWith(...incidents);
          if (restart) {
            const [storedQueue, storedSearch] = [
              structuredClone(queue.checkpoint(1)),
              structuredClone(search.checkpoint(1)),
            ];
            queue = QueueIndex.restore(storedQueue, source) ?? queue;
            search = SearchIndex.restore(storedSearch, queue, source) ?? search;
          }
          const latest = [...new Map(incidents.map((incident) => [incident.id, incident])).values()];
          const expected = latest.filter(
            (incident) => hasWords(incident, text) && mayReadText(queueFactsOf(incident), viewer),
          );
          const result = search.search(text, 100, viewer);
          expect(new Set(result.hits.map((hit) => hit.id))).toEqual(new Set(expected.map((incident) => incident.id)));
          expect(result).toMatchObject({ total: expected.length, reading: null });
        },
      ),
      { numRuns: 200 },
    );
  });
});

/** Each word inside a word of the text or inside the caller's name. */
const hasWords = (incident: Incident, text: string) => {
  const caller = foldText(incident.callerId === null ? '' : (nameOf(incident.callerId) ?? ''));
  const words = wordsOf(foldText(`${incident.shortDescription} ${incident.description}`));
  return wordsOf(foldText(text)).every((word) => caller.includes(word) || words.some((one) => one.includes(word)));
};

describe('similar incidents', () => {
  const incidents = [
    incidentWith(1, { shortDescription: 'Outlook crashes when opening calendar', updatedAt: 1 }),
    incidentWith(2, { shortDescription: 'Outlook crashes when opening calendar', state: 'closed', updatedAt: 5 }),
    incidentWith(3, { shortDescription: 'Outlook is slow', callerId: PEOPLE[1] ?? null, updatedAt: 3 }),
    incidentWith(4, { shortDescription: 'Printer jam', updatedAt: 4 }),
    incidentWith(5, { shortDescription: 'Outlook crashes when opening calendar', state: 'canceled' }),
  ];
  const similar = (text: string, callerId: string | null = null, excludeId: string | null = null) =>
    numbersOf(deskWith(...incidents).search.similar({ text, callerId, excludeId, limit: 5 }, agent), incidents);

  test('come open before closed and never canceled, the more alike first', () => {
    expect(similar('outlook crashes calendar')).toEqual(['INC0000001', 'INC0000002']);
  });

  test('are found while the last word is still being typed', () => {
    expect(similar('crashes calen')).toEqual(['INC0000001', 'INC0000002']);
    expect(similar('prin')).toEqual(['INC0000004']);
  });

  test('of the same caller count more', () => {
    expect(similar('outlook crashes slow', PEOPLE[1])).toContain('INC0000003');
    const result = deskWith(...incidents).search.similar(
      { text: 'outlook slow', callerId: PEOPLE[1] ?? null, excludeId: null, limit: 5 },
      agent,
    );
    expect(result[0]).toMatchObject({ id: incidents[2]?.id, score: 1, sameCaller: true });
  });

  test('leave out the incident itself, and everything when nothing telling is typed', () => {
    expect(similar('printer jam', null, incidents[3]?.id ?? null)).toEqual([]);
    expect(similar('')).toEqual([]);
    expect(similar('xy')).toEqual([]);
  });
});

describe('reading in the background', () => {
  test('says that it is not complete until every incident has been read, in short slices', async () => {
    const incidents = Array.from({ length: 1_200 }, (_, n) =>
      incidentWith(n + 1, { shortDescription: `printer ${n}` }),
    );
    const queue = new QueueIndex(source);
    for (const incident of incidents) queue.upsert(incident, 1);
    const search = new SearchIndex(queue, source);
    const byId = new Map(incidents.map((incident) => [incident.id, incident]));
    let clock = 0;
    let breaths = 0;
    expect(search.search('printer', 5, agent)).toMatchObject({
      total: 0,
      reading: { done: 0, total: 1_200 },
    });
    await readInBackground(search, {
      load: async (ids) => ids.flatMap((id) => byId.get(id) ?? []),
      breathe: async () => {
        breaths += 1;
      },
      now: () => {
        clock += 1;
        return clock;
      },
      signal: new AbortController().signal,
    });
    expect(search.search('printer', 5, agent)).toMatchObject({ total: 1_200, reading: null });
    expect(breaths).toBeGreaterThan(50);
  });

  test('goes on after an incident that the store no longer has', async () => {
    const incidents = [incidentWith(1), incidentWith(2)];
    const queue = new QueueIndex(source);
    for (const incident of incidents) queue.upsert(incident, 1);
    const search = new SearchIndex(queue, source);
    await readInBackground(search, {
      load: async (ids) => incidents.slice(1).filter((incident) => ids.includes(incident.id)),
      breathe: async () => undefined,
      now: () => 0,
      signal: new AbortController().signal,
    });
    expect(search.complete).toBe(false);
    expect(search.search('printer', 5, agent).reading).toEqual({ done: 1, total: 2 });
    expect(search.unread(5)).toEqual([incidents[0]?.id]);
  });
});
