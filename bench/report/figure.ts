/** One measurement: ours beside its peers, measured in the same run on the same data. */
export interface Figure {
  /** As quality.md names it; `-` and a word for a further figure of the same measurement. */
  readonly id: string;
  /** Incidents. */
  readonly n: number;
  readonly unit: string;
  /** Median of `runs.ours`. */
  readonly ours: number;
  /** Medians, by the peer's name. */
  readonly peers: Readonly<Record<string, number>>;
  readonly lowerIsBetter: boolean;
  /** What both sides answered was compared and agreed. */
  readonly checked: boolean;
  /** Every single value, in the order measured. */
  readonly runs: { readonly ours: readonly number[]; readonly peers: Readonly<Record<string, readonly number[]>> };
  /** What else the run tells, in the words of the table's footnote. */
  readonly note?: string;
}

export type Line = Omit<Figure, 'runs' | 'note'>;

/** The middle value; of an even number the mean of the two in the middle. */
export const median = (values: readonly number[]): number => {
  if (values.length === 0) throw new Error('nothing was measured');
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
};

/** Four digits that count: more would be noise. */
export const rounded = (value: number): number => Number(value.toPrecision(4));

type Measured = Omit<Figure, 'ours' | 'peers'>;

/** Medians of everything that was measured. */
export const figureOf = (measured: Measured): Figure => ({
  ...measured,
  ours: rounded(median(measured.runs.ours)),
  peers: Object.fromEntries(
    Object.entries(measured.runs.peers).map(([name, values]) => [name, rounded(median(values))]),
  ),
});

/** How many times better ours is than a peer: above 1 is better, whichever way the unit points. */
export const advantage = (figure: Pick<Figure, 'ours' | 'lowerIsBetter'>, peer: number): number =>
  figure.lowerIsBetter ? peer / figure.ours : figure.ours / peer;

/** One object a line: nothing but what a program that reads it wants. */
export const jsonLine = ({ id, n, unit, ours, peers, lowerIsBetter, checked }: Figure): string =>
  JSON.stringify({ id, n, unit, ours, peers, lowerIsBetter, checked } satisfies Line);
