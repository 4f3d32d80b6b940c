import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { onTestFinished } from 'vitest';
import type { LoginAnswer } from '#contracts/api/auth.ts';
import type { PushAnswer, PushResult, SubjectAnswer } from '#contracts/sync/wire.ts';
import { createSqlAccounts } from '#server/accounts/sql-accounts.ts';
import { sha256, TusDesk } from '#server/files/files-under-test.suite.ts';
import { ADMIN, type Desk, pushOf, type ServerUnderTest, startServer } from '#server/server-under-test.suite.ts';
import { opened } from '#server/store/testing/stores.suite.ts';
import {
  type Canary,
  type DirectoryField,
  INCIDENTS,
  type IncidentField,
  KINDS,
  type Kind,
  PEOPLE,
  PERSONS,
  type Person,
  type Who,
} from './expected.suite.ts';
import { ENDINGS, importCommand, incidentCommands, plantedPerson, type SentCommand } from './seed.suite.ts';

const DAY = 24 * 3_600_000;
const LIVES = { access: 300 * DAY, refresh: 600 * DAY };
const MINUTE = 60_000;

/** A server in which every text is a canary of its own, with somebody signed in for every role. */
export class Aviary {
  readonly server: ServerUnderTest;
  readonly root: Desk;
  readonly canaries: Canary[] = [];
  readonly incidents: { readonly id: string; readonly number: string; readonly kind: Kind }[] = [];
  readonly files: { readonly hash: string; readonly kind: Kind }[] = [];
  /** An upload of somebody else that is not whole yet. */
  upload = '';
  readonly logins = new Map<Who, LoginAnswer>();
  readonly #places = new Map<string, number>();

  private constructor(server: ServerUnderTest, root: Desk) {
    this.server = server;
    this.root = root;
  }

  static async open(): Promise<Aviary> {
    const store = await opened({ kind: 'memory' });
    const folder = mkdtempSync(join(tmpdir(), 'deskbell-aviary-'));
    const server = await startServer({
      log: store.log,
      accounts: createSqlAccounts(store.driver),
      attached: { driver: store.driver, folder: join(folder, 'files'), limits: { kept: 0 } },
      lives: LIVES,
    });
    onTestFinished(async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    });
    const aviary = new Aviary(server, await server.login(ADMIN.email, ADMIN.password, 'canary-device-desk'));
    aviary.plant('device', 'desk');
    await aviary.people();
    await aviary.fill();
    return aviary;
  }

  plant(field: IncidentField, kind: Kind): string;
  plant(field: DirectoryField, of: string): string;
  plant(field: IncidentField | DirectoryField, where: string): string {
    const text = `canary-${field}-${where.toLowerCase()}`;
    const known = this.canaries.some((canary) => canary.text === text);
    if (!known && where in INCIDENTS) this.canaries.push({ text, field: field as IncidentField, kind: where as Kind });
    else if (!known) this.canaries.push({ text, field: field as DirectoryField, of: where });
    return text;
  }

  tokenOf(who: Who): string | null {
    if (who === 'nobody') return null;
    return this.logins.get(who)?.accessToken ?? 'inventedinventedinventedinvented';
  }

  /** Sends commands as this person at the next places of their lane, and answers what became of each. */
  async send(who: Person | 'root', commands: readonly SentCommand[]): Promise<readonly PushResult[]> {
    const [device, token] =
      who === 'root' ? [this.root.device, this.root.tokens.accessToken] : [who, this.tokenOf(who) ?? ''];
    const first = this.#places.get(who) ?? 1;
    const at = this.server.clock.now;
    const sent = commands.map((command, index) => ({
      id: newId(),
      occurredAt: at,
      recordedAt: at,
      ...command,
      seq: first + index,
    }));
    const push = pushOf(device, at, sent);
    const { status, body } = await this.server.call<PushAnswer>('POST', 'sync/push', push, token);
    if (status !== 200) throw new Error(JSON.stringify(body));
    this.#places.set(who, body.expected);
    return body.results;
  }

  async accepted(commands: readonly SentCommand[]): Promise<void> {
    for (let at = 0; at < commands.length; at += 200) {
      const results = await this.send('root', commands.slice(at, at + 200));
      const bad = results.find(({ status }) => status !== 'accepted');
      if (bad) throw new Error(`${JSON.stringify(commands[at + results.indexOf(bad)])}: ${JSON.stringify(bad)}`);
    }
  }

  private async people(): Promise<void> {
    const named = (kind: 'team' | 'category' | 'service' | 'configurationItem' | 'site', id: string, name: string) => {
      const routed = kind === 'team' || kind === 'site' ? {} : { assignmentGroupId: null };
      const nested = kind === 'category' ? { parentId: null } : {};
      return {
        name: 'directory.save',
        args: { kind, record: { id, name, active: true, source: null, ...routed, ...nested } },
      };
    };
    await this.accepted([
      ...['first', 'net', 'mail'].map((id) => named('team', id, this.plant('teamname', id))),
      named('category', 'printer', this.plant('categoryname', 'printer')),
      named('service', 'printing', this.plant('servicename', 'printing')),
      named('configurationItem', 'laser', this.plant('itemname', 'laser')),
      named('site', 'hq', this.plant('sitename', 'hq')),
      ...[...PERSONS, 'boss', 'deactivated', 'signedOut'].map((id) => ({
        name: 'directory.save',
        args: { kind: 'person', record: plantedPerson(id, (field) => this.plant(field, id)) },
      })),
    ]);
    for (const person of PERSONS) await this.account(person, PEOPLE[person]);
    for (const person of ['deactivated', 'signedOut'] as const) {
      await this.account(person, { role: 'agent', teamIds: ['net'] });
    }
    await this.server.call('POST', 'auth/logout', undefined, this.tokenOf('signedOut') ?? '');
    await this.root.call('POST', 'accounts/deactivated/deactivate');
  }

  private async account(person: Who, { role, teamIds }: { role: string; teamIds: readonly string[] }): Promise<void> {
    const email = `${this.plant('personmail', person)}@desk.example`;
    const name = this.plant('personname', person);
    const wanted = { email, password: ADMIN.password, name, role, teamIds, personId: person };
    const made = await this.root.call('POST', 'accounts', wanted);
    if (made.status !== 201) throw new Error(JSON.stringify(made.body));
    this.logins.set(person, (await this.server.login(email, ADMIN.password, person)).tokens);
  }

  private async fill(): Promise<void> {
    const { clock } = this.server;
    const made = KINDS.filter((kind) => kind !== 'imported').flatMap((kind) =>
      ENDINGS.map((ending) => ({ id: newId(), kind, ending })),
    );
    const phases = made.map(({ id, kind, ending }) =>
      incidentCommands({ id, kind, ending, now: clock.now, plant: (field) => this.plant(field, kind) }),
    );
    for (const [phase, later] of [30 * MINUTE, MINUTE, MINUTE].entries()) {
      await this.accepted(phases.flatMap((of) => of[phase]?.(clock.now) ?? []));
      clock.now += later;
    }
    const imported = newId();
    const plant = (field: IncidentField) => this.plant(field, 'imported');
    await this.accepted([importCommand({ id: imported, now: clock.now, plant })]);
    for (const { id, kind } of [...made, { id: imported, kind: 'imported' } as const]) {
      const { body } = await this.root.call<SubjectAnswer>('GET', `sync/subjects/${id}`);
      this.incidents.push({ id, number: body.incident.number, kind });
    }
    await this.attachFiles(made.filter(({ ending }) => ending === 'hold'));
  }

  private async attachFiles(incidents: readonly { readonly id: string; readonly kind: Kind }[]): Promise<void> {
    const tus = new TusDesk(this.server, this.root);
    for (const { id, kind } of incidents) {
      for (const visibility of ['internal', 'public'] as const) {
        const bytes = Buffer.from(this.plant(`${visibility}file`, kind));
        await tus.attach(id, bytes, { visibility, filename: `${this.plant(`${visibility}name`, kind)}.txt` });
        this.files.push({ hash: sha256(bytes), kind });
      }
    }
    const [first] = incidents;
    if (first) this.upload = await tus.begin(first.id, Buffer.from('not whole yet'));
  }
}
