import type { JournalOpening } from '#contracts/host/engine-host.ts';
import type { NetworkState } from '#contracts/host/network.ts';
import type { Activity, Id, Instant } from '#domain/activity/activity.ts';
import type { AlertChange } from '#domain/alerts/rules.ts';
import { withSharedStore } from '#renderer/data/shared/open-shared-store.ts';
import type { SharedStore } from '#renderer/data/shared/shared-store.ts';
import type { Senders } from '#sync/client/attachments.ts';
import type { Judge } from '../command-queue.ts';
import type { EngineEnvironment } from '../environment.ts';
import type { LiveDesk } from '../live-desk.ts';
import { slices } from '../slices.ts';
import { AttachedFiles } from './attached-files.ts';
import { outgoingJudge } from './commands-out.ts';
import type { Membership } from './membership.ts';
import { RoundsRunner } from './rounds-runner.ts';
import { SharedDesk } from './shared-desk.ts';
import type { SyncBook } from './sync-book.ts';

export interface ShareRunPorts {
  readonly environment: EngineEnvironment;
  readonly desk: LiveDesk;
  readonly book: SyncBook;
  /** Who is at the desk. */
  person(): Id | null;
  learned(changes: readonly AlertChange[]): void;
  /** The browser took away what is held of the share. */
  lost(): void;
  /** Everything was sent and taken just now. */
  synced(at: Instant): void;
  failed(where: string, cause: unknown): void;
}

/** States in which a desk is not level with the server. */
const BEHIND = ['versionTooOld', 'signInNeeded', 'notOurServer', 'offline', 'serverRestored', 'loading', 'sending'];

const NOBODY: Senders = { devices: new Set(), people: new Set(), inTheirPlace: null };

/** A desk that follows a server, for as long as it is open: its client, and the rounds that keep it level. */
export class ShareRun {
  readonly shared: SharedDesk;
  readonly files: AttachedFiles;
  readonly runner: RoundsRunner;
  readonly judge: Judge;
  private readonly ports: ShareRunPorts;
  private readonly endPokes: () => void;
  /** This device's code in the numbers that it gives itself, and the id that the server gave it for. */
  private block: { readonly device: Id; readonly code: string } | null = null;

  private constructor(ports: ShareRunPorts, shared: SharedDesk, files: AttachedFiles) {
    const { environment, desk } = ports;
    const { host, now, after } = environment;
    this.ports = ports;
    this.shared = shared;
    this.files = files;
    this.runner = new RoundsRunner({
      round: () => this.round(),
      mayTryNow: () => shared.client.mayTryNow,
      now,
      after,
      changed: () => desk.touch('agreement'),
      failed: (cause) => ports.failed('round', cause),
    });
    this.judge = outgoingJudge({
      desk,
      shared,
      isKnown: (person) => desk.membership.people.some(({ personId }) => personId === person),
      recorded: () => this.runner.recorded(),
      nextNumber: () => (this.block === null ? null : shared.numbers.next(this.block.code)),
    });
    this.endPokes = host.network.onPoke(() => this.runner.tryNow());
  }

  static async open(
    ports: ShareRunPorts,
    share: NonNullable<Membership['share']>,
    opening: JournalOpening,
  ): Promise<ShareRun> {
    const { environment, desk, book } = ports;
    const { host, zone, now, newId, elapsed, breathe, random } = environment;
    let run: ShareRun | null = null;
    const files = new AttachedFiles({
      files: host.files,
      senders: () => run?.senders(opening.device) ?? NOBODY,
      failed: (cause) => ports.failed('files', cause),
    });
    const openOn = (store: SharedStore) => {
      const rest = { filesNamed: (timeline: readonly Activity[]) => files.confirmed(timeline), learned: ports.learned };
      const pause = () => slices(elapsed, breathe);
      const failed = (cause: unknown) => ports.failed('show', cause);
      const around = { desk, book, shared: store, network: host.network, zone, now, random, newId, pause, failed };
      return SharedDesk.open({ ...around, ...rest }, desk.membership.people);
    };
    const shared = await withSharedStore(environment.databaseName, share.shareId, ports.lost, openOn);
    if (opening.deviceIsNew) await shared.client.takeNewDevice();
    run = new ShareRun(ports, shared, files);
    await run.seat(await host.network.state());
    run.runner.tryNow();
    return run;
  }

  /** Everybody with a session may send; who is at the desk looks at the screen. */
  async seat(state: NetworkState): Promise<void> {
    if (state.mode !== 'connected') return;
    this.takeBlock(state);
    const { client } = this.shared;
    const current = this.ports.person();
    const open = state.people.filter((one) => one.open).map(({ user }) => user.id);
    for (const { user } of state.people) if (!open.includes(user.id)) client.signOut(user.id);
    for (const { user, revoked } of state.people) if (revoked) await client.revoke(user.id);
    for (const id of open) if (id !== current) client.signIn(id);
    if (current !== null && open.includes(current)) client.signIn(current);
  }

  /** Who sends what was attached at this desk, `device` being its own id. */
  private senders(device: Id): Senders {
    const { client } = this.shared;
    const people = new Set(this.ports.desk.membership.people.map(({ personId }) => personId));
    const devices = new Set([device, ...client.devices]);
    const current = this.ports.person();
    return { devices, people, inTheirPlace: current !== null && client.isSignedIn(current) ? current : null };
  }

  /** Another id's code is better than none: its numbers are this desk's too. */
  private takeBlock(state: NetworkState): void {
    if (state.mode !== 'connected') return;
    const here = this.shared.client.device;
    for (const { device, block } of state.people) {
      if (block !== null && device === here) this.block = { device, code: block };
    }
  }

  /** No round goes on, and nothing is read any more. */
  async close(): Promise<void> {
    this.endPokes();
    await this.runner.stop();
    this.shared.close();
  }

  private async round(): Promise<number | null> {
    const wait = await this.shared.client.round();
    await this.shared.catchUp();
    // A session goes over to this device's id, and gets its code, with the first thing that is asked under it.
    const { client } = this.shared;
    if (this.block?.device !== client.device) this.takeBlock(await this.ports.environment.host.network.state());
    const states = await this.shared.states();
    if (!states.some(({ kind }) => BEHIND.includes(kind))) this.ports.synced(this.ports.environment.now());
    return wait;
  }
}
