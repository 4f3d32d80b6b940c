import type { SourceLog } from './source-log.ts';

const HEADER =
  'number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,opened_at,sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,rfc,vendor,caused_by,closed_code,resolved_by,resolved_at,closed_at';

const INCIDENTS = 5_000;
const STATES = ['New', 'Active', 'Active', 'Awaiting User Info', 'Active', 'Resolved', 'Closed'] as const;
const LEVELS = [
  ['1 - High', '1 - High', '1 - Critical'],
  ['2 - Medium', '1 - High', '2 - High'],
  ['2 - Medium', '2 - Medium', '3 - Moderate'],
  ['2 - Medium', '2 - Medium', '3 - Moderate'],
  ['2 - Medium', '2 - Medium', '3 - Moderate'],
  ['3 - Low', '3 - Low', '4 - Low'],
] as const;

/** Mulberry32: the same rows on every machine. */
const randomFrom = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
};

const two = (value: number) => String(value).padStart(2, '0');
const dateOf = (minutes: number): string => {
  const at = new Date(Date.UTC(2016, 1, 29) + minutes * 60_000);
  return `${at.getUTCDate()}/${at.getUTCMonth() + 1}/${at.getUTCFullYear()} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
};

const history = (random: (below: number) => number): string[] => {
  const opened = random(120 * 24 * 60);
  const steps = 2 + random(5) + random(4);
  const [impact, urgency, priority] = LEVELS[random(LEVELS.length)] ?? LEVELS[2];
  const [caller, opener, place, category, sub, symptom] = [5_200, 200, 220, 58, 250, 500].map(
    (many) => 1 + random(many),
  );
  const [group, agent, resolver] = [75, 230, 210].map((many) => 1 + random(many));
  const ended = dateOf(opened + steps * 600);
  return Array.from({ length: steps }, (_, step) => {
    const state = step === steps - 1 ? 'Closed' : (STATES[Math.min(step, STATES.length - 2)] ?? 'Active');
    const owner = step === 0 ? '?' : `Resolver ${agent}`;
    return [
      '',
      state,
      String(state !== 'Closed'),
      '0,0',
      step,
      'true',
      `Caller ${caller}`,
      `Opened by  ${opener}`,
      dateOf(opened),
      `Created by ${opener}`,
      dateOf(opened + 5),
      `Updated by ${1 + random(800)}`,
      dateOf(opened + 5 + step * 600),
      `Phone,Location ${place},Category ${category},Subcategory ${sub},Symptom ${symptom},?`,
      `${impact},${urgency},${priority},Group ${group},${owner},true,false,Do Not Notify,?,?,?,?,code ${1 + ((sub ?? 0) % 9)}`,
      `Resolved by ${resolver},${ended},${ended}`,
    ].join(',');
  });
};

/** Rows of the shape of the UCI log, for machines without it. */
export const generatedLog = (): SourceLog => {
  const random = randomFrom(24_918);
  return {
    name: 'generated rows',
    header: HEADER,
    histories: Array.from({ length: INCIDENTS }, () => history(random)),
  };
};
