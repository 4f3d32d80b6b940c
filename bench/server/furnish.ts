import { v7 as newId } from 'uuid';
import type { WireCommand } from '#contracts/sync/wire.ts';
import { SYSTEM_ACTOR } from '#domain/activity/activity.ts';
import { blankPerson } from '#domain/directory/blank-person.ts';
import { createPasswords } from '#server/accounts/passwords.ts';
import { Sessions } from '#server/accounts/sessions.ts';
import { createSqlAccounts } from '#server/accounts/sql-accounts.ts';
import type { Store } from '#server/store/open.ts';
import { push } from '#sync/authority/push.ts';

/** A device that is signed in. */
export interface BenchDevice {
  readonly device: string;
  readonly person: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Commands for one lane: incidents of one recording and three entries each, all with texts of a usual length. */
export function commandsOf(count: number, firstPlace = 1): readonly WireCommand[] {
  const at = Date.now();
  let incidentId = '';
  return Array.from({ length: count }, (_, index) => {
    const envelope = { seq: firstPlace + index, id: newId(), occurredAt: at, recordedAt: at };
    if (index % 4 === 0) {
      incidentId = newId();
      const told = { shortDescription: `Printer ${index} is on fire`, description: WORDS, channel: 'phone' };
      return { ...envelope, name: 'incident.record', args: { incidentId, ...told, impact: 3, urgency: 2 } };
    }
    return { ...envelope, name: 'incident.note', args: { incidentId, entryId: newId(), body: WORDS } };
  });
}
export const WORDS = 'It began this morning after the update, and turning it off and on again changed nothing. '.repeat(
  2,
);

/** What everybody signs in with. */
export const PASSWORD = 'a password for the bench';

/** People, devices with sessions, and incidents to begin with; written by the server's own code. */
export async function furnish(store: Store, devices: number, incidents: number): Promise<readonly BenchDevice[]> {
  const people = Array.from({ length: Math.max(1, Math.ceil(devices / 20)) }, (_, at) => `person-${at}`);
  const now = Date.now();
  const saves = people.map((id, at) => ({
    seq: at + 1,
    id: newId(),
    name: 'directory.save',
    args: { kind: 'person', record: blankPerson({ id, name: `Person ${id}`, role: 'agent' }) },
    occurredAt: now,
    recordedAt: now,
  }));
  const context = { zone: 'UTC', now };
  await push(store.log, [{ device: 'bench', person: SYSTEM_ACTOR, commands: saves }], context);
  for (let place = 1; place <= incidents * 4; place += 200) {
    const commands = commandsOf(Math.min(200, incidents * 4 - place + 1), place);
    await push(store.log, [{ device: 'bench', person: people[0] ?? '', commands }], context);
  }
  const accounts = createSqlAccounts(store.driver);
  const sessions = new Sessions({ store: accounts, now: Date.now, newId, onEnded: () => undefined });
  const passwordHash = await (await createPasswords()).hash(PASSWORD);
  for (const personId of people) {
    const account = { personId, email: `${personId}@bench.example`, passwordHash, active: true, createdAt: now };
    await accounts.add(account);
  }
  const made: BenchDevice[] = [];
  for (let at = 0; at < devices; at += 1) {
    const [device, person] = [newId(), people[at % people.length] ?? ''];
    made.push({ device, person, ...(await sessions.open(person, device, null)) });
  }
  return made;
}
