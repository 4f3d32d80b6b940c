/** Frames, drafts and helpers the tests of every EngineHost share. */
import type { Id } from '#domain/activity/activity.ts';
import type { Result } from '#domain/result.ts';
import { type Draft, type EngineHost, FRAME_FORMAT_VERSION, type Frame, type JournalError } from './engine-host.ts';

export const testId = (n: number): Id => `01890000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
export const PERSON = testId(0xa);
export const DEVICE = testId(0xd);

export const testFrame = (lsn: number, more: Partial<Frame> = {}): Frame => ({
  formatVersion: FRAME_FORMAT_VERSION,
  keyId: 'plain',
  lsn,
  device: DEVICE,
  person: PERSON,
  seq: lsn,
  kind: 'ledger',
  command: null,
  activities: [],
  body: { text: `frame ${lsn} – ünïcödé 🙂` },
  ...more,
});

/** A frame whose command was recorded at `recordedAt`: what decides which drafts it consumed. */
export const recordingFrame = (lsn: number, recordedAt: number, more: Partial<Frame> = {}): Frame =>
  testFrame(lsn, {
    kind: 'command',
    command: {
      id: testId(1000 + lsn),
      name: 'incident.note',
      args: { incidentId: testId(1), entryId: testId(2), body: 'text' },
      actor: PERSON,
      device: DEVICE,
      occurredAt: recordedAt,
      recordedAt,
    },
    ...more,
  });

export const testDraft = (n: number, more: Partial<Draft> = {}): Draft => ({
  id: testId(n),
  person: PERSON,
  kind: 'note',
  incidentId: testId(1),
  content: { body: 'half a sen' },
  updatedAt: 1000,
  ...more,
});

export const frames = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => testFrame(from + index));

export function must<T>(result: Result<T, JournalError>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.detail ?? ''}`);
  return result.value;
}
export async function readAll(host: EngineHost, fromLsn: number, maxBytes = 1_000_000): Promise<Frame[]> {
  const all: Frame[] = [];
  for (let next: number | null = fromLsn; next !== null; ) {
    const part: { frames: readonly Frame[]; nextLsn: number | null } = must(
      await host.journal.read({ fromLsn: next, maxBytes }),
    );
    all.push(...part.frames);
    next = part.nextLsn;
  }
  return all;
}
