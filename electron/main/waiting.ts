/** Milliseconds of doing nothing. */
export const pause = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));

/** Waits for work, but not longer than `limit` milliseconds; the work itself goes on. */
export const atMost = (work: Promise<unknown>, limit: number): Promise<unknown> => Promise.race([work, pause(limit)]);

/** Something that happens once, for whoever waits for it. */
export const signal = () => {
  let resolve = (): void => undefined;
  const happened = new Promise<void>((done) => {
    resolve = done;
  });
  return { happened, resolve };
};
