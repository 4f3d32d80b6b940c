import type { EngineError } from '#contracts/engine/protocol.ts';
import type { NetworkHost } from '#contracts/host/network.ts';
import type { WireRecord } from '#contracts/sync/wire.ts';
import type { Id } from '#domain/activity/activity.ts';
import { ok, type Result } from '#domain/result.ts';
import { recordKey } from '#sync/client/incoming.ts';
import { told } from './network-words.ts';

/** The server's directory as this person may have it: a large one is whole with the second page (SPEC 8.2). */
export async function directoryThere(
  network: NetworkHost,
  person: Id,
  device: Id,
): Promise<Result<readonly WireRecord[], EngineError>> {
  const records = new Map<string, WireRecord>();
  let cursor = '';
  for (let pages = 0; pages < 2; pages += 1) {
    const page = told(await network.pull({ person, device, query: { cursor, limit: 1 } }));
    if (!page.ok) return page;
    for (const record of page.value.body.records) records.set(recordKey(record), record);
    if (!page.value.body.more) break;
    cursor = page.value.body.cursor;
  }
  return ok([...records.values()]);
}
