import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import type { WireCommand } from '#contracts/sync/wire.ts';
import { type Activity, type Id, SYSTEM_ACTOR } from '#domain/activity/activity.ts';
import { blankPerson } from '#domain/directory/blank-person.ts';
import type { Incident } from '#domain/incident/incident.ts';
import type { Store } from '#server/store/open.ts';
import { push } from '#sync/authority/push.ts';
import type { ToldFiles } from '../data/told-incidents.ts';
import { WORDS } from './furnish.ts';

const AT_ONCE = 200;

type Untold = Pick<WireCommand, 'name' | 'args'>;

/** One lane that sends one batch after the other. */
function lane(store: Store, device: string, person: Id) {
  let place = 1;
  return async (commands: readonly Untold[]): Promise<void> => {
    const now = Date.now();
    for (let at = 0; at < commands.length; at += AT_ONCE) {
      const batch = commands.slice(at, at + AT_ONCE).map((command): WireCommand => {
        place += 1;
        return { ...command, seq: place - 1, id: newId(), occurredAt: now, recordedAt: now };
      });
      const { answers } = await push(store.log, [{ device, person, commands: batch }], { zone: 'UTC', now });
      const refused = answers[0]?.results.find(({ status }) => status !== 'accepted');
      if (refused) throw new Error(`the server says ${refused.status}: ${JSON.stringify(refused.refusal)}`);
    }
  };
}

const rowsIn = async <Row>(folder: string, file: string): Promise<readonly Row[]> =>
  JSON.parse(await readFile(join(folder, file), 'utf8'));

/**
 * What a server has after years: the log's incidents, long closed, of each history the first and the last entry; the
 * people they name; and so many recorded today, `word` being in the short description of each.
 */
export async function furnishYears(
  store: Store,
  told: ToldFiles,
  today: { readonly person: Id; readonly incidents: number; readonly word: string },
): Promise<void> {
  const people = new Set<Id>();
  for (const file of told.incidents) {
    for (const { callerId, assignedToId } of await rowsIn<Incident>(told.folder, file)) {
      for (const id of [callerId, assignedToId]) if (id !== null) people.add(id);
    }
  }
  const save = lane(store, 'years', SYSTEM_ACTOR);
  await save(
    [...people].map((id, at) => ({
      name: 'directory.save',
      args: { kind: 'person', record: blankPerson({ id, name: `Person number ${at}`, role: 'requester' }) },
    })),
  );
  const last: Activity[] = [];
  const adopt = async (history: readonly Activity[]) => {
    const [first, end] = [history[0], history.at(-1)];
    if (first === undefined || end === undefined) return;
    const args = { subject: first.subject, source: 'bench', activities: first === end ? [first] : [first, end] };
    waiting.push({ name: 'history.adopt', args });
    if (waiting.length === AT_ONCE) await save(waiting.splice(0));
  };
  const waiting: Untold[] = [];
  for (const file of told.activities) {
    for (const activity of await rowsIn<Activity>(told.folder, file)) {
      if (last[0] !== undefined && last[0].subject.id !== activity.subject.id) await adopt(last.splice(0));
      last.push(activity);
    }
  }
  await adopt(last);
  await save(waiting);
  await lane(
    store,
    'today',
    today.person,
  )(
    Array.from({ length: today.incidents }, (_, at) => {
      const shortDescription = `Printer ${at} in the ${today.word} is on fire`;
      const told = { shortDescription, description: WORDS, channel: 'phone', impact: 1 + (at % 3), urgency: 2 };
      return { name: 'incident.record', args: { incidentId: newId(), ...told } };
    }),
  );
}
