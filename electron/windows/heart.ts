const EVERY = 10_000;
const MISSED_BEATS = 4;

/**
 * Asks a hidden page whether it is there: without input events Chromium itself never notices that it hangs.
 * Counts questions and not seconds, so that a machine that slept does not look like a page that hangs.
 */
export const watchHeart = (page: {
  ask(): void;
  /** Called once, after four questions without an answer. */
  given(): void;
  /** A page in a debugger may stand still. */
  excused(): boolean;
}) => {
  let missed = 0;
  let timer: ReturnType<typeof setInterval> | null = null;
  const stop = () => {
    if (timer) clearInterval(timer);
    timer = null;
  };
  const tick = () => {
    if (page.excused()) missed = 0;
    if (missed >= MISSED_BEATS) {
      stop();
      page.given();
      return;
    }
    missed += 1;
    page.ask();
  };
  return {
    start: () => {
      timer ??= setInterval(tick, EVERY);
    },
    beat: () => {
      missed = 0;
    },
    stop,
  };
};
