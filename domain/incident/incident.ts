import type { Id, Instant } from '#domain/activity/activity.ts';

export const INCIDENT_STATES = ['new', 'inProgress', 'onHold', 'resolved', 'closed', 'canceled'] as const;
export type IncidentState = (typeof INCIDENT_STATES)[number];
export const OPEN_STATES: readonly IncidentState[] = ['new', 'inProgress', 'onHold'];

export const INCIDENT_KINDS = ['incident', 'request', 'question'] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

export const CHANNELS = ['phone', 'email', 'portal', 'monitoring', 'chat', 'walkIn'] as const;
export type Channel = (typeof CHANNELS)[number];

export const LEVELS = [1, 2, 3] as const;
/** Impact: 1 a site or a service, 2 several people or a team, 3 one person. */
export type Impact = (typeof LEVELS)[number];
/** Urgency: 1 cannot work and no way round, 2 hindered, 3 can wait. */
export type Urgency = (typeof LEVELS)[number];

export const PRIORITIES = [1, 2, 3, 4, 5] as const;
/** 1 Critical, 2 High, 3 Moderate, 4 Low, 5 Planning. */
export type Priority = (typeof PRIORITIES)[number];

export const HOLD_REASONS = [
  'awaitingCaller',
  'awaitingSiteAccess',
  'awaitingApproval',
  'awaitingVendor',
  'awaitingChange',
  'awaitingProblem',
  'awaitingParts',
  'awaitingEvidence',
] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

export const RESOLUTION_CODES = [
  'solutionProvided',
  'workaroundProvided',
  'resolvedByCaller',
  'resolvedByChange',
  'resolvedByProblem',
  'resolvedByRequest',
  'knownError',
  'duplicate',
  'noResolutionProvided',
  'noResponseFromCaller',
  'cannotReproduce',
] as const;
export type ResolutionCode = (typeof RESOLUTION_CODES)[number];

export const CANCEL_REASONS = ['recordedInError', 'withdrawn', 'spam', 'anotherDesk'] as const;
export type CancelReason = (typeof CANCEL_REASONS)[number];

export interface Hold {
  /** Null only when a source says "on hold" and not why. */
  readonly reason: HoldReason | null;
  /** Always set by our own commands; null only when a source did not say. */
  readonly until: Instant | null;
  readonly since: Instant;
  /** The state `resume` returns to. */
  readonly from: 'new' | 'inProgress';
  readonly vendor: { readonly name: string; readonly reference: string | null } | null;
  readonly approver: string | null;
}

export interface Resolution {
  /** A source's own code that is not one of ours is kept in `sourceCode` and `code` is null. */
  readonly code: ResolutionCode | null;
  readonly sourceCode: string | null;
  readonly notes: string;
  readonly at: Instant;
  readonly by: Id | null;
  readonly confirmedBy: string | null;
}

export interface Contact {
  readonly number: string | null;
  readonly mail: string | null;
  readonly bestTime: string | null;
}

/** The incident as the fold of its activities. Never edited; a new one is computed from each activity. */
export interface Incident {
  readonly id: Id;
  readonly number: string;
  readonly aliases: readonly { readonly value: string; readonly source: string }[];
  readonly kind: IncidentKind;
  readonly channel: Channel;
  /** The channel's own word when an import brought one we have no name for. */
  readonly sourceChannel: string | null;
  readonly callerId: Id | null;
  readonly affectedId: Id | null;
  readonly contact: Contact | null;
  readonly openedById: Id | null;
  readonly organisation: string | null;
  readonly siteId: Id | null;
  readonly location: { readonly room: string | null; readonly accessNotes: string | null } | null;
  readonly shortDescription: string;
  readonly description: string;
  /** A leaf or a branch of the category tree (a subcategory is a category with a parent). */
  readonly categoryId: Id | null;
  readonly initialCategoryId: Id | null;
  readonly serviceId: Id | null;
  readonly configurationItemIds: readonly Id[];
  readonly impact: Impact;
  readonly urgency: Urgency;
  /** True until a person or a rule has set impact or urgency (preset 3·2). */
  readonly assumed: boolean;
  readonly priority: Priority;
  readonly matrixPriority: Priority;
  readonly override: {
    readonly value: Priority;
    readonly reason: string;
    readonly by: Id;
    readonly at: Instant;
  } | null;
  readonly state: IncidentState;
  readonly hold: Hold | null;
  readonly assignmentGroupId: Id | null;
  readonly assignedToId: Id | null;
  /** When it last became unowned after work had begun ("Waiting for pick-up"); null while owned or never begun. */
  readonly waitingForPickUpSince: Instant | null;
  readonly vendor: { readonly name: string; readonly reference: string | null } | null;
  readonly watcherIds: readonly Id[];
  readonly tags: readonly string[];
  readonly parentId: Id | null;
  readonly duplicateOfId: Id | null;
  readonly problemRef: string | null;
  readonly knownErrorRef: string | null;
  readonly changeRefs: readonly string[];
  readonly confidential: boolean;
  readonly modelId: Id | null;
  readonly resolution: Resolution | null;
  readonly closedAt: Instant | null;
  readonly closedById: Id | null;
  readonly cancellation: {
    readonly reason: CancelReason | null;
    readonly detail: string | null;
    readonly at: Instant;
  } | null;
  readonly openedAt: Instant;
  readonly recordedAt: Instant;
  readonly updatedAt: Instant;
  readonly startedAt: Instant | null;
  readonly firstResolvedAt: Instant | null;
  readonly lastMessageAt: Instant | null;
  readonly lastReplyAt: Instant | null;
  /** Derived counts, never written by hand. `reassignments` counts changes of group. */
  readonly counts: {
    readonly reopened: number;
    readonly reassignments: number;
    readonly notes: number;
    readonly replies: number;
    readonly messages: number;
  };
  /** What the source of an import said of itself, kept beside ours. */
  readonly source: {
    readonly name: string;
    readonly number: string | null;
    /** What the source last said the priority is; null if it never did. Differs from the matrix: an override. */
    readonly priority: Priority | null;
    readonly counters: {
      readonly reopened: number | null;
      readonly reassignments: number | null;
      readonly modifications: number | null;
    };
    /** Source fields we have no home for, by their column name. */
    readonly extra: Readonly<Record<string, string>>;
  } | null;
  /** Highest seq folded in: applying an activity at or below it does nothing. */
  readonly throughSeq: number;
  /** Place (`cause.index`) of the last activity folded in at `throughSeq`; -1 when it had none. */
  readonly throughIndex: number;
  readonly foldVersion: number;
}
