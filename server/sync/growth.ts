import type { Id } from '#domain/activity/activity.ts';

/** A way to tell every node that shares the database, this one among them. */
export interface Channel {
  notify(channel: string, message: string): Promise<void>;
  /** `heard` gets null whenever messages may have been missed. */
  listen(channel: string, heard: (message: string | null) => void): Promise<() => Promise<void>>;
}

/** For one process alone. */
export function createLocalChannel(): Channel {
  const ears = new Map<string, Set<(message: string | null) => void>>();
  return {
    notify: async (channel, message) => {
      for (const heard of ears.get(channel) ?? []) heard(message);
    },
    listen: async (channel, heard) => {
      const listening = ears.get(channel) ?? new Set();
      ears.set(channel, listening.add(heard));
      return async () => {
        listening.delete(heard);
      };
    },
  };
}

export interface News {
  /** The log ends here now. */
  readonly grew: (seq: number) => void;
  /** These sessions ended. Null: some may have, look. */
  readonly ended: (sessionIds: readonly Id[] | null) => void;
}

export interface Newsroom {
  tellGrown(seq: number): void;
  tellEnded(sessionIds: readonly Id[]): void;
  close(): Promise<void>;
}

const GROWN = 'deskbell_grown';
const ENDED = 'deskbell_ended';
/** PostgreSQL carries 8000 bytes; ids are 36 long. */
const IDS_A_MESSAGE = 100;

export interface NewsPorts {
  readonly channel: Channel;
  readonly news: News;
  /** Where the log ends: asked now and then, because a message may be lost. */
  readonly end: () => Promise<number>;
  readonly onTrouble: (error: unknown) => void;
  /** Milliseconds between two looks. */
  readonly every?: number;
}

/** Carries news between nodes; those of this node arrive here at once. Growth is told once for all that came together. */
export async function openNewsroom({ channel, news, end, onTrouble, every = 5_000 }: NewsPorts): Promise<Newsroom> {
  let known = await end();
  let telling: Promise<void> | null = null;
  const grown = (seq: number): void => {
    if (seq === known) return;
    // A log restored from a backup ends earlier, and that is news too.
    known = seq;
    news.grew(seq);
  };
  const look = (): Promise<void> => end().then(grown, onTrouble);
  const tell = async (): Promise<void> => {
    for (let told = -1; told !== known; ) {
      told = known;
      await channel.notify(GROWN, String(told)).catch(onTrouble);
    }
    telling = null;
  };
  const endings = [
    await channel.listen(GROWN, (message) => {
      if (message === null) void look();
      else if (Number(message) > known) grown(Number(message));
    }),
    await channel.listen(ENDED, (message) => news.ended(message === null ? null : message.split(' '))),
  ];
  const timer = setInterval(look, every);
  return {
    tellGrown: (seq) => {
      grown(seq);
      telling ??= tell();
    },
    tellEnded: (ids) => {
      news.ended(ids);
      for (let at = 0; at < ids.length; at += IDS_A_MESSAGE) {
        channel.notify(ENDED, ids.slice(at, at + IDS_A_MESSAGE).join(' ')).catch(onTrouble);
      }
    },
    close: async () => {
      clearInterval(timer);
      await telling;
      await Promise.all(endings.map((stop) => stop()));
    },
  };
}
