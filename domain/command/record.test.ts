import { describe, expect, it } from 'vitest';
import type { DecisionContext } from '#domain/command/decision.ts';
import { category, MINUTE, outcome, person, staffedDesk } from '#domain/command/memory-desk.suite.ts';

const least = { shortDescription: 'Printer is on fire', channel: 'phone', impact: 3, urgency: 2 } as const;
const solution = { resolutionCode: 'solutionProvided', resolutionNotes: 'Replaced the fuse' } as const;

describe('recording an incident', () => {
  it('needs nothing but a short description', () => {
    const desk = staffedDesk();
    expect(outcome(desk.send('incident.record', { ...least, incidentId: 'i' }))).toBe('accepted');
    expect(desk.at('i')).toMatchObject({
      number: 'INC0000001',
      state: 'new',
      priority: 4,
      openedAt: desk.now,
      recordedAt: desk.now,
      openedById: 'ann',
      shortDescription: 'Printer is on fire',
    });
  });

  it('refuses a blank short description, and one of 256 characters', () => {
    const desk = staffedDesk();
    const saying = (shortDescription: unknown) =>
      outcome(desk.send('incident.record', { ...least, incidentId: 'i', shortDescription }));
    expect(saying('   ')).toBe('needsShortDescription');
    expect(saying(undefined)).toBe('needsShortDescription');
    expect(saying('x'.repeat(256))).toBe('textTooLong');
    expect(saying(17)).toBe('argumentsInvalid');
    expect(saying(` ${'x'.repeat(255)} `)).toBe('accepted');
    expect(desk.at('i').shortDescription).toBe('x'.repeat(255));
  });

  it('names the field and the limit of a text that is too long', () => {
    const sent = staffedDesk().send('incident.record', { ...least, incidentId: 'i', description: 'x'.repeat(100_001) });
    expect(sent).toEqual({
      ok: false,
      error: { code: 'textTooLong', details: { field: 'description', limit: 100_000 } },
    });
  });

  it('refuses arguments it does not know', () => {
    const sent = staffedDesk().send('incident.record', { ...least, incidentId: 'i', colour: 'red' });
    expect(sent).toEqual({ ok: false, error: { code: 'argumentsInvalid', details: { field: 'colour' } } });
  });

  it('takes an option spelled out as undefined for absent', () => {
    const resolve = { ...solution, confirmedBy: undefined };
    const sent = staffedDesk().send('incident.record', { ...least, incidentId: 'i', callerId: undefined, resolve });
    expect(outcome(sent)).toBe('accepted');
  });

  it('counts numbers up from the highest held', () => {
    const desk = staffedDesk();
    desk.opened();
    desk.take([
      {
        id: 'a',
        subject: { kind: 'incident', id: 'old' },
        type: 'incident.numbered',
        payload: { number: 'INC0000100', formerSource: 'x' },
        actor: 'ann',
        device: 'd',
        seq: null,
        occurredAt: 0,
        recordedAt: 0,
        syncedAt: null,
        visibility: 'internal',
        origin: 'observed',
        cause: null,
      },
    ]);
    expect(desk.at(desk.opened()).number).toBe('INC0000101');
  });

  it('refuses an incident that exists', () => {
    const desk = staffedDesk();
    desk.opened({ incidentId: 'i' });
    expect(outcome(desk.send('incident.record', { ...least, incidentId: 'i' }))).toBe('alreadyExists');
  });

  it('refuses a caller, group, category or parent that is not known', () => {
    const desk = staffedDesk();
    for (const lost of [
      'callerId',
      'siteId',
      'categoryId',
      'serviceId',
      'assignmentGroupId',
      'parentId',
      'assignedToId',
    ]) {
      expect([lost, outcome(desk.send('incident.record', { ...least, incidentId: 'i', [lost]: 'nobody' }))]).toEqual([
        lost,
        'notFound',
      ]);
    }
  });

  it('makes a caller who is not known yet, together with the incident', () => {
    const desk = staffedDesk();
    const newCaller = { personId: 'new', name: ' Ada Moss ', phone: '555' };
    const sent = desk.send('incident.record', { ...least, incidentId: 'i', newCaller });
    expect(sent.ok && sent.value.activities.map(({ type }) => type)).toEqual(['directory.saved', 'incident.recorded']);
    expect(desk.record('person', 'new')).toMatchObject({ name: 'Ada Moss', phone: '555', role: 'requester' });
    expect(desk.at('i').callerId).toBe('new');
    expect(outcome(desk.send('incident.record', { ...least, incidentId: 'j', newCaller }))).toBe('alreadyExists');
  });

  it("takes site and organisation from the caller's card when the form leaves them open", () => {
    const desk = staffedDesk().has('person', person('ada', { role: 'requester', siteId: 'hq', organisation: 'Sales' }));
    expect(desk.at(desk.opened({ callerId: 'ada' }))).toMatchObject({ siteId: 'hq', organisation: 'Sales' });
  });

  it('derives the priority from impact and urgency, and marks what nobody chose', () => {
    const desk = staffedDesk();
    expect(desk.at(desk.opened({ impact: 1, urgency: 1 }))).toMatchObject({
      priority: 1,
      assumed: false,
      override: null,
    });
    expect(desk.at(desk.opened({ assumed: true })).assumed).toBe(true);
  });
});

describe('create and resolve', () => {
  it('does both in one command, owned by the resolver', () => {
    const desk = staffedDesk();
    const resolve = { ...solution, confirmedBy: 'caller' };
    const sent = desk.send('incident.record', { ...least, incidentId: 'i', resolve });
    expect(sent.ok && sent.value.activities.map(({ type }) => type)).toEqual([
      'incident.recorded',
      'incident.resolved',
    ]);
    expect(desk.at('i')).toMatchObject({
      state: 'resolved',
      assignedToId: 'ann',
      firstResolvedAt: desk.now,
      resolution: {
        code: 'solutionProvided',
        notes: 'Replaced the fuse',
        by: 'ann',
        at: desk.now,
        confirmedBy: 'caller',
      },
    });
  });

  it('does neither when the resolution is not complete', () => {
    const desk = staffedDesk();
    const trying = (resolve: object) => outcome(desk.send('incident.record', { ...least, incidentId: 'i', resolve }));
    expect(trying({ resolutionCode: 'solutionProvided', resolutionNotes: '' })).toBe('needsResolutionNotes');
    expect(trying({ resolutionNotes: 'x' })).toBe('needsResolutionCode');
    expect(trying({ resolutionCode: 'duplicate', resolutionNotes: 'x' })).toBe('needsDuplicateOf');
    expect(desk.incident('i')).toBeNull();
  });

  it('asks the role for both', () => {
    const desk = staffedDesk();
    const sent = desk.send('incident.record', { ...least, incidentId: 'i', resolve: solution }, { actor: 'cal' });
    expect(outcome(sent)).toBe('notAllowedForRole');
  });
});

describe('automatic assignment', () => {
  const grouped = { active: true, source: null, name: 'x' };
  const desk = () =>
    staffedDesk()
      .has(
        'category',
        category('hardware', { assignmentGroupId: 'net' }),
        category('printer', { parentId: 'hardware' }),
      )
      .has('service', { ...grouped, id: 'mailbox', assignmentGroupId: 'mail' })
      .has('configurationItem', { ...grouped, id: 'router', assignmentGroupId: 'net' });

  it('takes the group of the configuration item, then of the service, then of the category', () => {
    const all = { configurationItemIds: ['router'], serviceId: 'mailbox', categoryId: 'hardware' };
    const one = desk();
    expect(one.at(one.opened(all)).assignmentGroupId).toBe('net');
    expect(one.at(one.opened({ ...all, configurationItemIds: [] })).assignmentGroupId).toBe('mail');
    expect(one.at(one.opened({ categoryId: 'printer' })).assignmentGroupId).toBe('net');
  });

  it('leaves a chosen group or owner alone', () => {
    const one = desk();
    expect(one.at(one.opened({ categoryId: 'hardware', assignmentGroupId: 'mail' })).assignmentGroupId).toBe('mail');
    expect(one.at(one.opened({ categoryId: 'hardware', assignedToId: 'ben' })).assignmentGroupId).toBeNull();
  });

  it('follows a later classification of an incident that is still nobody’s', () => {
    const one = desk();
    const incidentId = one.opened();
    const changes = { categoryId: { from: null, to: 'hardware' } };
    one.send('incident.update', { incidentId, changes });
    expect(one.at(incidentId)).toMatchObject({
      assignmentGroupId: 'net',
      initialCategoryId: 'hardware',
      counts: { reassignments: 0 },
    });
  });
});

describe('when it happened', () => {
  const at = (desk = staffedDesk()) => {
    const incidentId = desk.opened();
    const noting = (occurredAt: number, lateReason?: string) =>
      outcome(
        desk.send(
          'incident.note',
          { incidentId, entryId: `n${occurredAt}`, body: 'x' },
          { at: desk.now + 60 * MINUTE, occurredAt, ...(lateReason === undefined ? {} : { lateReason }) },
        ),
      );
    return { desk, noting };
  };

  it('cannot lie in the future', () => {
    const { desk, noting } = at();
    expect(noting(desk.now + 60 * MINUTE + 1)).toBe('occurredInFuture');
  });

  it('cannot lie before the opening', () => {
    const { desk, noting } = at();
    expect(noting(desk.now - 1, 'was on site')).toBe('occurredBeforeOpening');
    expect(noting(desk.now, 'was on site')).toBe('accepted');
  });

  it('asks a reason past 15 minutes, and keeps it', () => {
    const { desk, noting } = at();
    expect(noting(desk.now + 44 * MINUTE)).toBe('needsLateReason');
    expect(noting(desk.now + 45 * MINUTE)).toBe('accepted');
    expect(noting(desk.now + 10 * MINUTE, 'no signal')).toBe('accepted');
    expect(desk.log.at(-1)).toMatchObject({ occurredAt: desk.now + 10 * MINUTE, lateReason: 'no signal' });
  });

  it('is never doubted for an entry made as it happens, whatever the clock shows', () => {
    const desk = staffedDesk();
    const incidentId = desk.opened();
    const tenYearsAgo = desk.now - 10 * 365 * 24 * 60 * MINUTE;
    expect(outcome(desk.send('incident.note', { incidentId, entryId: 'n', body: 'x' }, { at: tenYearsAgo }))).toBe(
      'accepted',
    );
  });

  it('lets an incident be opened earlier than it is written down', () => {
    const desk = staffedDesk();
    desk.opened({ incidentId: 'i' }, { occurredAt: desk.now - 60 * MINUTE, lateReason: 'paper form' });
    expect(desk.at('i')).toMatchObject({ openedAt: desk.now - 60 * MINUTE, recordedAt: desk.now });
  });
});

describe('a number that its device gave', () => {
  const recording = (context: DecisionContext, provisionalNumber = 'INC-L3-0042') => {
    const desk = staffedDesk();
    desk.opened({ incidentId: 'other' });
    desk.context = context;
    desk.opened({ incidentId: 'one', provisionalNumber });
    return desk.at('one');
  };
  const shared = { zone: 'UTC', alone: false };

  it('is shown until the server has given one, and is an alias from then on', () => {
    expect(recording({ ...shared, provisional: true })).toMatchObject({ number: 'INC-L3-0042', aliases: [] });
    expect(recording(shared)).toMatchObject({
      number: 'INC0000002',
      aliases: [{ value: 'INC-L3-0042', source: 'device' }],
    });
  });

  it('is left out where it is taken, and by a desk that works alone', () => {
    const desk = staffedDesk();
    desk.context = shared;
    desk.opened({ incidentId: 'one', provisionalNumber: 'INC-L3-0042' });
    desk.opened({ incidentId: 'two', provisionalNumber: 'INC-L3-0042' });
    expect(desk.at('two')).toMatchObject({ number: 'INC0000002', aliases: [] });
    expect(recording({ zone: 'UTC', alone: true })).toMatchObject({ number: 'INC0000002', aliases: [] });
  });

  it('has to be of the form that devices use', () => {
    const desk = staffedDesk();
    const least = { incidentId: 'one', shortDescription: 'x', channel: 'phone', impact: 3, urgency: 2 };
    for (const provisionalNumber of ['INC0000009', 'INC-L3-42', 'PROJ-1', '', `INC-L3-${'1'.repeat(10)}`]) {
      expect(outcome(desk.send('incident.record', { ...least, provisionalNumber }))).toBe('argumentsInvalid');
    }
  });
});
