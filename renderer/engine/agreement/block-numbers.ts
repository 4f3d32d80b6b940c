import type { Incident } from '#domain/incident/incident.ts';
import { formatBlockNumber, parseBlockNumber } from '#domain/incident/numbering.ts';

/** The numbers that devices gave themselves, by their codes: which come next, and none a second time. */
export class BlockNumbers {
  private readonly highest = new Map<string, number>();

  /** Notes what an incident bears, or bore before the server gave it another. */
  note({ number, aliases }: Pick<Incident, 'number' | 'aliases'>): void {
    this.take(number);
    for (const { value } of aliases) this.take(value);
  }

  take(number: string): void {
    const parsed = parseBlockNumber(number);
    if (parsed) this.highest.set(parsed.block, Math.max(parsed.n, this.highest.get(parsed.block) ?? 0));
  }

  next(block: string): string {
    const number = formatBlockNumber(block, (this.highest.get(block) ?? 0) + 1);
    this.take(number);
    return number;
  }
}
