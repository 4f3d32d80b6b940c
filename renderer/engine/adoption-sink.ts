import type { EngineError } from '#contracts/engine/protocol.ts';
import type { EngineHost, JournalError } from '#contracts/host/engine-host.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { AlertChange } from '#domain/alerts/rules.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { OPEN_STATES } from '#domain/incident/incident.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { BasePage } from '#renderer/data/base-pages.ts';
import type { DeskStore } from '#renderer/data/desk-store.ts';
import { diagnose } from '#renderer/data/open-failure.ts';
import type { DirectoryRow } from '#renderer/data/rows.ts';
import { AdoptionStage, NO_COUNTS, type Numbered } from './adoption-stage.ts';
import { isRoomEnough } from './database-room.ts';
import { emptyBatch } from './frame-batch.ts';
import {
  type AdoptionBundle,
  type AdoptionCounts,
  type AdoptionSink,
  type DirectoryEntry,
  isComment,
} from './import/adoption.ts';
import { appliedNow } from './ledger.ts';
import type { LiveDesk } from './live-desk.ts';
import { deskFrame, type Log } from './log.ts';
import { foldGrown, type Grown } from './replay-stage.ts';
import { inRuns } from './runs.ts';
import type { Pause } from './slices.ts';
import { pageText, type StageLine } from './stage-lines.ts';

interface SinkPorts {
  readonly host: EngineHost;
  readonly desk: LiveDesk;
  /** The open journal; null while the desk is not ready. */
  log(): Log | null;
  now(): Instant;
  pause(): Pause;
  refused(error: JournalError): void;
  /** What an import made visible, once, in one piece. */
  adopted(changes: readonly AlertChange[]): void;
}

/** A name can be as long as a cell: many of them make more than one line of a stage. */
const ENTRIES_PER_LINE = {
  items: Number.POSITIVE_INFINITY,
  weight: 1024 * 1024,
  weightOf: ({ record }: DirectoryEntry) => record.name.length,
};
const LINES_PER_APPEND = {
  items: Number.POSITIVE_INFINITY,
  weight: 16 * 1024 * 1024,
  weightOf: (line: string) => line.length,
};

/**
 * Takes whole histories in. New incidents go straight into their final tables, where nothing finds them before the
 * one frame that commits the import; the same lines go to a stage beside the journal, from which they are replayed.
 */
export function createAdoptionSink(ports: SinkPorts): AdoptionSink & { reset(): void; isBusy(): boolean } {
  const { host, desk } = ports;
  const stages = new Map<Id, AdoptionStage>();

  const begin: AdoptionSink['begin'] = async (importId, by) => {
    const log = ports.log();
    if (!log || !desk.store) return err({ code: 'notReady' });
    const begun = await log.alone(async () => {
      const beginLsn = log.lastLsn + 1;
      const appended = await log.append([deskFrame('adoptBegin', { stageId: importId, beginLsn, by })]);
      if (!appended.ok) return appended;
      desk.install(emptyBatch(appliedNow(log, ports.now())));
      return ok(beginLsn);
    });
    if (!begun.ok) return refused(begun.error);
    desk.store.hide(importId);
    stages.set(importId, new AdoptionStage(importId, begun.value, desk));
    return ok(null);
  };

  const stage: AdoptionSink['stage'] = async (importId, directory, bundles) => {
    const current = stages.get(importId);
    const { log, store } = { log: ports.log(), store: desk.store };
    if (!current || !log || !store) return err({ code: 'notReady' });
    const pause = ports.pause();
    const sorted = await sort(bundles, current, pause);
    const entries = current.newEntries(directory);
    const { rows, numbersTaken } = current.number(sorted.added);
    current.grown.push(...sorted.grown);
    // Packed and written while the next batch is read: what goes wrong is answered to the next call, at the latest
    // to `commit`.
    const written = await current.writing;
    if (written.ok) current.writing = write({ rows, entries, grown: sorted.grown }, current, log, store);
    return written.ok ? ok(countsOf(sorted, entries, numbersTaken)) : written;
  };

  const write = async (
    { rows, entries, grown }: Staged,
    current: AdoptionStage,
    log: Log,
    store: DeskStore,
  ): Promise<Result<null, EngineError>> => {
    const pages = await current.pagesOf(rows, ports.pause());
    const lines = [
      ...inRuns(entries, ENTRIES_PER_LINE).map((some) => lineOf({ line: 'directory', entries: some })),
      ...pages.map(pageText),
      ...grown.map((one) => lineOf({ line: 'grown', ...one })),
    ];
    if (lines.length === 0) return ok(null);
    const [kept, put] = await Promise.all([
      keep(lines, current, log),
      pages.length > 0 ? putPages(pages, store) : ok(null),
    ]);
    return kept.ok ? put : refused(kept.error);
  };

  const keep = async (lines: readonly string[], { stageId }: AdoptionStage, { fence }: Log) => {
    for (const some of inRuns(lines, LINES_PER_APPEND)) {
      const kept = await host.stages.append({ fence, stageId, lines: some });
      if (!kept.ok) return kept;
    }
    return ok(null);
  };

  const putPages = async (pages: readonly BasePage[], store: DeskStore): Promise<Result<null, EngineError>> => {
    if (!isRoomEnough(await host.database.room())) return err({ code: 'diskFull' });
    try {
      await store.putBasePages(pages);
      return ok(null);
    } catch (cause) {
      return err({ code: diagnose(cause).code === 'quota' ? 'diskFull' : 'journalFailed' });
    }
  };

  /** Which bundles are new to the desk, and what the others add. */
  const sort = async (bundles: readonly AdoptionBundle[], current: AdoptionStage, pause: Pause): Promise<Sorted> => {
    const here = bundles.filter((bundle) => current.holds(bundle.incidentId));
    // An incident told again in one file: what it came with has to be in the database first.
    if (here.some((bundle) => current.staged.has(bundle.incidentId))) await current.writing;
    const held = await heldBy(here, current);
    const sorted: Sorted = {
      added: bundles.filter((bundle) => !current.holds(bundle.incidentId)),
      grown: [],
      unchanged: 0,
    };
    for (const bundle of here) {
      const known = held.get(bundle.incidentId) ?? new Set<Id>();
      const anyFresh = bundle.activityIds.some((id) => !known.has(id));
      const fresh = anyFresh ? bundle.activities.filter((activity) => !known.has(activity.id)) : [];
      if (fresh.length === 0) sorted.unchanged += 1;
      else {
        sorted.grown.push({ incidentId: bundle.incidentId, activities: fresh });
        current.taken.set(bundle.incidentId, new Set([...known, ...fresh.map((activity) => activity.id)]));
      }
      await pause();
    }
    return sorted;
  };

  const heldBy = async (here: readonly AdoptionBundle[], current: AdoptionStage): Promise<ReadonlyMap<Id, Set<Id>>> => {
    const ids = here.map((bundle) => bundle.incidentId);
    const changed = (id: Id) => !current.staged.has(id);
    const stored = (await desk.store?.activityIds(ids, changed)) ?? new Map<Id, Set<Id>>();
    const all = new Map<Id, Set<Id>>();
    for (const id of ids) {
      const waiting = desk.overlay.activitiesOf(id).map((activity) => activity.id);
      all.set(id, new Set([...(stored.get(id) ?? []), ...waiting, ...(current.taken.get(id) ?? [])]));
    }
    return all;
  };

  const commit: AdoptionSink['commit'] = async (importId) => {
    const current = stages.get(importId);
    const { log, store } = { log: ports.log(), store: desk.store };
    if (!current || !log || !store) return err({ code: 'notReady' });
    const empty = current.pageKeys.length + current.grown.length + current.directory.size === 0;
    if (empty) {
      await discard(importId);
      return ok({ lsn: log.lastLsn });
    }
    const written = await current.writing;
    if (!written.ok) return written;
    const sealed = await host.stages.seal({ fence: log.fence, stageId: importId });
    if (!sealed.ok) return refused(sealed.error);
    const before = new Map(
      (await desk.incidents(current.grown.map((one) => one.incidentId))).map((one) => [one.id, one]),
    );
    return desk.fill(async () => {
      const committed = await log.alone(async () => {
        const body = { stageId: importId, beginLsn: current.beginLsn };
        const appended = await log.append([deskFrame('adoptCommit', body)]);
        if (!appended.ok) return appended;
        store.show(importId);
        await installCommit(current, log);
        return ok(log.lastLsn);
      });
      if (!committed.ok) return refused(committed.error);
      stages.delete(importId);
      await show(current, before);
      current.release();
      return ok({ lsn: committed.value });
    });
  };

  const installCommit = async (current: AdoptionStage, log: Log) => {
    const lsn = log.lastLsn;
    const rows = await desk.store?.incidents(current.grown.map((one) => one.incidentId));
    const newest = new Map([...(rows ?? [])].map(([id, row]) => [id, desk.overlay.incident(id) ?? row]));
    const effects = foldGrown(newest, current.grown, lsn, desk.matrix);
    const entries = [...current.directory.values()];
    const directory = entries.map(({ kind, record }): DirectoryRow => ({ kind, id: record.id, lsn, record }));
    const stage = { stageId: current.stageId, beginLsn: current.beginLsn, commitLsn: lsn };
    desk.install({
      ...emptyBatch(appliedNow(log, ports.now())),
      ...effects,
      directory,
      stages: [...desk.stages, stage],
    });
  };

  /** Everything the import brought enters lists and search; windows are told once, at the end. */
  const show = async (current: AdoptionStage, before: ReadonlyMap<Id, Incident>) => {
    const changes: AlertChange[] = [];
    const pause = ports.pause();
    const note = (incident: Incident) => {
      if (!OPEN_STATES.includes(incident.state)) return;
      changes.push({ before: before.get(incident.id) ?? null, after: incident, actorId: null, origin: 'observed' });
    };
    for (const key of current.pageKeys) {
      for (const incident of (await desk.store?.importedIncidents(key)) ?? []) {
        // Somebody may have worked on it since the commit; what is in the list is younger.
        if (desk.index.has(incident.id)) continue;
        desk.index.upsert(incident, incident.throughSeq);
        note(incident);
        await pause();
      }
    }
    for (const incident of await desk.incidents(current.grown.map((one) => one.incidentId))) note(incident);
    desk.touch('incidents', 'directory', 'status');
    ports.adopted(changes);
  };

  const discard: AdoptionSink['discard'] = async (importId) => {
    const current = stages.get(importId);
    stages.delete(importId);
    current?.release();
    await current?.writing;
    await desk.store?.dropStage(importId);
    const log = ports.log();
    if (log) await host.stages.discard({ fence: log.fence, stageId: importId });
  };

  const inspect: AdoptionSink['inspect'] = async (directory, bundles) => {
    const looking = new AdoptionStage('', 0, desk);
    const sorted = await sort(bundles, looking, ports.pause());
    const taken = sorted.added.filter(
      (bundle) => bundle.externalNumber !== null && desk.isNumberTaken(bundle.externalNumber),
    );
    return countsOf(sorted, looking.newEntries(directory), taken.length);
  };

  const refused = (error: JournalError): Result<never, EngineError> => {
    ports.refused(error);
    return err({ code: error.code === 'diskFull' ? 'diskFull' : 'journalFailed' });
  };

  /** The desk is brought up anew: what was on its way is discarded with its stage. */
  const reset = () => {
    for (const current of stages.values()) current.release();
    stages.clear();
  };

  return { begin, stage, commit, discard, inspect, reset, isBusy: () => stages.size > 0 };
}

interface Staged {
  readonly rows: readonly Numbered[];
  readonly entries: readonly DirectoryEntry[];
  readonly grown: readonly Grown[];
}

interface Sorted {
  readonly added: readonly AdoptionBundle[];
  readonly grown: Grown[];
  unchanged: number;
}

const lineOf = (line: StageLine): string => JSON.stringify(line);

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

function countsOf(
  { added, grown, unchanged }: Sorted,
  entries: readonly DirectoryEntry[],
  numbersTaken: number,
): AdoptionCounts {
  const all = [...added.map((one) => one.activityIds.length), ...grown.map((one) => one.activities.length)];
  const comments = [
    ...added.map((one) => one.comments),
    ...grown.map((one) => one.activities.filter(isComment).length),
  ];
  const kinds = (kind: DirectoryEntry['kind']) => entries.filter((entry) => entry.kind === kind).length;
  return {
    ...NO_COUNTS,
    added: added.length,
    grown: grown.length,
    unchanged,
    activitiesAdded: sumOf(all),
    rowsAdded: sumOf(all) - sumOf(comments),
    numbersTaken,
    peopleAdded: kinds('person'),
    teamsAdded: kinds('team'),
    categoriesAdded: kinds('category'),
  };
}
