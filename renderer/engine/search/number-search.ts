import { LINE_FIELD } from '../queue-index/folded-lines.ts';
import type { IncidentTable } from '../queue-index/incident-table.ts';

export interface NumberHit {
  readonly slot: number;
  readonly matched: 'number' | 'alias';
  /** It is the number; others only begin so. */
  readonly isExact: boolean;
}

/** Fewer characters begin too many numbers. */
const SHORTEST_PREFIX = 3;

/** Incidents whose number or alias is, or begins with, what was typed; the exact one first, others in order of slots. */
export function numberHits(table: IncidentTable, folded: string): NumberHit[] {
  const typed = folded.trim();
  const exact = table.numbers.holderOfTyped(typed);
  const hits: NumberHit[] =
    exact < 0 ? [] : [{ slot: exact, matched: table.isOwnNumber(exact, typed) ? 'number' : 'alias', isExact: true }];
  if (typed.length < SHORTEST_PREFIX || !/\d/.test(typed) || /\s/.test(typed)) return hits;
  table.lines.eachContaining(typed, (slot) => {
    const matched = slot === exact ? null : beginning(table.lines.get(slot), typed);
    if (matched !== null) hits.push({ slot, matched, isExact: false });
  });
  return hits;
}

/** With or without the letters before the digits: `00123` begins INC0012345 too. */
function beginning(line: string, typed: string): 'number' | 'alias' | null {
  const [, , numbers = ''] = line.split(LINE_FIELD);
  const place = numbers
    .split(' ')
    .findIndex((number) => number.startsWith(typed) || digitsOf(number).startsWith(typed));
  if (place < 0) return null;
  return place === 0 ? 'number' : 'alias';
}

const digitsOf = (number: string) => number.slice(Math.max(0, number.search(/\d/)));
