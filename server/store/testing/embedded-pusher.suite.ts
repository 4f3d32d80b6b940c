import { SYSTEM_ACTOR } from '#domain/activity/activity.ts';
import { push } from '#sync/authority/push.ts';
import { openStore } from '../open.ts';

/** A program of its own: saves team after team in a folder and says the seq of each once it is kept, until killed. */
const [folder = '', device = ''] = process.argv.slice(2);
const store = await openStore({ kind: 'folder', folder });
if (!store.ok) throw new Error(store.error.code);
for (let seq = 1; ; seq += 1) {
  const id = `${device} ${seq}`;
  const args = { kind: 'team', record: { id, name: id, active: true, source: null } };
  const command = { seq, id, name: 'directory.save', args, occurredAt: 0, recordedAt: 0 };
  const lane = { device, person: SYSTEM_ACTOR, commands: [command] };
  const { answers } = await push(store.value.log, [lane], { zone: 'UTC', now: 0 });
  const result = answers[0]?.results[0];
  process.stdout.write(`${result?.status} ${id} ${result?.decidedAt}\n`);
}
