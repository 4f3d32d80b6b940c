import { setTimeout as pause } from 'node:timers/promises';
import { type Client, escapeIdentifier } from 'pg';
import { storeError } from './sql-state.ts';

const SHORTEST = 200;
const LONGEST = 10_000;

interface Ear {
  readonly client: Client;
  /** Resolves when the connection is gone. */
  readonly deaf: Promise<void>;
}

/**
 * Listens on a connection of its own, and on another when that one breaks: then `heard` gets null, because nobody
 * knows what was said meanwhile. Resolves once it listens.
 */
export async function listenOn(
  connect: () => Client,
  channel: string,
  heard: (message: string | null) => void,
): Promise<() => Promise<void>> {
  const open = async (): Promise<Ear> => {
    const client = connect();
    const deaf = new Promise<void>((resolve) => {
      client.on('error', () => resolve());
      client.on('end', () => resolve());
    });
    client.on('notification', ({ payload }) => heard(payload ?? ''));
    try {
      await client.connect();
      await client.query(`listen ${escapeIdentifier(channel)}`);
      return { client, deaf };
    } catch (error) {
      await client.end().catch(() => undefined);
      throw storeError(error);
    }
  };

  const stopping = new AbortController();
  let ear = await open();
  const again = async (): Promise<void> => {
    for (let wait = SHORTEST; !stopping.signal.aborted; wait = Math.min(2 * wait, LONGEST)) {
      await pause(wait, null, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      const opened = await open().catch(() => null);
      if (opened === null) continue;
      ear = opened;
      heard(null);
      return;
    }
  };
  const listening = (async () => {
    while (!stopping.signal.aborted) {
      await ear.deaf;
      await ear.client.end().catch(() => undefined);
      await again();
    }
    await ear.client.end().catch(() => undefined);
  })();
  return async () => {
    stopping.abort();
    await ear.client.end().catch(() => undefined);
    await listening;
  };
}
