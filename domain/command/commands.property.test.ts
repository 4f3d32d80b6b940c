import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activitySchema } from '#domain/activity/activity.schema.ts';
import { activityId } from '#domain/activity/ids.ts';
import { ARGS_SCHEMAS } from '#domain/command/args.schema.ts';
import { type CommandName, REFUSAL_CODES } from '#domain/command/command.ts';
import { decide } from '#domain/command/decide.ts';
import { legalCommands } from '#domain/command/legal-commands.ts';
import { changeArb, SEEN, type Step, stepArb } from '#domain/command/made-up-commands.suite.ts';
import { type MemoryDesk, staffedDesk } from '#domain/command/memory-desk.suite.ts';
import { isIncidentCommand } from '#domain/command/rules.ts';
import { undoOffer } from '#domain/command/undo-offer.ts';
import { foldIncident } from '#domain/incident/fold.ts';
import type { Incident, IncidentState } from '#domain/incident/incident.ts';
import { holds } from '#domain/property.suite.ts';

/** The state table of domain.md, written down once more: which command may lead from where to where. */
const LEADS: Partial<Record<CommandName, Partial<Record<IncidentState, readonly IncidentState[]>>>> = {
  'incident.start': { new: ['inProgress'] },
  'incident.hold': { new: ['onHold'], inProgress: ['onHold'], onHold: ['onHold'] },
  'incident.resume': { onHold: ['new', 'inProgress'] },
  'incident.resolve': { new: ['resolved'], inProgress: ['resolved'], onHold: ['resolved'] },
  'incident.reopen': { resolved: ['inProgress'] },
  'incident.close': { resolved: ['closed'] },
  'incident.cancel': { new: ['canceled'], inProgress: ['canceled'], onHold: ['canceled'] },
  // The inverse of a hold and of a resume; nothing else of a state can be undone.
  'command.undo': { onHold: ['new', 'inProgress', 'onHold'], new: ['onHold'], inProgress: ['onHold'] },
};

function mayLead(name: CommandName, from: IncidentState | null, to: IncidentState): boolean {
  if (from === null) return name === 'incident.record' && (to === 'new' || to === 'resolved');
  return LEADS[name]?.[from]?.includes(to) ?? from === to;
}

/** A step's arguments with what the screen showed put in, and the command that an undo names. */
function completed(step: Step, desk: MemoryDesk, sent: readonly string[]): Record<string, unknown> {
  if (step.name === 'command.undo') return { commandId: sent.at(-1 - step.earlier) ?? 'none' };
  const { incidentId, changes } = step.args;
  const incident = typeof incidentId === 'string' ? desk.incident(incidentId) : null;
  if (incident === null || typeof changes !== 'object' || changes === null) return step.args;
  const seen = Object.entries(changes as Record<string, { from: unknown; to: unknown }>).map(([field, change]) => [
    field,
    change?.from === SEEN ? { ...change, from: incident[field as keyof Incident] } : change,
  ]);
  return { ...step.args, changes: Object.fromEntries(seen) };
}

interface Done {
  readonly name: CommandName;
  readonly before: ReadonlyMap<string, Incident>;
  readonly accepted: boolean;
  readonly commandId: string;
}

/** Takes the steps one after the other and shows each to `look`. */
function play(steps: readonly Step[], look: (desk: MemoryDesk, done: Done) => void): MemoryDesk {
  const desk = staffedDesk();
  desk.opened({ incidentId: 'incident 1', callerId: 'cal', assumed: true });
  desk.opened({ incidentId: 'incident 2', assignmentGroupId: 'net', assignedToId: 'ann' }, { actor: 'sue' });
  const sent: string[] = [];
  for (const [i, step] of steps.entries()) {
    desk.now += step.after;
    const before = new Map(desk.incidents);
    const commandId = `command ${i}`;
    const late = step.lateReason === undefined ? {} : { lateReason: step.lateReason };
    const how = { actor: step.actor, commandId, occurredAt: desk.now - step.back, ...late };
    const result = desk.send(step.name, completed(step, desk, sent), how);
    if (result.ok) sent.push(commandId);
    look(desk, { name: step.name, before, accepted: result.ok, commandId });
  }
  return desk;
}

const steps = fc.array(stepArb, { minLength: 5, maxLength: 40 });

describe('any sequence of commands', () => {
  it('reaches no state by a way that the table does not have', () => {
    let accepted = 0;
    const property = fc.property(steps, (given) => {
      play(given, (desk, done) => {
        if (done.accepted) accepted++;
        for (const [id, incident] of desk.incidents) {
          const from = done.before.get(id)?.state ?? null;
          if (from !== incident.state)
            expect([done.name, from, incident.state, mayLead(done.name, from, incident.state)]).toContain(true);
          if (!done.accepted) expect(incident).toBe(done.before.get(id));
        }
      });
    });
    holds('no illegal state', property, 300);
    // A model that accepts next to nothing proves nothing.
    expect(accepted).toBeGreaterThan(500);
  });

  it('keeps what each state needs: an owner, a hold with its end, a resolution with notes', () => {
    const property = fc.property(steps, (given) => {
      const desk = play(given, () => {});
      for (const incident of desk.incidents.values()) {
        const { state, hold, resolution } = incident;
        if (state === 'onHold') {
          expect(hold?.until).not.toBeNull();
          if (hold?.reason === 'awaitingVendor') expect(hold.vendor?.name.trim()).not.toBe('');
          if (hold?.reason === 'awaitingApproval') expect(hold.approver?.trim()).not.toBe('');
        }
        if (state === 'resolved' || state === 'closed') {
          expect(incident.assignedToId).not.toBeNull();
          expect(resolution?.notes.trim()).not.toBe('');
          if (resolution?.code === 'duplicate') expect([null, incident.id]).not.toContain(incident.duplicateOfId);
        }
        expect(incident.shortDescription.trim()).not.toBe('');
        expect(incident.number).toMatch(/^INC\d{7}$/);
      }
      expect(new Set([...desk.incidents.values()].map(({ number }) => number)).size).toBe(desk.incidents.size);
    });
    holds('states have what they need', property);
  });

  it('makes only activities that go through their schema and back, with ids from command and place', () => {
    const property = fc.property(steps, (given) => {
      const desk = play(given, () => {});
      for (const activity of desk.log) {
        expect(activitySchema.parse(JSON.parse(JSON.stringify(activity)))).toEqual(activity);
        expect(activity.id).toBe(activityId(activity.cause?.commandId ?? '', activity.cause?.index ?? -1));
      }
      expect(new Set(desk.log.map(({ id }) => id)).size).toBe(desk.log.length);
    });
    holds('commands make readable activities', property);
  });

  it('stores what folds to the same incidents again', () => {
    const property = fc.property(steps, (given) => {
      const desk = play(given, () => {});
      for (const [id, incident] of desk.incidents) expect(foldIncident(desk.timeline(id), desk)).toEqual(incident);
    });
    holds('stored activities', property);
  });

  it('is judged alike every time', () => {
    const property = fc.property(steps, stepArb, (given, last) => {
      const desk = play(given, () => {});
      const args = completed(last, desk, []);
      const command = {
        id: 'c',
        name: last.name,
        args,
        actor: last.actor,
        device: 'd',
        occurredAt: desk.now,
        recordedAt: desk.now,
      };
      expect(decide(structuredClone(command), desk, desk.context)).toEqual(decide(command, desk, desk.context));
    });
    holds('decide is deterministic', property);
  });

  it('is refused wherever the buttons say so', () => {
    const property = fc.property(steps, stepArb, (given, last) => {
      const desk = play(given, () => {});
      const { incidentId } = last.args;
      const incident = typeof incidentId === 'string' ? desk.incident(incidentId) : null;
      const person = desk.record('person', last.actor);
      if (incident === null || person === null || !isIncidentCommand(last.name)) return;
      const button = legalCommands(incident, person).find(({ name }) => name === last.name);
      const sent = desk.send(last.name, completed(last, desk, []), { actor: last.actor });
      if (button?.allowed === false) expect(sent.ok).toBe(false);
      else if (!sent.ok) expect(['wrongState', 'closedIsFinal', 'notAllowedForRole']).not.toContain(sent.error.code);
    });
    holds('buttons tell the truth', property);
  });
});

describe('arguments that no screen would send', () => {
  it('are refused by a code of the list, or harmless: nothing throws', () => {
    const names = fc.constantFrom(...(Object.keys(ARGS_SCHEMAS) as CommandName[]));
    const ids = fc.constantFrom('incident 1', 'ann', 'net', 'person', 'team');
    const keys = fc.constantFrom(
      'incidentId',
      'changes',
      'kind',
      'record',
      'matrix',
      'activities',
      'subject',
      'commandId',
      'reason',
      'id',
    );
    const leaf = fc.oneof(fc.jsonValue({ maxDepth: 2 }), ids, fc.constant(undefined), fc.constant(Number.NaN));
    const args = fc.oneof(leaf, fc.dictionary(keys, fc.oneof(leaf, fc.dictionary(keys, leaf))));
    const property = fc.property(names, args, (name, given) => {
      const desk = play([], () => {});
      const command = {
        id: 'c',
        name,
        args: given,
        actor: 'ann',
        device: 'd',
        occurredAt: desk.now,
        recordedAt: desk.now,
      };
      const judged = decide(command, desk, desk.context);
      if (!judged.ok) expect(REFUSAL_CODES).toContain(judged.error.code);
      else
        for (const activity of judged.value.activities) expect(activitySchema.safeParse(activity).success).toBe(true);
    });
    holds('decide is total', property, 1000);
  });
});

describe('undo', () => {
  /** Everything but the marks of the log itself. */
  const content = ({ updatedAt: _, throughSeq: __, throughIndex: ___, ...rest }: Incident) => rest;

  it('of the latest change restores the incident as it was, for every change that is offered', () => {
    let undone = 0;
    const property = fc.property(fc.array(changeArb, { minLength: 5, maxLength: 25 }), (given) => {
      play(given, (desk, { accepted, before, commandId }) => {
        const incidentId = accepted ? desk.incidentOfCommand(commandId) : null;
        const actor = desk.log.at(-1)?.actor ?? '';
        if (incidentId === null || undoOffer(desk.timeline(incidentId), actor, desk.now)?.commandId !== commandId)
          return;
        const one = copyOf(desk);
        const sent = one.send('command.undo', { commandId }, { actor });
        const was = before.get(incidentId);
        if (!sent.ok) {
          // Making it confidential can shut out even the one who did.
          expect(sent.error.code).toBe('notAllowedForRole');
          return;
        }
        undone++;
        expect(was && content(one.at(incidentId))).toEqual(was && { ...content(was), ...kept(one.at(incidentId)) });
      });
    });
    holds('undo restores', property, 300);
    expect(undone).toBeGreaterThan(100);
  });

  /** What no undo takes back: that work once began, the category first chosen, and the age of a wait that ended. */
  const kept = ({ startedAt, initialCategoryId, waitingForPickUpSince }: Incident) => ({
    startedAt,
    initialCategoryId,
    waitingForPickUpSince,
  });

  function copyOf(desk: MemoryDesk): MemoryDesk {
    const copy = staffedDesk();
    copy.now = desk.now;
    copy.replay(desk.log);
    return copy;
  }
});
