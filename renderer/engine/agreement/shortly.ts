/** An end waits so long for what is going on: a network may take a minute, a person who quits has none. Milliseconds. */
const LONGEST = 2_000;

/** Resolves when `work` has ended, well or not, or when it has taken too long. */
export async function shortly(
  work: Promise<unknown>,
  after: (milliseconds: number, callback: () => void) => () => void,
): Promise<void> {
  await new Promise<void>((resolve) => {
    const cancel = after(LONGEST, resolve);
    const ended = () => {
      cancel();
      resolve();
    };
    work.then(ended, ended);
  });
}
