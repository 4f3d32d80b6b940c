import type { AgreementCalls, PresentPerson } from '#contracts/engine/agreement.ts';
import type { NetworkHost, Present } from '#contracts/host/network.ts';
import { PRESENCE } from '#contracts/sync/presence.ts';
import type { Id } from '#domain/activity/activity.ts';

interface PresencePorts {
  readonly network: Pick<NetworkHost, 'look' | 'onPresence'>;
  /** Milliseconds, monotonic. */
  readonly elapsed: () => number;
  /** Calls back once; the result cancels it. */
  readonly after: (milliseconds: number, callback: () => void) => () => void;
  readonly changed: () => void;
}

interface Shown {
  readonly typing: boolean;
  readonly until: number;
}

/** What windows may know and say of who looks at an incident. */
export interface PresenceAnswers {
  at(incidentId: Id): Present['people'];
}
export interface PresenceDeeds {
  look(args: AgreementCalls['look']['args']): void;
}

/** Who else looks at what somebody of this desk looks at. Of several windows the one opened or written in last counts. */
export class DeskPresence implements PresenceAnswers, PresenceDeeds {
  private readonly ports: PresencePorts;
  /** The newest at the end. */
  private readonly shown = new Map<Id, Shown>();
  private said: Id | null = null;
  private present: Present | null = null;
  private forgetting: () => void = () => undefined;

  constructor(ports: PresencePorts) {
    this.ports = ports;
    ports.network.onPresence((present) => this.heard(present));
  }

  look({ personId, incidentId, here, typing }: AgreementCalls['look']['args']): void {
    const now = this.ports.elapsed();
    if (!here || this.shown.get(incidentId)?.typing !== typing) this.shown.delete(incidentId);
    if (here) this.shown.set(incidentId, { typing, until: now + PRESENCE.lasts });
    // A window that was killed says no farewell.
    for (const [id, { until }] of this.shown) if (until <= now) this.shown.delete(id);
    const [id, newest] = [...this.shown].at(-1) ?? [null, null];
    if (id === this.said && id !== incidentId) return;
    this.said = id;
    this.ports.network.look({ person: personId, incidentId: id, typing: newest?.typing ?? false });
    if (this.present !== null && this.present.incidentId !== id) this.forget();
  }

  at(incidentId: Id): Present['people'] {
    return this.present?.incidentId === incidentId ? this.present.people : [];
  }

  private heard(present: Present): void {
    this.forgetting();
    this.present = present;
    // Every word of ours is answered: a server that says nothing any more knows nothing any more.
    this.forgetting = this.ports.after(PRESENCE.lasts, () => this.forget());
    this.ports.changed();
  }

  private forget(): void {
    this.forgetting();
    this.present = null;
    this.ports.changed();
  }
}

/** With the names of this desk's directory. Whoever it does not know is not shown. */
export const namedPeople = (
  people: Present['people'],
  nameOf: (personId: Id) => string | null,
): readonly PresentPerson[] =>
  people.flatMap(({ personId, typing }) => {
    const name = nameOf(personId);
    return name === null ? [] : [{ personId, name, typing }];
  });
