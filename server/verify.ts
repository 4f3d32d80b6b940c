import { type LogFlaw, verifyLog } from '#sync/authority/verify-log.ts';
import { CHAINING } from './store/chaining.ts';
import type { Store } from './store/open.ts';
import { Seals } from './store/seals.ts';

const EVERY_DAY = 1_000_000;

/**
 * Looks at every entry of the log and says what it found, a line each. False: something was tampered with, or broke.
 * Ids only: what people wrote is nobody's business here.
 */
export async function verify({ log, driver }: Store, say: (line: string) => void): Promise<boolean> {
  const seals = await new Seals(driver).list(EVERY_DAY);
  const found = await log.read((reader) => verifyLog(reader, seals, CHAINING.hash));
  for (const flaw of found.flaws) say(lineOf(flaw));
  const more = found.flawed - found.flaws.length;
  if (more > 0) say(`and ${more} more`);
  say(
    `${found.activities} activities in ${found.chains} chains, ${found.seals} seals: ` +
      (found.flawed === 0 ? 'whole' : `${found.flawed} flaws`),
  );
  return found.flawed === 0;
}

const SENTENCES: Readonly<Record<LogFlaw['flaw'], string>> = {
  payload: 'its content is not what was confirmed',
  link: 'it, or what stood before it, was changed, added, moved or taken away',
  unreadable: 'what is kept here is no activity',
  misfiled: 'it is kept in another place than its own',
  gap: 'entries of the log are missing from here on',
  head: 'the chain does not end as it did: entries at its end were taken away or added',
  seal: 'the chains up to here are not those that were sealed',
};

function lineOf({ flaw, seq, subject, at, activityId }: LogFlaw): string {
  const where = [
    `seq ${seq}`,
    ...(subject === null ? [] : [`${subject.kind} ${JSON.stringify(subject.id)}`]),
    ...(at === null ? [] : [`entry ${at + 1}`]),
    ...(activityId === null ? [] : [`activity ${JSON.stringify(activityId)}`]),
  ];
  return `${where.join(', ')}: ${flaw}: ${SENTENCES[flaw]}`;
}
