/** What the screen called saved, kept outside of the application, to be held against it after every kill. */

export type State = 'New' | 'In Progress' | 'On Hold' | 'Resolved';

/** One change through the screen, with what its timeline entry will say. */
export type Deed =
  | { readonly do: 'record'; readonly shortDescription: string }
  | { readonly do: 'edit'; readonly number: string; readonly shortDescription: string }
  | { readonly do: 'note'; readonly number: string; readonly text: string }
  | { readonly do: 'start'; readonly number: string }
  | { readonly do: 'hold'; readonly number: string; readonly vendor: string }
  | { readonly do: 'resolve'; readonly number: string; readonly notes: string };

/** An incident as it must be found. `lines` are the sentences of its timeline, each exactly as often as here. */
export interface Known {
  readonly number: string;
  readonly shortDescription: string;
  readonly state: State;
  readonly owned: boolean;
  readonly lines: readonly string[];
}

const owner = 'Assigned to Anna Berg';

/** What a deed makes of an incident. */
export function after(known: Known, deed: Exclude<Deed, { do: 'record' }>): Known {
  const taken = known.owned ? [] : [owner];
  const add = (...lines: string[]) => [...known.lines, ...lines];
  switch (deed.do) {
    case 'edit': {
      const line = `Short description: ${known.shortDescription} to ${deed.shortDescription}`;
      return { ...known, shortDescription: deed.shortDescription, lines: add(line) };
    }
    case 'note':
      return { ...known, lines: add(deed.text) };
    case 'start':
      return { ...known, state: 'In Progress', owned: true, lines: add('Work started', ...taken) };
    case 'hold':
      return {
        ...known,
        state: 'On Hold',
        lines: add(`Vendor: ${deed.vendor}`, 'On hold: Awaiting Vendor', `Vendor ${deed.vendor}`),
      };
    case 'resolve': {
      const lines = add('Resolved: Solution provided', deed.notes, ...taken);
      return { ...known, state: 'Resolved', owned: true, lines };
    }
  }
}

export const recorded = (number: string, shortDescription: string): Known => ({
  number,
  shortDescription,
  state: 'New',
  owned: false,
  lines: ['Recorded by Phone'],
});

/** Of what was asked for, the last deed may have happened or not when the machine died; everything before it has. */
export class Ledger {
  readonly incidents = new Map<string, Known>();
  /** Sent, and the screen has not said yet that it is saved. */
  undecided: Deed | null = null;
  /** Changes the screen called saved. */
  saved = 0;
  /** Incidents changed since the last look at them. */
  readonly touched = new Set<string>();

  ask(deed: Deed): void {
    if (this.undecided) throw new Error('one deed at a time');
    this.undecided = deed;
    if (deed.do !== 'record') this.touched.add(deed.number);
  }

  /** The screen says that it is saved. */
  confirm(number: string): void {
    const deed = this.undecided;
    if (!deed) throw new Error('nothing was asked for');
    this.saved += 1;
    this.settle(deed, number);
  }

  /** It was found after the restart: from now on it must stay. */
  found(number: string): void {
    if (this.undecided) this.settle(this.undecided, number);
  }

  /** It was not there after the restart; nobody had said that it was. */
  forgotten(): void {
    this.undecided = null;
  }

  private settle(deed: Deed, number: string): void {
    this.undecided = null;
    this.touched.add(number);
    if (deed.do === 'record') this.incidents.set(number, recorded(number, deed.shortDescription));
    else this.incidents.set(number, after(this.get(number), deed));
  }

  get(number: string): Known {
    const known = this.incidents.get(number);
    if (!known) throw new Error(`${number} is not in the ledger`);
    return known;
  }
}
