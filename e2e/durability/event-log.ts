import type { Random } from './random.ts';

/** An incident event log of another desk, as made up as it is plausible: one row for each update. */

const COLUMNS = [
  'number',
  'incident_state',
  'reassignment_count',
  'sys_mod_count',
  'caller_id',
  'opened_at',
  'sys_updated_by',
  'sys_updated_at',
  'category',
  'subcategory',
  'impact',
  'urgency',
  'priority',
  'assignment_group',
  'assigned_to',
];
const COURSES: readonly (readonly string[])[] = [
  ['New'],
  ['New', 'Active'],
  ['New', 'Active', 'Awaiting Vendor'],
  ['New', 'Active', 'Resolved'],
  ['New', 'Active', 'Awaiting Vendor', 'Active', 'Resolved', 'Closed'],
];
const LEVELS = ['1 - High', '2 - Medium', '3 - Low'];

/** CSV of so many incidents; the last one has the longest course. */
export function eventLog(incidents: number, random: Random): string {
  const rows = Array.from({ length: incidents }, (_, at) => {
    const course = at === incidents - 1 ? COURSES.at(-1) : random.pick(COURSES.map((one) => [1, one] as const));
    const [impact, urgency] = [random, random].map((dice) => LEVELS[Math.floor(dice.between(0, 3))]);
    const opened = `${(at % 27) + 1}/3/2016`;
    return (course ?? []).map((state, version) =>
      [
        numberOf(at),
        state,
        0,
        version,
        `Caller ${at % 40}`,
        `${opened} 08:00`,
        `Agent ${at % 7}`,
        `${opened} ${8 + version}:${at % 50 < 10 ? '0' : ''}${at % 50}`,
        `Category ${at % 12}`,
        `Part ${at % 30}`,
        impact,
        urgency,
        '3 - Moderate',
        `Group ${at % 5}`,
        version === 0 ? '?' : `Agent ${at % 7}`,
      ].join(','),
    );
  });
  return `${[COLUMNS.join(','), ...rows.flat()].join('\n')}\n`;
}

const numberOf = (at: number) => `INC5${at.toString().padStart(6, '0')}`;
export const lastNumber = (incidents: number): string => numberOf(incidents - 1);
