import type { JournalError } from '#contracts/host/engine-host.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { Command } from '#domain/command/command.ts';
import { err, ok } from '#domain/result.ts';
import type { AuthorityStore, Batch, Gathered, StoreFault } from '#sync/authority/store.ts';
import { storeBatch } from './frame-batch.ts';
import { appliedNow } from './ledger.ts';
import type { LiveDesk } from './live-desk.ts';
import type { Log } from './log.ts';

interface JournalStorePorts {
  readonly desk: LiveDesk;
  readonly log: Log;
  now(): Instant;
  /** The journal refused; nothing of the batch was kept. */
  refused(error: JournalError): void;
  /** A batch is durable and shown. */
  committed(batch: Batch): void;
}

/** The authority's store on a lone desk: the journal makes it durable, the live desk shows it, the database follows. */
export function journalStore(ports: JournalStorePorts): AuthorityStore {
  const { desk, log } = ports;
  return {
    head: () => ({ lsn: log.lastLsn, counterOf: (person) => log.counterOf(person) }),
    gather: (wanted) => gather(desk, wanted),
    commit: async (batch) => {
      const appended = await log.append(batch.confirmed.map(frameOf));
      if (!appended.ok) {
        ports.refused(appended.error);
        return err(faultOf(appended.error));
      }
      desk.install(storeBatch(batch.effects, batch.confirmed, appliedNow(log, ports.now())));
      ports.committed(batch);
      return ok(null);
    },
  };
}

const frameOf = ({ seq, submission, activities }: Batch['confirmed'][number]) => ({
  person: submission.command.actor,
  seq,
  kind: 'command' as const,
  // Judged and accepted: its name is one of ours and its arguments have the shape that goes with it.
  command: submission.command as Command,
  activities,
  ...(submission.draftId === undefined ? {} : { draftId: submission.draftId }),
});

const faultOf = ({ code }: JournalError): StoreFault => {
  if (code === 'diskFull') return 'diskFull';
  return code === 'staleFence' ? 'staleAuthority' : 'journalFailed';
};

async function gather(
  desk: LiveDesk,
  wanted: { readonly incidentIds: readonly Id[]; readonly commandIds: readonly Id[] },
): Promise<Gathered> {
  const [commands, named] = await Promise.all([desk.commands(wanted.commandIds), histories(desk, wanted.incidentIds)]);
  const acted = new Set([...commands.values()].flatMap((command) => command.subjectIds));
  for (const id of wanted.incidentIds) acted.delete(id);
  const others = await histories(desk, [...acted]);
  const incidents = [...named.incidents, ...others.incidents];
  return {
    incidents: new Map(incidents.map((incident) => [incident.id, incident])),
    timelines: new Map([...named.timelines, ...others.timelines]),
    commands,
    record: (kind, id) => desk.directory.get(kind, id),
    records: (kind) => desk.directory.all(kind),
    matrix: desk.matrix,
    highestNumber: desk.index.highestNumber(),
    isNumberTaken: (number) => desk.isNumberTaken(number),
  };
}

/** Incidents with their timelines. Whatever is not in the index is not on this desk: no reading for what is new. */
async function histories(desk: LiveDesk, wanted: readonly Id[]) {
  const ids = [...new Set(wanted)].filter((id) => desk.index.has(id));
  const [incidents, timelines] = await Promise.all([
    desk.incidents(ids),
    Promise.all(ids.map(async (id) => [id, await desk.timeline(id)] as const)),
  ]);
  return { incidents, timelines };
}
