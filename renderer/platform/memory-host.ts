/**
 * An EngineHost that keeps everything in memory: for tests of the engine and for trying things out. It obeys the
 * same contract suite as the real ones. A `MemoryDisk` outlives the hosts made on it, so a second host on the same
 * disk is a restart after a kill.
 */
import type {
  Draft,
  EngineHost,
  Frame,
  JournalError,
  JournalErrorCode,
  NotificationOutcome,
  NotificationRequest,
  SnapshotManifest,
} from '#contracts/host/engine-host.ts';
import { HOST_LIMITS } from '#contracts/host/host-limits.ts';
import {
  committedStage,
  consumedAt,
  encodeBatch,
  encodeDraft,
  encodeSettings,
  isId,
  manifestFault,
  raiseCounter,
  refuse,
  stageLinesFault,
} from '#contracts/host/host-rules.ts';
import type { Port } from '#contracts/platform.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import { ok, type Result } from '#domain/result.ts';
import { memoryFileStore } from './files/file-store.ts';
import { pageFiles } from './files/page-files.ts';
import { createMemoryNetwork, type KeptInMemory, type MemoryNetwork } from './memory-network.ts';
import { sha256Hex } from './sha256-hex.ts';
import { createWindowPorts } from './window-ports.ts';

interface MemoryStage {
  readonly lines: string[];
  sealed: boolean;
  committedLsn: number | null;
}

/** What would be on the disk. Tests may look into it, and break it. */
export interface MemoryDisk {
  journalId: Id;
  device: Id;
  /** Set to another value to play a profile copied to another machine. */
  machineMark: string;
  storedMark: string;
  fence: number;
  lastLsn: number;
  /** JSON of the frames still held, by lsn. */
  readonly frames: Map<number, string>;
  readonly counters: Record<Id, number>;
  readonly stages: Map<Id, MemoryStage>;
  readonly pages: Map<string, string>;
  manifests: SnapshotManifest[];
  readonly drafts: Map<Id, string>;
  readonly consumed: Map<Id, Instant>;
  settings: string;
  readonly network: KeptInMemory;
  /** While set, every write answers with this code and keeps nothing. */
  failing: JournalErrorCode | null;
  made: number;
}

export interface MemoryHost extends EngineHost {
  readonly disk: MemoryDisk;
  readonly network: MemoryNetwork;
  readonly shown: NotificationRequest[];
  readonly logged: { readonly level: string; readonly event: string; readonly fields: unknown }[];
  badgeCount(): number;
  /** What `notifications.show` answers from now on. */
  answerNotifications(outcome: NotificationOutcome): void;
  /** Hands the engine a window's port, as main would. */
  connectWindow(port: Port, windowId: string): void;
}

/** Ids that are valid, repeatable and tell their order. */
function nextId(disk: { made: number }): Id {
  disk.made += 1;
  return `00000000-0000-7000-8000-${disk.made.toString(16).padStart(12, '0')}`;
}

export function createMemoryDisk(): MemoryDisk {
  const seed = { made: 0 };
  return {
    journalId: nextId(seed),
    device: nextId(seed),
    machineMark: 'this machine',
    storedMark: 'this machine',
    fence: 0,
    lastLsn: 0,
    frames: new Map(),
    counters: {},
    stages: new Map(),
    pages: new Map(),
    manifests: [],
    drafts: new Map(),
    consumed: new Map(),
    settings: '{}',
    network: { address: null, people: [] },
    failing: null,
    made: seed.made,
  };
}

type Fault = Result<never, JournalError> | null;
const failure = (disk: MemoryDisk): Fault => (disk.failing === null ? null : refuse(disk.failing));
const writeFault = (disk: MemoryDisk, fence: number): Fault =>
  fence === disk.fence ? failure(disk) : refuse('staleFence');

const firstLsn = (disk: MemoryDisk) => {
  let first = disk.lastLsn + 1;
  for (const lsn of disk.frames.keys()) first = Math.min(first, lsn);
  return first;
};

function journalOn(disk: MemoryDisk): EngineHost['journal'] {
  return {
    async open() {
      disk.fence += 1;
      const deviceIsNew = disk.storedMark !== disk.machineMark;
      if (deviceIsNew) {
        disk.device = nextId(disk);
        disk.storedMark = disk.machineMark;
      }
      return ok({
        fence: disk.fence,
        journalId: disk.journalId,
        device: disk.device,
        deviceIsNew,
        lastLsn: disk.lastLsn,
        firstLsn: firstLsn(disk),
        counters: { ...disk.counters },
        quarantined: [],
        tornTail: false,
        openStages: [...disk.stages].filter(([, stage]) => stage.committedLsn === null).map(([id]) => id),
      });
    },
    async append(args) {
      const encoded = encodeBatch(disk, args);
      if (!encoded.ok) return encoded;
      const fault = failure(disk) ?? unsealedStage(disk, args.frames);
      if (fault) return fault;
      for (const [index, frame] of args.frames.entries()) keepFrame(disk, frame, encoded.value[index] ?? '');
      return ok({ lastLsn: disk.lastLsn });
    },
    async read({ fromLsn, maxBytes }) {
      if (fromLsn < firstLsn(disk)) return refuse('notFound', `the journal begins at ${firstLsn(disk)}`);
      const frames: Frame[] = [];
      let size = 0;
      for (let lsn = fromLsn; lsn <= disk.lastLsn; lsn += 1) {
        const text = disk.frames.get(lsn);
        if (text === undefined) continue;
        if (frames.length > 0 && size + text.length > maxBytes) return ok({ frames, nextLsn: lsn });
        size += text.length;
        frames.push(JSON.parse(text));
      }
      return ok({ frames, nextLsn: null });
    },
    async restartAt({ fence, lsn }) {
      const fault = writeFault(disk, fence);
      if (fault) return fault;
      if (lsn < disk.lastLsn) return refuse('unexpectedLsn', `the log ends at ${disk.lastLsn}`);
      if (lsn > disk.lastLsn) disk.frames.clear();
      disk.lastLsn = lsn;
      return ok(null);
    },
    async compact({ fence, throughLsn }) {
      const fault = writeFault(disk, fence);
      if (fault) return fault;
      const before = disk.frames.size;
      for (const lsn of disk.frames.keys()) if (lsn <= throughLsn) disk.frames.delete(lsn);
      for (const [id, stage] of disk.stages) {
        if (stage.committedLsn !== null && stage.committedLsn <= throughLsn) disk.stages.delete(id);
      }
      return ok({ removedSegments: disk.frames.size < before ? 1 : 0 });
    },
  };
}

/** A commit frame may only name a stage that is wholly on disk. */
function unsealedStage(disk: MemoryDisk, frames: readonly Frame[]): Fault {
  for (const frame of frames) {
    if (frame.kind !== 'adoptCommit') continue;
    const stageId = committedStage(frame);
    if (stageId === null || !disk.stages.get(stageId)?.sealed) return refuse('notFound', 'no sealed stage');
  }
  return null;
}

function keepFrame(disk: MemoryDisk, frame: Frame, text: string): void {
  disk.frames.set(frame.lsn, text);
  disk.lastLsn = frame.lsn;
  raiseCounter(disk.counters, frame.person, frame.seq);
  const stageId = committedStage(frame);
  const stage = stageId === null ? undefined : disk.stages.get(stageId);
  if (stage) stage.committedLsn = frame.lsn;
  if (frame.draftId !== undefined) {
    const text = disk.drafts.get(frame.draftId);
    if (text !== undefined && JSON.parse(text).updatedAt <= consumedAt(frame)) disk.drafts.delete(frame.draftId);
    disk.consumed.set(frame.draftId, consumedAt(frame));
  }
}

function stagesOn(disk: MemoryDisk): EngineHost['stages'] {
  return {
    async append({ fence, stageId, lines }) {
      const fault = writeFault(disk, fence) ?? stageLinesFault(stageId, lines);
      if (fault) return fault;
      const stage = disk.stages.get(stageId) ?? { lines: [], sealed: false, committedLsn: null };
      if (stage.committedLsn !== null) return refuse('badArguments', 'the stage is committed');
      stage.lines.push(...lines);
      stage.sealed = false;
      disk.stages.set(stageId, stage);
      return ok(null);
    },
    async seal({ fence, stageId }) {
      const fault = writeFault(disk, fence);
      if (fault) return fault;
      const stage = disk.stages.get(stageId);
      if (!stage) return refuse('notFound');
      stage.sealed = true;
      const encoder = new TextEncoder();
      const bytes = stage.lines.reduce((sum, line) => sum + encoder.encode(line).length + 1, 0);
      return ok({ bytes, lines: stage.lines.length });
    },
    async read({ stageId, fromLine, maxBytes }) {
      const stage = disk.stages.get(stageId);
      if (!stage) return refuse('notFound');
      const lines: string[] = [];
      let size = 0;
      for (let index = fromLine; index < stage.lines.length; index += 1) {
        const line = stage.lines[index] ?? '';
        if (lines.length > 0 && size + line.length > maxBytes) return ok({ lines, nextLine: index });
        size += line.length;
        lines.push(line);
      }
      return ok({ lines, nextLine: null });
    },
    async discard({ fence, stageId }) {
      const fault = writeFault(disk, fence);
      if (fault) return fault;
      const committed = disk.stages.get(stageId)?.committedLsn;
      if (committed !== undefined && committed !== null) return refuse('badArguments', 'the stage is committed');
      disk.stages.delete(stageId);
      return ok(null);
    },
  };
}

function snapshotsOn(disk: MemoryDisk): EngineHost['snapshots'] {
  const whole = (manifest: SnapshotManifest) => manifest.pages.every((page) => disk.pages.has(page.hash));
  return {
    async latest() {
      const newest = disk.manifests.findLast(whole);
      return ok(newest ? structuredClone(newest) : null);
    },
    async writePage({ fence, text }) {
      const fault = writeFault(disk, fence);
      if (fault) return fault;
      if (text.length > HOST_LIMITS.page) return refuse('tooLarge', 'page');
      const hash = await sha256Hex(text);
      disk.pages.set(hash, text);
      return ok({ hash });
    },
    async readPage({ hash }) {
      const text = disk.pages.get(hash);
      return text === undefined ? refuse('notFound') : ok({ text });
    },
    async commit({ fence, manifest }) {
      const fault = writeFault(disk, fence);
      if (fault) return fault;
      const invalid = manifestFault(manifest);
      if (invalid) return invalid;
      if (!whole(manifest)) return refuse('notFound', 'a page of the snapshot is missing');
      disk.manifests = [...disk.manifests, structuredClone(manifest)].slice(-2);
      const kept = new Set(disk.manifests.flatMap(({ pages }) => pages.map((page) => page.hash)));
      for (const hash of disk.pages.keys()) if (!kept.has(hash)) disk.pages.delete(hash);
      return ok(null);
    },
  };
}

function draftsOn(disk: MemoryDisk): EngineHost['drafts'] {
  return {
    async list() {
      return ok([...disk.drafts.values()].map((text): Draft => JSON.parse(text)));
    },
    async put(draft) {
      const fault = failure(disk);
      if (fault) return fault;
      const encoded = encodeDraft(draft);
      if (!encoded.ok) return encoded;
      if (draft.updatedAt <= (disk.consumed.get(draft.id) ?? -1)) return ok(null);
      if (!disk.drafts.has(draft.id) && disk.drafts.size >= HOST_LIMITS.drafts) return refuse('tooLarge', 'drafts');
      disk.drafts.set(draft.id, encoded.value);
      return ok(null);
    },
    async remove(draftId) {
      if (!isId(draftId)) return refuse('badArguments', 'draft id is no UUID');
      disk.drafts.delete(draftId);
      return ok(null);
    },
  };
}

function settingsOn(disk: MemoryDisk): EngineHost['settings'] {
  return {
    async read() {
      return ok(JSON.parse(disk.settings));
    },
    async write(values) {
      const fault = failure(disk);
      if (fault) return fault;
      const encoded = encodeSettings({ ...JSON.parse(disk.settings), ...values });
      if (!encoded.ok) return encoded;
      disk.settings = encoded.value;
      return ok(null);
    },
  };
}

export function createMemoryHost(disk: MemoryDisk = createMemoryDisk()): MemoryHost {
  const shown: NotificationRequest[] = [];
  const logged: { level: string; event: string; fields: unknown }[] = [];
  const ports = createWindowPorts();
  let outcome: NotificationOutcome = { shown: true };
  let badge = 0;
  return {
    disk,
    shown,
    logged,
    journal: journalOn(disk),
    stages: stagesOn(disk),
    snapshots: snapshotsOn(disk),
    drafts: draftsOn(disk),
    settings: settingsOn(disk),
    notifications: {
      async show(request) {
        if (outcome.shown) shown.push(request);
        return outcome;
      },
      async badge(count) {
        badge = count;
      },
    },
    database: { reset: async () => false, room: async () => null },
    network: createMemoryNetwork(disk.network),
    files: pageFiles({ store: memoryFileStore(), now: () => 0, save: () => undefined }).engine,
    onWindow: ports.onWindow,
    connectWindow: ports.connectWindow,
    log(level, event, fields = {}) {
      logged.push({ level, event, fields });
    },
    badgeCount: () => badge,
    answerNotifications(next) {
      outcome = next;
    },
  };
}
