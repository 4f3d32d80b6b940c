const UNITS = [
  ['gigabyte', 1_000_000_000],
  ['megabyte', 1_000_000],
  ['kilobyte', 1_000],
] as const;

/** "46.2 MB" in the reader's way. */
export function sizeIn(language: string, bytes: number): string {
  const [unit, divisor] = UNITS.find(([, size]) => bytes >= size) ?? UNITS[2];
  const format = new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  });
  return format.format(bytes / divisor);
}
