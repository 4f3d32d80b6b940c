import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Draft } from '#contracts/host/engine-host.ts';
import { DRAFT_DELAY_MS, DraftKeeper } from './draft-keeper.ts';

const draft = (content: string): Draft => ({
  id: 'd-1',
  person: 'p-1',
  kind: 'note',
  incidentId: 'i-1',
  content,
  updatedAt: 1,
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('DraftKeeper', () => {
  it('sends the newest text within its delay even while typing never pauses', () => {
    const sent: unknown[] = [];
    const keeper = new DraftKeeper((kept) => sent.push(kept.content));
    for (let letter = 1; letter <= 10; letter += 1) {
      keeper.keep(draft('x'.repeat(letter)));
      vi.advanceTimersByTime(DRAFT_DELAY_MS / 3);
    }
    expect(sent).toEqual(['xxx', 'xxxxxx', 'xxxxxxxxx']);
  });

  it('sends at once when flushed, and nothing afterwards', () => {
    const sent: unknown[] = [];
    const keeper = new DraftKeeper((kept) => sent.push(kept.content));
    keeper.keep(draft('half'));
    keeper.flush();
    vi.advanceTimersByTime(1000);
    expect(sent).toEqual(['half']);
  });

  it('forgets what waits once a command has consumed the draft', () => {
    const sent: unknown[] = [];
    const keeper = new DraftKeeper((kept) => sent.push(kept.content));
    keeper.keep(draft('late'));
    keeper.drop();
    vi.advanceTimersByTime(1000);
    keeper.flush();
    expect(sent).toEqual([]);
  });
});
