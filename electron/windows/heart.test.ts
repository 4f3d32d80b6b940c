import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { watchHeart } from '#electron/windows/heart.ts';

describe('the heart of a hidden page', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const page = (excused = false) => ({ ask: vi.fn(), given: vi.fn(), excused: () => excused });

  test('a page that answers is asked on and on and never given up', () => {
    const asked = page();
    const heart = watchHeart({ ...asked, ask: () => heart.beat() });
    heart.start();
    vi.advanceTimersByTime(10 * 60_000);
    expect(asked.given).not.toHaveBeenCalled();
  });

  test('a page that leaves four questions unanswered is given up, once', () => {
    const silent = page();
    watchHeart(silent).start();
    vi.advanceTimersByTime(40_000);
    expect(silent.ask).toHaveBeenCalledTimes(4);
    expect(silent.given).not.toHaveBeenCalled();
    vi.advanceTimersByTime(120_000);
    expect(silent.given).toHaveBeenCalledTimes(1);
  });

  test('a page in a debugger may stand still', () => {
    const debugged = page(true);
    watchHeart(debugged).start();
    vi.advanceTimersByTime(600_000);
    expect(debugged.given).not.toHaveBeenCalled();
  });

  test('once stopped nobody is asked', () => {
    const asked = page();
    const heart = watchHeart(asked);
    heart.start();
    heart.stop();
    vi.advanceTimersByTime(60_000);
    expect(asked.ask).not.toHaveBeenCalled();
  });
});
