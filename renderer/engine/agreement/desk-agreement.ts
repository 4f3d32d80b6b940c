import type { Connection, Readiness, SeatedPerson } from '#contracts/engine/agreement.ts';
import type { EngineError } from '#contracts/engine/protocol.ts';
import type { NetworkFault, NetworkHost, NetworkState, SignedIn } from '#contracts/host/network.ts';
import type { Id } from '#domain/activity/activity.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { AgreementAnswers, AgreementDeeds } from './agreement.ts';

interface AgreementPorts {
  readonly network: NetworkHost;
  /** The id under which this desk pushes. */
  device(): Id;
  changed(): void;
}

/** This desk's side of the agreement with others. */
export class DeskAgreement implements AgreementAnswers, AgreementDeeds {
  private readonly ports: AgreementPorts;

  constructor(ports: AgreementPorts) {
    this.ports = ports;
  }

  async connection(): Promise<Connection> {
    return withoutServer(await this.ports.network.state());
  }

  outbox = async () => ({ total: 0, items: [] });
  conflicts = async () => ({ items: [], names: {}, decided: null });
  readiness = async (): Promise<Readiness> => ({
    incidents: 0,
    wanted: 0,
    held: 0,
    missing: [],
    fetching: null,
    syncedAt: null,
    loading: null,
    bytesFree: null,
    score: 100,
    ready: true,
  });

  async findServer(args: { address: string }) {
    return this.told(await this.ports.network.connect(args));
  }

  async signIn(args: { email: string; password: string }): Promise<Result<SeatedPerson, EngineError>> {
    const signedIn = this.told(await this.ports.network.signIn({ ...args, device: this.ports.device() }));
    return signedIn.ok ? ok(seated(signedIn.value)) : signedIn;
  }

  async signOut({ personId }: { personId: Id }): Promise<Result<null, EngineError>> {
    const out = this.told(await this.ports.network.signOut({ person: personId }));
    return out.ok ? ok(null) : out;
  }

  signInByBrowser = async () => notShared();
  previewJoin = async () => notShared();
  join = async () => notShared();
  syncNow = async () => notShared();
  exportOutbox = async () => notShared();
  decideConflicts = async () => notShared();
  undoDecision = async () => notShared();
  prepareForRoad = async () => notShared();

  async leave(): Promise<Result<null, EngineError>> {
    return this.told(await this.ports.network.disconnect());
  }

  private told<T>(answer: Result<T, NetworkFault>): Result<T, EngineError> {
    this.ports.changed();
    return answer.ok ? answer : err(networkError(answer.error));
  }
}

const notShared = (): Result<never, EngineError> => err({ code: 'notShared' });

const networkError = ({ code, retryAfter }: NetworkFault): EngineError => ({
  code: 'network',
  network: code,
  ...(retryAfter === undefined ? {} : { details: { retryAfter } }),
});

const seated = ({ user, open }: SignedIn): SeatedPerson => ({
  personId: user.id,
  name: user.name,
  email: user.email,
  role: user.role,
  open,
});

const withoutServer = (state: NetworkState): Connection => ({
  mode: state.mode === 'connected' ? 'found' : state.mode,
  address: state.mode === 'connected' ? state.address : null,
  people: state.mode === 'connected' ? state.people.map(seated) : [],
  tokens: state.mode === 'connected' && state.people.length > 0 ? state.tokens : null,
  states: [],
  syncedAt: null,
  nextTryAt: null,
  handingOver: null,
  waiting: 0,
  parked: 0,
});
