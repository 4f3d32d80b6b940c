import type { AgreementCalls, AgreementQueries } from '#contracts/engine/agreement.ts';
import type { EngineError } from '#contracts/engine/protocol.ts';
import type { Result } from '#domain/result.ts';

type Answer<N extends keyof AgreementQueries> = Promise<AgreementQueries[N]['value']>;
type Done<N extends keyof AgreementCalls> = Promise<Result<AgreementCalls[N]['value'], EngineError>>;
type Args<N extends keyof AgreementCalls> = AgreementCalls[N]['args'];

/** What windows may know of the way to the server. */
export interface AgreementAnswers {
  connection(): Answer<'connection'>;
  outbox(limit: number): Answer<'outbox'>;
  conflicts(personId: string): Answer<'conflicts'>;
  readiness(personId: string): Answer<'readiness'>;
  /** Somebody opens this incident: what is missing of it is fetched. */
  opened(incidentId: string): void;
}

/** What windows may ask for about it. */
export interface AgreementDeeds {
  findServer(args: Args<'findServer'>): Done<'findServer'>;
  signIn(args: Args<'signIn'>): Done<'signIn'>;
  signInByBrowser(): Done<'signInByBrowser'>;
  cancelSignIn(): Done<'cancelSignIn'>;
  signOut(args: Args<'signOut'>): Done<'signOut'>;
  previewJoin(args: Args<'previewJoin'>): Done<'previewJoin'>;
  join(args: Args<'join'>): Done<'join'>;
  leave(): Done<'leave'>;
  syncNow(): Done<'syncNow'>;
  exportOutbox(): Done<'exportOutbox'>;
  decideConflicts(args: Args<'decideConflicts'>): Done<'decideConflicts'>;
  undoDecision(args: Args<'undoDecision'>): Done<'undoDecision'>;
  sizeOfScope(args: Args<'sizeOfScope'>): Done<'sizeOfScope'>;
  keepScope(args: Args<'keepScope'>): Done<'keepScope'>;
  bringHere(args: Args<'bringHere'>): Done<'bringHere'>;
  prepareForRoad(args: Args<'prepareForRoad'>): Done<'prepareForRoad'>;
}
