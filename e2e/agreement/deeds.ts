/** What was called saved, kept outside of every desk, to be held against all of them and the log. */

export const KINDS = ['record', 'edit', 'field', 'tag', 'note', 'assign', 'start', 'resolve', 'reopen'] as const;
export type Kind = (typeof KINDS)[number];

export interface Deed {
  readonly kind: Kind;
  /** Whose it is. */
  readonly person: string;
  readonly desk: string;
  /** Null: done through the screen, which names no id; it is found by its words. */
  readonly commandId: string | null;
  /** Words that nothing else says; empty where nothing was written. */
  readonly words: string;
  /** `saved`: screen or engine said so. `refused`: the desk itself said no. `open`: nobody said anything. */
  said: 'saved' | 'refused' | 'open';
}

export class Deeds {
  readonly all: Deed[] = [];

  begin(deed: Omit<Deed, 'said'>): Deed {
    const begun: Deed = { ...deed, said: 'open' };
    this.all.push(begun);
    return begun;
  }

  get saved(): readonly Deed[] {
    return this.all.filter(({ said }) => said === 'saved');
  }

  /** Words for the next deed. */
  words(): string {
    return `Storm ${this.all.length + 1}.`;
  }
}
