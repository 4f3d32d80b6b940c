import type { EngineError, QueueRow, SubmitArgs } from '#contracts/engine/protocol.ts';
import type { Draft } from '#contracts/host/engine-host.ts';
import type { Id } from '#domain/activity/activity.ts';
import { MemoryDesk } from '#domain/command/memory-desk.suite.ts';
import { undoOffer } from '#domain/command/undo-offer.ts';
import type { DirectoryKind, Person } from '#domain/directory/directory.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { numberKey } from '#domain/incident/numbering.ts';
import type { Result } from '#domain/result.ts';
import { createFakeEngine, type FakeEngine, refusedWith } from '#renderer/platform/fake-engine.ts';
import { ada } from '#renderer/ui/render-screen.tsx';

const KINDS: readonly DirectoryKind[] = ['person', 'team', 'category', 'service', 'configurationItem', 'site'];

export interface LivingEngine {
  readonly engine: FakeEngine;
  readonly desk: MemoryDesk;
  readonly drafts: Map<Id, Draft>;
  /** Judges one submitted command as the domain does: for a test that answers only some of them itself. */
  judge(submitted: SubmitArgs): Result<{ readonly lsn: number; readonly number: string | null }, EngineError>;
  /** Tells every watch what is true now: after something was sent past the engine. */
  refresh(): void;
}

const someone = (id: Id, name: string, over: Partial<Person> = {}): Person => ({
  ...ada,
  id,
  name,
  role: 'requester',
  teamIds: [],
  ...over,
});

/** A desk as screens meet it: two teams, agents of both, two callers, a site, a category, a service. */
export function harbourDesk(): MemoryDesk {
  const desk = new MemoryDesk();
  desk.now = Date.now();
  const place = { active: true, source: null };
  return desk
    .has('person', ada)
    .has('person', someone('p-ben', 'Ben Okri', { role: 'agent', teamIds: ['t-2'] }))
    .has(
      'person',
      someone('p-meier', 'Anna Meier', {
        phone: '+49 30 4711',
        siteId: 's-1',
        room: 'B 204',
        vip: true,
        handlingNotes: 'Call the mobile first.',
      }),
      someone('p-meyer', 'Jonas Meyer', { phone: '+49 30 4712' }),
    )
    .has('team', { id: 't-1', name: 'Network', ...place }, { id: 't-2', name: 'Mail', ...place })
    .has('site', { id: 's-1', name: 'Hafen', ...place })
    .has('service', { id: 'v-1', name: 'E-mail', assignmentGroupId: null, ...place })
    .has('category', { id: 'c-1', name: 'Hardware', parentId: null, assignmentGroupId: null, ...place })
    .has('configurationItem', { id: 'i-1', name: 'PC-0815', assignmentGroupId: null, ...place });
}

function rowOf(desk: MemoryDesk, incident: Incident): QueueRow {
  const nameOf = (id: Id | null) => (id === null ? null : (desk.record('person', id)?.name ?? null));
  return {
    id: incident.id,
    number: incident.number,
    shortDescription: incident.shortDescription,
    priority: incident.priority,
    overridden: incident.override !== null,
    state: incident.state,
    holdReason: incident.hold?.reason ?? null,
    callerId: incident.callerId,
    callerName: nameOf(incident.callerId),
    vip: false,
    ownerId: incident.assignedToId,
    ownerName: nameOf(incident.assignedToId),
    groupId: incident.assignmentGroupId,
    groupName: null,
    categoryId: incident.categoryId,
    categoryName: null,
    serviceName: null,
    siteId: incident.siteId,
    siteName: null,
    waitingForPickUpSince: incident.waitingForPickUpSince,
    unansweredMessage: false,
    pending: false,
    openedAt: incident.openedAt,
    updatedAt: incident.updatedAt,
    lsn: 1,
  };
}

function answersOf(desk: MemoryDesk) {
  const names = () =>
    Object.fromEntries(KINDS.flatMap((kind) => [...desk.records(kind)].map((record) => [record.id, record.name])));
  const find = (text: string) =>
    [...desk.incidents.values()].find((one) => one.id === text || numberKey(one.number) === numberKey(text));
  return {
    incident: (idOrNumber: string) => {
      const incident = find(idOrNumber);
      if (!incident) return null;
      const timeline = desk.timeline(incident.id);
      const undo = undoOffer(timeline, ada.id, Date.now());
      return { incident, timeline, row: rowOf(desk, incident), undo, names: names() };
    },
    people: (text: string, staff: boolean, limit: number) =>
      [...desk.records('person')]
        .filter((person) => (staff ? person.role !== 'requester' : true))
        .filter((person) => `${person.name} ${person.phone}`.toLowerCase().includes(text.toLowerCase()))
        .slice(0, limit)
        .map((person) => ({ ...person, siteName: person.siteId === null ? null : 'Hafen' })),
    card: (personId: Id) => {
      const person = desk.record('person', personId);
      const recent = [...desk.incidents.values()].filter((one) => one.callerId === personId);
      return (
        person && { person, siteName: 'Hafen', openCount: recent.length, recent: recent.map((one) => rowOf(desk, one)) }
      );
    },
    matching: (text: string, limit: number) =>
      [...desk.incidents.values()]
        .filter(
          (one) => text !== '' && `${one.number} ${one.shortDescription}`.toLowerCase().includes(text.toLowerCase()),
        )
        .slice(0, limit)
        .map((one) => rowOf(desk, one)),
  };
}

/** A fake engine that judges like the real one: the domain decides, folds and refuses; drafts live in a map. */
export function livingEngine(desk: MemoryDesk = harbourDesk()): LivingEngine {
  const engine = createFakeEngine();
  const drafts = new Map<Id, Draft>();
  const ask = answersOf(desk);
  const refresh = () => {
    engine.set('incident', ({ idOrNumber }) => ask.incident(idOrNumber));
    engine.set('directory', ({ kind }) => [...desk.records(kind)]);
    engine.set('people', ({ text, staff, limit }) => ask.people(text, staff, limit));
    engine.set('callerCard', ({ personId }) => ask.card(personId));
    engine.set('similar', ({ text, limit }) =>
      ask.matching(text, limit).map((row) => ({ ...row, score: 1, sameCaller: false })),
    );
    engine.set('search', ({ text, limit }) => {
      const hits = ask.matching(text, limit).map((row) => ({ ...row, matched: 'text' as const }));
      return { total: hits.length, hits, reading: null };
    });
    engine.set('matrix', () => desk.matrix);
    engine.set('drafts', ({ personId }) => [...drafts.values()].filter((draft) => draft.person === personId));
  };
  const judge: LivingEngine['judge'] = (submitted) => {
    const { name, args, personId, commandId, occurredAt, lateReason, draftId } = submitted;
    const now = Date.now();
    const late = { ...(occurredAt !== undefined && { occurredAt }), ...(lateReason !== undefined && { lateReason }) };
    const sent = desk.send(name, args, { actor: personId, at: now, commandId, ...late });
    if (!sent.ok) return refusedWith(sent.error);
    if (draftId !== undefined) drafts.delete(draftId);
    refresh();
    const subject = sent.value.activities.find((activity) => activity.subject.kind === 'incident')?.subject.id;
    const number = subject === undefined ? null : desk.at(subject).number;
    return { ok: true, value: { lsn: desk.log.length, number } };
  };
  engine.answer('submit', (submitted) => judge(submitted as SubmitArgs));
  engine.answer('saveDraft', ({ draft }) => {
    drafts.set(draft.id, structuredClone(draft));
    refresh();
    return { ok: true, value: null };
  });
  engine.answer('removeDraft', ({ draftId }) => {
    drafts.delete(draftId);
    refresh();
    return { ok: true, value: null };
  });
  refresh();
  return { engine, desk, drafts, judge, refresh };
}
