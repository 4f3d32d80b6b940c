import fc from 'fast-check';

/** Set PROPERTY_SEED to replay a run; otherwise each run draws its own and says which. */
const seed = Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31);

/** How many times longer than seconds a night may take. */
const times = Number(process.env.PROPERTY_TIMES ?? 1);

/** Asserts a property and prints the seed it ran with. */
export function holds<T>(name: string, property: fc.IRawProperty<T>, runs = 200): void {
  const numRuns = runs * times;
  process.stdout.write(`property "${name}": seed ${seed}, ${numRuns} runs\n`);
  fc.assert(property, { seed, numRuns });
}

/** The same for a property that waits for something. */
export async function holdsInTime<T>(name: string, property: fc.IAsyncProperty<T>, runs = 100): Promise<void> {
  const numRuns = runs * times;
  process.stdout.write(`property "${name}": seed ${seed}, ${numRuns} runs\n`);
  await fc.assert(property, { seed, numRuns });
}
