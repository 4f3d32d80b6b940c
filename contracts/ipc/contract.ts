import { z } from 'zod';
import type { IpcError, IpcErrorCode } from '#contracts/errors.ts';
import { fileState, files } from '#contracts/ipc/file-shapes.ts';
import { network, poke, present } from '#contracts/ipc/network-shapes.ts';
import * as shape from '#contracts/ipc/schemas.ts';
import type { Result } from '#domain/result.ts';

/** Which window a call comes from or an event goes to. */
export type WindowKind = 'engine' | 'desk';

interface Row {
  /** Kinds of window that may call it; any other sender is refused. */
  readonly from: WindowKind;
  /** One object, checked strictly: unknown members fail, sizes are bounded. */
  readonly args: z.ZodType;
  readonly result: z.ZodType;
  /** Codes besides `badArguments`, `foreignSender` and `internal`, which every call can answer. */
  readonly errors: readonly IpcErrorCode[];
}

const engine = <A extends z.ZodType, R extends z.ZodType>(args: A, result: R, errors: readonly IpcErrorCode[] = []) =>
  ({ from: 'engine', args, result, errors }) as const;
const desk = <A extends z.ZodType, R extends z.ZodType>(args: A, result: R, errors: readonly IpcErrorCode[] = []) =>
  ({ from: 'desk', args, result, errors }) as const;

const { nothing, done, id, whole } = shape;
const fence = whole;
const disk = ['ioError', 'diskFull', 'tooLarge', 'unavailable'] as const;
const fenced = ['staleFence', ...disk] as const;

/** Every call into main, by 'area.verb'. Nothing else names a channel. */
export const calls = {
  'journal.open': engine(nothing, shape.journalOpening, ['newerFormat', ...disk]),
  'journal.append': engine(
    z.strictObject({ fence, expectedLsn: whole, frames: shape.frames }),
    z.object({ lastLsn: whole }),
    ['unexpectedLsn', 'notFound', 'newerFormat', ...fenced],
  ),
  'journal.read': engine(
    z.strictObject({ fromLsn: whole, maxBytes: shape.readBytes }),
    z.object({ frames: z.array(shape.frame), nextLsn: whole.nullable() }),
    ['notFound', 'newerFormat', ...disk],
  ),
  'journal.restartAt': engine(z.strictObject({ fence, lsn: whole }), done, ['unexpectedLsn', ...fenced]),
  'journal.compact': engine(z.strictObject({ fence, throughLsn: whole }), z.object({ removedSegments: whole }), fenced),

  'stages.append': engine(z.strictObject({ fence, stageId: id, lines: shape.stageLines }), done, fenced),
  'stages.seal': engine(z.strictObject({ fence, stageId: id }), z.object({ bytes: whole, lines: whole }), [
    'notFound',
    ...fenced,
  ]),
  'stages.read': engine(
    z.strictObject({ stageId: id, fromLine: whole, maxBytes: shape.readBytes }),
    z.object({ lines: z.array(z.string()), nextLine: whole.nullable() }),
    ['notFound', ...disk],
  ),
  'stages.discard': engine(z.strictObject({ fence, stageId: id }), done, ['notFound', ...fenced]),

  'snapshots.latest': engine(nothing, shape.snapshotManifest.nullable(), ['newerFormat', ...disk]),
  'snapshots.writePage': engine(
    z.strictObject({ fence, text: shape.pageText }),
    z.object({ hash: shape.hash }),
    fenced,
  ),
  'snapshots.readPage': engine(z.strictObject({ hash: shape.hash }), z.object({ text: z.string() }), [
    'notFound',
    ...disk,
  ]),
  'snapshots.commit': engine(z.strictObject({ fence, manifest: shape.snapshotManifest }), done, [
    'notFound',
    ...fenced,
  ]),

  'drafts.list': engine(nothing, z.array(shape.draft), disk),
  'drafts.put': engine(shape.draft, done, disk),
  'drafts.remove': engine(z.strictObject({ draftId: id }), done, ['notFound', ...disk]),

  'settings.read': engine(nothing, z.record(z.string(), z.unknown()), disk),
  'settings.write': engine(z.strictObject({ values: shape.deviceValues }), done, disk),

  'notifications.show': engine(shape.notificationRequest, shape.notificationOutcome),
  'notifications.badge': engine(z.strictObject({ count: whole.max(1_000_000) }), done),

  /** False: it could not be thrown away. */
  'database.reset': engine(nothing, z.boolean()),
  'database.room': engine(nothing, whole.nullable()),

  /** Faults of the network are in the results; the codes here are the boundary's own. */
  'network.state': engine(network.state.args, network.state.result),
  'network.connect': engine(network.connect.args, network.connect.result),
  'network.signIn': engine(network.signIn.args, network.signIn.result),
  'network.signInByBrowser': engine(network.signInByBrowser.args, network.signInByBrowser.result),
  'network.cancelSignIn': engine(network.cancelSignIn.args, network.cancelSignIn.result),
  'network.signOut': engine(network.signOut.args, network.signOut.result),
  'network.disconnect': engine(network.disconnect.args, network.disconnect.result),
  'network.push': engine(network.push.args, network.push.result, ['tooLarge']),
  'network.pull': engine(network.pull.args, network.pull.result),
  'network.subject': engine(network.subject.args, network.subject.result),
  'network.find': engine(network.find.args, network.find.result),
  'network.size': engine(network.size.args, network.size.result),
  'network.look': engine(network.look.args, network.look.result),

  /** Faults of the disk are in the results here too. */
  'files.states': engine(files.states.args, files.states.result),
  'files.upload': engine(files.upload.args, files.upload.result),
  'files.download': engine(files.wanted.args, files.wanted.result),
  'files.loose': engine(files.loose.args, files.loose.result),
  'files.settle': engine(files.settle.args, files.settle.result),

  'engine.log': engine(shape.logLine, done),
  /** The page listens now: main hands over the ports that waited for it. */
  'engine.ready': engine(nothing, done),
  /** Answer to the event `areYouThere`. */
  'engine.alive': engine(nothing, done),
  /** Answer to the event `finish`: nothing the engine began is open. */
  'engine.finished': engine(nothing, done),

  /** A window hands over bytes in pieces, so that no path ever crosses. */
  'files.begin': desk(files.begin.args, files.begin.result),
  'files.append': desk(files.append.args, files.append.result),
  'files.finish': desk(files.finish.args, files.finish.result),
  'files.abandon': desk(files.abandon.args, files.abandon.result),
  'files.state': desk(files.states.args, files.states.result),
  'files.picture': desk(files.picture.args, files.picture.result),
  'files.saveAs': desk(files.saveAs.args, files.saveAs.result),
  'files.fetch': desk(files.wanted.args, files.wanted.result),

  'desk.boot': desk(nothing, shape.boot),
  /** The port itself arrives by the event `enginePort` that carries the same connection. */
  'desk.connectEngine': desk(nothing, z.object({ connection: id })),
  'desk.writeSettings': desk(z.strictObject({ changes: shape.deskSettingsChanges }), shape.deskSettings, disk),
  'desk.openWindow': desk(z.strictObject({ route: shape.route }), done),
  'desk.saveFile': desk(
    z.strictObject({ suggestedName: z.string().min(1).max(200), text: z.string().max(64 * 1024 * 1024) }),
    z.boolean(),
    disk,
  ),
  'desk.saveDiagnostics': desk(nothing, shape.diagnosticsOutcome, disk),
  'desk.copyText': desk(z.strictObject({ text: z.string().max(1024 * 1024) }), done),
  'desk.showDataFolder': desk(nothing, done),
  'desk.painted': desk(nothing, done),
  /** The page listens for `request` now: what waited for it is sent. */
  'desk.listening': desk(nothing, done),
} as const satisfies Readonly<Record<string, Row>>;

export type Channel = keyof typeof calls;
export type ChannelOf<K extends WindowKind> = {
  [C in Channel]: (typeof calls)[C]['from'] extends K ? C : never;
}[Channel];

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;
/** What a page may pass, what main gets of it, what a page makes of the answer. */
export type CallArgs<C extends Channel> = DeepReadonly<z.input<(typeof calls)[C]['args']>>;
export type ParsedArgs<C extends Channel> = z.output<(typeof calls)[C]['args']>;
export type CallResult<C extends Channel> = z.output<(typeof calls)[C]['result']>;
/** What every call answers; main never throws across. */
export type CallAnswer<C extends Channel> = Result<DeepReadonly<CallResult<C>>, IpcError>;
export const CHANNELS = Object.keys(calls) as readonly Channel[];

interface EventRow {
  readonly to: WindowKind;
  readonly payload: z.ZodType;
  /** A message port travels with it; the preload hands it to the page by `window.postMessage`. */
  readonly port: boolean;
}

/** Every event main sends to a page. */
export const events = {
  engineLost: { to: 'desk', payload: nothing, port: false },
  request: { to: 'desk', payload: shape.deskRequest, port: false },
  fileChanged: { to: 'desk', payload: fileState, port: false },
  enginePort: { to: 'desk', payload: z.strictObject({ connection: id }), port: true },
  windowPort: { to: 'engine', payload: z.strictObject({ windowId: id }), port: true },
  /** The server has something new, or may have: the connection that tells was made anew. */
  poke: { to: 'engine', payload: poke, port: false },
  /** Who else looks at an incident. */
  presence: { to: 'engine', payload: present, port: false },
  fileMoved: { to: 'engine', payload: fileState, port: false },
  areYouThere: { to: 'engine', payload: nothing, port: false },
  /** The application is about to quit: end what is running and call `engine.finished`. */
  finish: { to: 'engine', payload: nothing, port: false },
} as const satisfies Readonly<Record<string, EventRow>>;

export type EventName = keyof typeof events;
export type EventOf<K extends WindowKind> = {
  [E in EventName]: (typeof events)[E]['to'] extends K ? E : never;
}[EventName];
export type EventPayload<E extends EventName> = z.output<(typeof events)[E]['payload']>;
export const EVENTS = Object.keys(events) as readonly EventName[];

/** How a port reaches the page: `window.postMessage` of this, with the port as its only transferred object. */
export interface PortMessage {
  readonly type: 'deskbell.port';
  readonly id: string;
}
