import type { AgreementCalls, Connection, JoinPreview } from '#contracts/engine/agreement.ts';
import type { EngineError } from '#contracts/engine/protocol.ts';
import type { NetworkState, SignedIn } from '#contracts/host/network.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { Role } from '#domain/directory/directory.ts';
import { may } from '#domain/permissions/permissions.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { Share, SyncRecord } from '#renderer/data/sync-records.ts';
import type { EngineEnvironment } from '../environment.ts';
import type { LiveDesk } from '../live-desk.ts';
import { slices } from '../slices.ts';
import { directoryThere } from './directory-there.ts';
import { HandOver } from './hand-over.ts';
import { mappingTargets, newRecords, suggestMapping } from './mapping.ts';
import { knownPerson, seated } from './network-words.ts';
import type { SyncBook } from './sync-book.ts';

export interface JoiningPorts {
  readonly environment: EngineEnvironment;
  readonly desk: LiveDesk;
  readonly book: SyncBook;
  /** The id under which this desk signs in. */
  device(): Id;
  /** Durable, and the desk's own membership says so. */
  keep(records: readonly SyncRecord[]): Promise<Result<null, EngineError>>;
  seatPerson(personId: Id): Promise<Result<null, EngineError>>;
  whileStill(work: () => Promise<boolean>): Promise<boolean>;
  openAnew(): Promise<void>;
  changed(): void;
  bug(where: string, cause: unknown): void;
}

/** How a desk that works alone comes to follow a server: what that would do, and the doing. */
export class Joining {
  private readonly ports: JoiningPorts;
  private handing: HandOver | null = null;

  constructor(ports: JoiningPorts) {
    this.ports = ports;
  }

  get isHandingOver(): boolean {
    return this.handing !== null;
  }

  /** How far this desk's own history is on its way to the server, and what is in its way; nothing when none is. */
  told(state: NetworkState): Partial<Connection> {
    return this.handing?.told(state) ?? {};
  }

  /** Something happened that may have opened the way. */
  wake(): void {
    this.handing?.wake();
  }

  async stop(): Promise<void> {
    const { handing } = this;
    this.handing = null;
    await handing?.stop();
  }

  async preview({ personId }: AgreementCalls['previewJoin']['args']): Promise<Result<JoinPreview, EngineError>> {
    const { desk } = this.ports;
    const joining = await this.joining(personId);
    if (!joining.ok) return joining;
    const { session, address } = joining.value;
    const { network } = this.ports.environment.host;
    const isPlain = desk.index.size === 0;
    const directory = isPlain ? ok([]) : await directoryThere(network, personId, this.ports.device());
    if (!directory.ok) return directory;
    const records = directory.value;
    const { role } = session.user;
    return ok({
      address,
      person: seated(session),
      incidents: desk.index.size,
      mayHandOver: may(role, 'importHistory', false),
      mayAddRecords: may(role, 'configure', false),
      rows: isPlain ? [] : suggestMapping(desk.directory.rows(), records),
      targets: mappingTargets(records),
    });
  }

  async join({ personId, mapping }: AgreementCalls['join']['args']): Promise<Result<null, EngineError>> {
    const { desk, environment, openAnew } = this.ports;
    const joining = await this.joining(personId);
    if (!joining.ok) return joining;
    const { session, address } = joining.value;
    const { role, name } = session.user;
    const hasHistory = desk.index.size > 0;
    if (hasHistory && !mayTakeAlong(role, newRecords(desk.directory.rows(), mapping).length)) {
      return err({ code: 'mayNotHandOver' });
    }
    const share: Share = {
      shareId: environment.newId(),
      address,
      person: knownPerson(session),
      mapping,
      source: name,
      at: environment.now(),
      lsn: desk.lsn,
    };
    const kept = await this.ports.keep([{ kind: hasHistory ? 'handingOver' : 'joined', share }]);
    if (!kept.ok) return kept;
    if (hasHistory) this.handOver(share);
    else await openAnew();
    this.ports.changed();
    return hasHistory ? ok(null) : this.ports.seatPerson(personId);
  }

  /** Who would join, and where; refused unless this desk works alone and the person is signed in. */
  private async joining(personId: Id): Promise<Result<{ session: SignedIn; address: string }, EngineError>> {
    if (this.ports.desk.membership.phase !== 'alone') return err({ code: 'sharedAlready' });
    const state = await this.ports.environment.host.network.state();
    const session = state.mode === 'connected' ? state.people.find(({ user }) => user.id === personId) : undefined;
    if (state.mode !== 'connected' || !session?.open) return err({ code: 'network', network: 'signInNeeded' });
    return ok({ session, address: state.address });
  }

  /** This desk's own history goes to the server while people work on. */
  handOver(share: Share, through: string | null = null): void {
    const { environment, desk, whileStill, openAnew, seatPerson, bug } = this.ports;
    const { host, now, newId, random, after, elapsed, breathe } = environment;
    this.handing = new HandOver(
      {
        desk,
        book: this.ports.book,
        network: host.network,
        now,
        newId,
        random,
        after,
        pause: () => slices(elapsed, breathe),
        changed: () => this.ports.changed(),
        whileStill: async (work) => {
          const joined = await whileStill(work);
          if (!joined) return false;
          this.handing = null;
          await openAnew();
          await seatPerson(share.person.personId);
          return true;
        },
        failed: (cause) => bug('handOver', cause),
      },
      share,
      through,
    );
    this.handing.begin();
  }
}

/** A history needs one right, and a new entry of the directory another. */
const mayTakeAlong = (role: Role, records: number): boolean =>
  may(role, 'importHistory', false) && (records === 0 || may(role, 'configure', false));
