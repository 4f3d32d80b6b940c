import { z } from 'zod';
import { PRESENCE } from '#contracts/sync/presence.ts';
import type { PresenceEvent } from '#contracts/sync/wire.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { Channel } from './growth.ts';

/** What one session said last. */
export interface Looking {
  readonly session: Id;
  readonly person: Id;
  /** Null: at nothing. */
  readonly incidentId: Id | null;
  readonly typing: boolean;
}

export interface PresencePorts {
  readonly channel: Channel;
  readonly now: () => Instant;
  /** For the streams of this session, on this node. */
  readonly tell: (session: Id, event: PresenceEvent) => void;
  readonly onTrouble: (error: unknown) => void;
  /** Another one for each node. */
  readonly node: Id;
  /** Milliseconds between two looks for those who went without a word. */
  readonly every?: number;
}

export interface Presence {
  /** Here and on every other node. */
  announce(looking: Looking): void;
  /** This session looks at nothing any more. */
  end(session: Id): void;
  close(): Promise<void>;
}

const CHANNEL = 'deskbell_presence';
/** PostgreSQL carries 8000 bytes. */
const MESSAGE = 7_000;
/** Sessions that are remembered; those beyond are not shown. */
const ROOM = 10_000;

const told = z.strictObject({
  node: z.string(),
  said: z.array(z.tuple([z.string(), z.string(), z.string().nullable(), z.boolean()])),
});
type Said = z.infer<typeof told>['said'][number];

/**
 * Who looks at what, of all nodes, in memory: a courtesy, of which nothing depends. What a node says goes out in one
 * message for all that came together, and a message that is lost is made good by the next word of that desk.
 */
export async function openPresence(ports: PresencePorts): Promise<Presence> {
  const { channel, onTrouble, node, every = 5_000 } = ports;
  const room = new LookersRoom(ports);
  const waiting = new Map<Id, Said>();
  let sending: Promise<void> | null = null;
  const send = async (): Promise<void> => {
    while (waiting.size > 0) await channel.notify(CHANNEL, nextMessage(node, waiting)).catch(onTrouble);
    sending = null;
  };
  const spread = ({ session, person, incidentId, typing }: Looking): void => {
    waiting.set(session, [session, person, incidentId, typing]);
    sending ??= send();
  };
  const stop = await channel.listen(CHANNEL, (message) => {
    for (const looking of heardIn(message, node)) room.put(looking);
  });
  const timer = setInterval(() => room.forget(), every);
  return {
    announce: (looking) => {
      room.put(looking);
      spread(looking);
    },
    end: (session) => {
      const before = room.of(session);
      if (before === null) return;
      const gone = { ...before, incidentId: null, typing: false };
      room.put(gone);
      spread(gone);
    },
    close: async () => {
      clearInterval(timer);
      await sending;
      await stop();
    },
  };
}

/** As many as one message carries; always one. Ids are bounded, so one fits. */
function nextMessage(node: Id, waiting: Map<Id, Said>): string {
  const said: Said[] = [];
  let bytes = 0;
  for (const [session, one] of waiting) {
    bytes += Buffer.byteLength(JSON.stringify(one)) + 1;
    if (said.length > 0 && bytes > MESSAGE) break;
    said.push(one);
    waiting.delete(session);
  }
  return JSON.stringify({ node, said });
}

/** What another node said. A newer build may say it otherwise: then it is not heard. */
function heardIn(message: string | null, node: Id): readonly Looking[] {
  if (message === null) return [];
  const read = told.safeParse(jsonIn(message));
  if (!read.success || read.data.node === node) return [];
  return read.data.said.map(([session, person, incidentId, typing]) => ({ session, person, incidentId, typing }));
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

class LookersRoom {
  private readonly ports: PresencePorts;
  private readonly lookers = new Map<Id, Looking & { readonly until: Instant }>();

  constructor(ports: PresencePorts) {
    this.ports = ports;
  }

  of(session: Id): Looking | null {
    return this.lookers.get(session) ?? null;
  }

  put(looking: Looking): void {
    const { session, incidentId } = looking;
    const before = this.lookers.get(session);
    if (incidentId === null) this.lookers.delete(session);
    else if (before !== undefined || this.lookers.size < ROOM) {
      this.lookers.set(session, { ...looking, until: this.ports.now() + PRESENCE.lasts });
    }
    // Whoever says the same again is told the same again: what a desk heard last holds no longer than its own word.
    if (before?.incidentId === incidentId && before.typing === looking.typing) this.tell(incidentId, session);
    else for (const id of new Set([before?.incidentId ?? null, incidentId])) this.tell(id);
  }

  /** Whoever said nothing for too long. */
  forget(): void {
    const now = this.ports.now();
    for (const one of [...this.lookers.values()]) {
      if (one.until <= now) this.put({ ...one, incidentId: null, typing: false });
    }
  }

  private tell(incidentId: Id | null, only: Id | null = null): void {
    if (incidentId === null) return;
    const here = [...this.lookers.values()].filter((one) => one.incidentId === incidentId);
    for (const { session, person } of here) {
      if (only !== null && session !== only) continue;
      const others = new Map<Id, boolean>();
      for (const one of here) {
        if (one.person !== person) others.set(one.person, one.typing || others.get(one.person) === true);
      }
      const people = [...others].map(([personId, typing]) => ({ personId, typing })).slice(0, PRESENCE.people);
      this.ports.tell(session, { event: 'presence', incidentId, people });
    }
  }
}
