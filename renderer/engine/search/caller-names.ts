import { FoldedLines, lineField } from '../queue-index/folded-lines.ts';
import { foldText } from '../queue-index/folded-text.ts';
import type { IncidentTable, NameSource } from '../queue-index/incident-table.ts';

/** Names of everybody who ever called, searched once a word instead of once an incident. */
export class CallerNames {
  readonly #table: IncidentTable;
  readonly #source: NameSource;
  #names = new FoldedLines();
  #known = new Uint8Array(0);
  #version = -1;

  constructor(table: IncidentTable, names: NameSource) {
    this.#table = table;
    this.#source = names;
  }

  /** 1 for each person whose name contains the word, by ref; null when there is none. */
  matching(word: string): Uint8Array | null {
    if (this.#version !== this.#table.namesVersion) this.#readAll();
    let found: Uint8Array | null = null;
    this.#names.eachContaining(word, (ref) => {
      found ??= new Uint8Array(this.#table.refs.size);
      found[ref] = 1;
    });
    return found;
  }

  #readAll(): void {
    const { caller } = this.#table.columns.all;
    this.#names = new FoldedLines();
    this.#known = new Uint8Array(this.#table.refs.size);
    for (let slot = 0; slot < this.#table.slots; slot += 1) this.#read(caller[slot] ?? 0);
    this.#version = this.#table.namesVersion;
  }

  #read(ref: number): void {
    if (this.#known[ref] === 1) return;
    this.#known[ref] = 1;
    const name = ref === 0 ? null : this.#source.personName(this.#table.refs.at(ref));
    this.#names.set(ref, lineField(foldText(name ?? '')));
  }
}
