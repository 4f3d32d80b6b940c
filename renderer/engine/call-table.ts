import type { CallName, Calls, EngineError, SubmitArgs } from '#contracts/engine/protocol.ts';
import type { EngineHost, JournalError } from '#contracts/host/engine-host.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { AgreementDeeds } from './agreement/agreement.ts';
import type { PresenceDeeds } from './agreement/presence.ts';
import type { AlertEngine } from './alerts/alert-engine.ts';
import type { DraftShelf } from './draft-shelf.ts';
import type { ImportCoordinator } from './import/coordinator.ts';
import { previewImport } from './import/preview.ts';
import type { DeskSession } from './session.ts';

/** What calls act on. */
export interface CallTargets {
  readonly drafts: DraftShelf;
  readonly session: DeskSession;
  readonly alerts: Pick<AlertEngine, 'acknowledge' | 'snooze'>;
  readonly imports: ImportCoordinator;
  /** Whole histories, and people by their names alone, come only to a desk that shares nothing. */
  isAlone(): boolean;
  readonly agreement: AgreementDeeds;
  readonly presence: PresenceDeeds;
  readonly notifications: Pick<EngineHost['notifications'], 'show'>;
  submit(args: SubmitArgs): Promise<Result<Calls['submit']['value'], EngineError>>;
  loadSample(args: Calls['loadSample']['args']): Promise<Result<Calls['loadSample']['value'], EngineError>>;
  retry(): Promise<void>;
}

type CallTable = {
  readonly [N in CallName]: (
    args: Calls[N]['args'],
    targets: CallTargets,
  ) => Result<Calls[N]['value'], EngineError> | Promise<Result<Calls[N]['value'], EngineError>>;
};

/** A second test replaces the first. */
const TEST_NOTIFICATION = 'test';

export const CALLS: CallTable = {
  submit: (args, targets) => targets.submit(args),
  saveDraft: async ({ draft }, { drafts }) => journalAnswer(await drafts.put(draft)),
  removeDraft: async ({ draftId }, { drafts }) => journalAnswer(await drafts.remove(draftId)),
  introduce: (args, { session, isAlone }) => (isAlone() ? session.introduce(args) : SHARED),
  switchPerson: ({ personId }, { session }) => session.switchTo(personId),
  loadSample: (args, targets) => (targets.isAlone() ? targets.loadSample(args) : SHARED),
  acknowledgeAlert: ({ alertId }, { alerts }) => found(alerts.acknowledge(alertId)),
  snoozeAlert: ({ alertId, until }, { alerts }) => found(alerts.snooze(alertId, until)),
  testNotification: async ({ title, body }, { notifications }) =>
    ok(
      await notifications.show({
        alertId: TEST_NOTIFICATION,
        title,
        body,
        urgency: 'normal',
        link: 'deskbell://queue/my-work',
        tag: TEST_NOTIFICATION,
      }),
    ),
  previewImport: ({ file, format }) => previewImport(file, format),
  startImport: (args, { imports, isAlone }) => (isAlone() ? imports.start(args) : SHARED),
  stopImport: ({ importId }, { imports }) => imports.stop(importId),
  findServer: (args, { agreement }) => agreement.findServer(args),
  signIn: (args, { agreement }) => agreement.signIn(args),
  signInByBrowser: (_, { agreement }) => agreement.signInByBrowser(),
  cancelSignIn: (_, { agreement }) => agreement.cancelSignIn(),
  signOut: (args, { agreement }) => agreement.signOut(args),
  previewJoin: (args, { agreement }) => agreement.previewJoin(args),
  join: (args, { agreement }) => agreement.join(args),
  leave: (_, { agreement }) => agreement.leave(),
  syncNow: (_, { agreement }) => agreement.syncNow(),
  exportOutbox: (_, { agreement }) => agreement.exportOutbox(),
  decideConflicts: (args, { agreement }) => agreement.decideConflicts(args),
  undoDecision: (args, { agreement }) => agreement.undoDecision(args),
  sizeOfScope: (args, { agreement }) => agreement.sizeOfScope(args),
  keepScope: (args, { agreement }) => agreement.keepScope(args),
  bringHere: (args, { agreement }) => agreement.bringHere(args),
  prepareForRoad: (args, { agreement }) => agreement.prepareForRoad(args),
  look: (args, { presence }) => {
    presence.look(args);
    return ok(null);
  },
  retry: async (_, targets) => {
    await targets.retry();
    return ok(null);
  },
};

const SHARED: Result<never, EngineError> = err({ code: 'sharedAlready' });

const found = (known: boolean): Result<null, EngineError> =>
  known ? ok(null) : err({ code: 'refused', refusal: { code: 'notFound', details: { what: 'alert' } } });

/** What the machine said of its disk, in the words of the engine. */
export const journalAnswer = (answer: Result<null, JournalError>): Result<null, EngineError> => {
  if (answer.ok) return answer;
  return err({ code: answer.error.code === 'diskFull' ? 'diskFull' : 'journalFailed' });
};
