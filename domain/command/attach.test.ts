import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandArgs } from '#domain/command/command.ts';
import { outcome, staffedDesk } from '#domain/command/memory-desk.suite.ts';
import { undoOffer } from '#domain/command/undo-offer.ts';
import { attachmentsIn } from '#domain/incident/attachments.ts';

const sha256 = 'ab'.repeat(32);

const begun = () => {
  const desk = staffedDesk();
  const incidentId = desk.opened();
  const attach = (attachmentId: string, over: Partial<CommandArgs['incident.attach']> = {}, actor?: string) =>
    desk.send(
      'incident.attach',
      {
        incidentId,
        attachmentId,
        sha256,
        name: 'screen.png',
        bytes: 12,
        mediaType: 'image/png',
        visibility: 'internal',
        ...over,
      },
      actor === undefined ? {} : { actor },
    );
  const detach = (attachmentId: string) => desk.send('incident.detach', { incidentId, attachmentId });
  const files = () => attachmentsIn(desk.timeline(incidentId));
  return { desk, incidentId, attach, detach, files };
};

describe('an attachment', () => {
  it('is named by the log with what its content is, and changes nothing of the row but when it was touched', () => {
    const { desk, incidentId, attach, files } = begun();
    const before = desk.incident(incidentId);
    desk.now += 60_000;
    expect(outcome(attach('one'))).toBe('accepted');
    expect(files()).toMatchObject([
      {
        id: 'one',
        sha256,
        name: 'screen.png',
        bytes: 12,
        mediaType: 'image/png',
        visibility: 'internal',
        detached: null,
      },
    ]);
    const { updatedAt, throughSeq, throughIndex, ...after } = desk.incident(incidentId) ?? { updatedAt: 0 };
    expect(updatedAt).toBe(desk.now);
    expect(before).toMatchObject(after);
  });

  it('is for the caller only when somebody says so, and so is the word that it was taken off', () => {
    const { attach, detach, desk, incidentId } = begun();
    attach('one');
    attach('two', { visibility: 'public' });
    detach('one');
    detach('two');
    expect(
      desk
        .timeline(incidentId)
        .slice(-4)
        .map(({ visibility }) => visibility),
    ).toEqual(['internal', 'public', 'internal', 'public']);
  });

  it('is taken also by an incident that is closed, as a note is', () => {
    const { desk, incidentId, attach, detach } = begun();
    desk.send('incident.assign', { incidentId, assignedToId: 'ann' });
    desk.send('incident.resolve', { incidentId, resolutionCode: 'knownError', resolutionNotes: 'Done' });
    expect(outcome(desk.send('incident.close', { incidentId }))).toBe('accepted');
    expect(outcome(attach('one'))).toBe('accepted');
    expect(outcome(detach('one'))).toBe('accepted');
  });

  it('is attached once, taken off once, and keeps who did both', () => {
    const { attach, detach, files } = begun();
    attach('one', {}, 'ann');
    expect(outcome(attach('one', { name: 'other.png' }))).toBe('alreadyExists');
    expect(outcome(detach('two'))).toBe('notFound');
    expect(outcome(detach('one'))).toBe('accepted');
    expect(outcome(detach('one'))).toBe('nothingChanged');
    expect(files()).toMatchObject([{ name: 'screen.png', by: 'ann', detached: { by: expect.any(String) } }]);
  });

  it('is refused under a hash that is none, a size that is none and a name of nothing', () => {
    const { attach, files } = begun();
    const wrong = [
      { sha256: '../../etc/passwd' },
      { sha256: sha256.toUpperCase() },
      { bytes: -1 },
      { bytes: 1.5 },
      { name: '  ' },
      { mediaType: '' },
      { visibility: 'everybody' as never },
    ];
    expect(wrong.map((over) => outcome(attach('one', over)))).toEqual(wrong.map(() => 'argumentsInvalid'));
    expect(outcome(attach('one', { name: 'x'.repeat(401) }))).toBe('textTooLong');
    expect(files()).toEqual([]);
  });

  it('is no deed of a viewer or of a caller', () => {
    const { attach } = begun();
    expect(outcome(attach('one', {}, 'vic'))).toBe('notAllowedForRole');
    expect(outcome(attach('one', {}, 'cal'))).toBe('notAllowedForRole');
  });

  it('is looked past by "Undo last change", which names what takes it off', () => {
    const { desk, incidentId, attach } = begun();
    const changed = desk.send('incident.assign', { incidentId, assignedToId: 'ann' }, { actor: 'ann' });
    const attached = attach('one', {}, 'ann');
    const commandId = changed.ok ? changed.value.commandId : '';
    expect(undoOffer(desk.timeline(incidentId), 'ann', desk.now)).toMatchObject({ commandId });
    const undo = attached.ok && desk.send('command.undo', { commandId: attached.value.commandId }, { actor: 'ann' });
    expect(undo).toMatchObject({ ok: false, error: { code: 'nothingToUndo', details: { proper: 'incident.detach' } } });
  });

  it('stands or is taken off whatever was done in whatever order: what was attached is never lost', () => {
    const step = fc.record({ take: fc.boolean(), id: fc.constantFrom('a', 'b', 'c') });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const { attach, detach, files } = begun();
        const model = new Map<string, boolean>();
        for (const { take, id } of steps) {
          const done = outcome(take ? detach(id) : attach(id)) === 'accepted';
          expect(done).toBe(take ? model.get(id) === true : !model.has(id));
          if (done) model.set(id, !take);
        }
        expect(new Map(files().map((file) => [file.id, file.detached === null]))).toEqual(model);
      }),
    );
  });
});
