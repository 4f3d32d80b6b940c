import type { Activity, Id, Instant, Visibility } from '#domain/activity/activity.ts';
import type { DirectoryRecords } from '#domain/directory/directory.ts';
import type {
  CancelReason,
  Channel,
  Contact,
  HoldReason,
  Impact,
  IncidentKind,
  Priority,
  ResolutionCode,
  Urgency,
} from '#domain/incident/incident.ts';

/** Fields a person may edit one by one with `incident.update`; each travels as from → to. */
export interface EditableFields {
  shortDescription: string;
  description: string;
  kind: IncidentKind;
  channel: Channel;
  callerId: Id | null;
  affectedId: Id | null;
  contact: Contact | null;
  siteId: Id | null;
  location: { room: string | null; accessNotes: string | null } | null;
  categoryId: Id | null;
  serviceId: Id | null;
  configurationItemIds: Id[];
  impact: Impact;
  urgency: Urgency;
  vendor: { name: string; reference: string | null } | null;
  tags: string[];
  watcherIds: Id[];
  problemRef: string | null;
  knownErrorRef: string | null;
  changeRefs: string[];
  parentId: Id | null;
  confidential: boolean;
}
export type EditableField = keyof EditableFields;
export type FieldChanges = { [F in EditableField]?: { from: EditableFields[F]; to: EditableFields[F] } };

/** Arguments by command name; ids inside are made by the sender. Unknown arguments are refused. */
export interface CommandArgs {
  'incident.record': {
    incidentId: Id;
    /** As its joined device numbers it until the server has (`formatBlockNumber`); an alias from then on. */
    provisionalNumber?: string;
    shortDescription: string;
    description?: string;
    kind?: IncidentKind;
    channel: Channel;
    callerId?: Id;
    affectedId?: Id;
    contact?: Contact;
    siteId?: Id;
    location?: { room: string | null; accessNotes: string | null };
    categoryId?: Id;
    serviceId?: Id;
    configurationItemIds?: Id[];
    impact: Impact;
    urgency: Urgency;
    /** True when nobody chose impact or urgency. */
    assumed?: boolean;
    assignmentGroupId?: Id;
    assignedToId?: Id;
    tags?: string[];
    parentId?: Id;
    modelId?: Id;
    confidential?: boolean;
    /** A caller not known yet, made together with the incident. */
    newCaller?: { personId: Id; name: string; phone: string | null };
    /** Create and resolve in one step: one command, so both or neither. */
    resolve?: { resolutionCode: ResolutionCode; resolutionNotes: string; confirmedBy?: string };
  };
  'incident.update': { incidentId: Id; changes: FieldChanges };
  /** `from` is the owner whom the sender saw: on a shared log somebody else may have changed them meanwhile. */
  'incident.assign': { incidentId: Id; assignedToId: Id | null; from?: Id | null };
  'incident.transfer': {
    incidentId: Id;
    assignmentGroupId: Id;
    assignedToId?: Id;
    note: string;
    warm?: boolean;
    sendBack?: boolean;
    /** Group and owner whom the sender saw. */
    from?: { assignmentGroupId: Id | null; assignedToId: Id | null };
  };
  'incident.start': { incidentId: Id };
  'incident.hold': {
    incidentId: Id;
    reason: HoldReason;
    /** Absent: the default of the reason (2 business days; Change and Problem 5). */
    until?: Instant;
    reply?: { entryId: Id; body: string };
    callEntryId?: Id;
    vendor?: { name: string; reference: string | null };
    approver?: string;
  };
  'incident.resume': { incidentId: Id };
  'incident.resolve': {
    incidentId: Id;
    resolutionCode: ResolutionCode;
    resolutionNotes: string;
    duplicateOfId?: Id;
    confirmedBy?: string;
  };
  'incident.close': { incidentId: Id; confirmation?: string };
  'incident.reopen': { incidentId: Id; reason: string };
  'incident.cancel': { incidentId: Id; reason: CancelReason; detail?: string };
  /** `value: null` withdraws the override. */
  'incident.prioritise': {
    incidentId: Id;
    value: Priority | null;
    why: string;
    mode: 'corrected' | 'situationChanged';
  };
  'incident.note': { incidentId: Id; entryId: Id; body: string };
  'incident.reply': { incidentId: Id; entryId: Id; body: string; releaseAt: Instant };
  'incident.logCall': { incidentId: Id; entryId: Id; body: string };
  'incident.attach': {
    incidentId: Id;
    attachmentId: Id;
    /** Of the content, in lower-case hexadecimal digits. */
    sha256: string;
    name: string;
    bytes: number;
    /** Told from the content. */
    mediaType: string;
    /** Public: the caller may have it too. */
    visibility: Visibility;
  };
  'incident.detach': { incidentId: Id; attachmentId: Id };
  'command.undo': { commandId: Id };
  'directory.save': {
    [K in keyof DirectoryRecords]: { kind: K; record: DirectoryRecords[K] };
  }[keyof DirectoryRecords];
  'configuration.setMatrix': { matrix: readonly (readonly Priority[])[] };
  /** Adopts what a source says happened: schemas are checked, transitions are not. */
  'history.adopt': {
    subject: { kind: 'incident'; id: Id };
    source: string;
    activities: readonly Activity[];
    /** The highest number of our own form that is handed over: one given anew lies above it and takes nobody's. */
    above?: number;
  };
}
export type CommandName = keyof CommandArgs;

/** A person's intent on its way to the authority. */
export interface Command<N extends CommandName = CommandName> {
  readonly id: Id;
  readonly name: N;
  readonly args: CommandArgs[N];
  readonly actor: Id;
  readonly device: Id;
  /** When it happened, as the person says; may lie in the past (never before opening, never in the future). */
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  /** Reason for an `occurredAt` more than 15 minutes before `recordedAt`. */
  readonly lateReason?: string;
  /**
   * For a reply, also one that goes with a hold: the newest entry the caller can read, by activity id, that its writer had before them; null when
   * there was none, absent when nobody asked.
   */
  readonly seen?: Id | null;
}

/** Every way a command can be refused. The screen has one sentence for each, in renderer/words. */
export const REFUSAL_CODES = [
  'argumentsInvalid',
  'notFound',
  'alreadyExists',
  'notAllowedForRole',
  'wrongState',
  'closedIsFinal',
  'needsOwner',
  'needsShortDescription',
  'needsHoldReason',
  'needsUntilInFuture',
  'needsReplyOrCall',
  'needsVendor',
  'needsApprover',
  'needsResolutionCode',
  'needsResolutionNotes',
  'needsDuplicateOf',
  'duplicateOfItself',
  'needsReason',
  'needsGroup',
  'needsHandOverNote',
  'ownerNotInGroup',
  'cannotSendBack',
  'fieldChangedMeanwhile',
  'nothingChanged',
  'occurredInFuture',
  'occurredBeforeOpening',
  'needsLateReason',
  'nothingToUndo',
  'undoSuperseded',
  'undoReplySent',
  'replyStale',
  'matrixNotMonotonic',
  'nameTaken',
  'textTooLong',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export interface Refusal {
  readonly code: RefusalCode;
  /** Values for the sentence: a state, a role, a field, the command that would be proper. */
  readonly details?: Readonly<Record<string, string | number>>;
}
