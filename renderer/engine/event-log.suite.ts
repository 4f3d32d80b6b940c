import type { ImportProgress } from '#contracts/engine/protocol.ts';
import { nextId, type TestWindow } from './engine-harness.suite.ts';

const HEAD =
  'number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,opened_at,' +
  'sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,' +
  'cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,' +
  'rfc,vendor,caused_by,closed_code,resolved_by,resolved_at,closed_at';

const STATES = ['New', 'Active', 'Resolved', 'Closed'];
const two = (value: number) => String(value).padStart(2, '0');

const row = (number: number, version: number, priority: string) =>
  [
    `INC${String(number).padStart(7, '0')}`,
    STATES[version],
    'true,0,0',
    version,
    `true,Caller ${number % 40},Opened by  8,29/2/2016 01:16,Created by 6,29/2/2016 01:23,Updated by ${version}`,
    `29/2/2016 ${two(2 + version)}:${two(number % 60)}`,
    `Phone,Location 143,Category 55,Subcategory 170,Symptom 72,?,2 - Medium,2 - Medium,${priority},Group 56,?,true`,
    'false,Do Not Notify,?,?,?,?,code 5,Resolved by 149,29/2/2016 11:29,5/3/2016 12:00',
  ].join(',');

/** An event log as the importer reads it: every incident with its first so many versions. */
export function eventLog(incidents: number, versions: number, from = 100, priority = '3 - Moderate'): Blob {
  const rows: string[] = [HEAD];
  for (let number = from; number < from + incidents; number += 1) {
    for (let version = 0; version < versions; version += 1) rows.push(row(number, version, priority));
  }
  return new Blob([`${rows.join('\n')}\n`]);
}

/** Starts an import, and answers its id. */
export async function begin(window: TestWindow, file: Blob, dryRun = false): Promise<string> {
  const importId = nextId();
  const preview = await window.call('previewImport', { file, name: 'log.csv', format: null, zone: 'UTC' });
  if (!preview.ok) throw new Error(preview.error.code);
  const { format, mapping } = preview.value;
  const started = await window.call('startImport', {
    importId,
    file,
    name: 'log.csv',
    format,
    mapping,
    zone: 'UTC',
    dryRun,
  });
  if (!started.ok) throw new Error(started.error.code);
  return importId;
}

export const isOver = (progress: ImportProgress | null) =>
  ['done', 'stopped', 'failed'].includes(progress?.phase ?? '');

/** Imports a file from its first byte to its end. */
export async function imported(window: TestWindow, file: Blob, dryRun = false): Promise<ImportProgress> {
  const importId = await begin(window, file, dryRun);
  const progress = await window.watch('importProgress', { importId }, isOver);
  if (!progress) throw new Error('no progress');
  return progress;
}
