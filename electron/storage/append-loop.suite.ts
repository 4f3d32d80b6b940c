/**
 * A process of its own that appends as fast as it can and prints each lsn once it is confirmed, until it is killed.
 * Run by journal-kill.test.ts: `node append-loop.suite.ts FOLDER`.
 */
import { writeSync } from 'node:fs';
import { FRAME_FORMAT_VERSION, type Frame } from '#contracts/host/engine-host.ts';
import { openStorage } from './storage.ts';

/** What the frame at this lsn holds, so that another process can tell whether it is the right one. */
export const loopFrame = (lsn: number): Frame => ({
  formatVersion: FRAME_FORMAT_VERSION,
  keyId: 'plain',
  lsn,
  device: '01890000-0000-7000-8000-00000000000d',
  person: '01890000-0000-7000-8000-00000000000a',
  seq: lsn,
  kind: 'ledger',
  command: null,
  activities: [],
  body: `${lsn} `.repeat(1 + ((lsn * 37) % 400)),
});

async function appendForever(folder: string): Promise<void> {
  const opened = await openStorage(folder, { reserveBytes: 0, maintainEvery: 0, segmentBytes: 100_000 });
  if (!opened.ok) throw new Error(opened.error.code);
  const { journal } = opened.value;
  const opening = await journal.open();
  if (!opening.ok) throw new Error(opening.error.code);
  const { fence, quarantined } = opening.value;
  if (quarantined.length > 0) throw new Error('something was quarantined');
  for (let lsn = opening.value.lastLsn + 1; ; ) {
    const frames = Array.from({ length: 1 + (lsn % 3) }, (_, index) => loopFrame(lsn + index));
    const done = await journal.append({ fence, expectedLsn: lsn, frames });
    if (!done.ok) throw new Error(done.error.code);
    writeSync(1, `${done.value.lastLsn}\n`);
    lsn = done.value.lastLsn + 1;
  }
}

const folder = process.argv[2];
if (process.argv[1] === import.meta.filename && folder !== undefined) await appendForever(folder);
