import type { Teller } from '#renderer/ui/incident-fields/field-values.ts';
import type { WordKey } from '#renderer/words/areas.ts';

/** Columns that systems are known to write, by a name a person would use. */
const KNOWN: Readonly<Record<string, WordKey<'common'>>> = {
  active: 'source.active',
  knowledge: 'source.knowledge',
  made_sla: 'source.madeSla',
  notify: 'source.notify',
  sys_created_at: 'source.createdAt',
  sys_created_by: 'source.createdBy',
  sys_created_on: 'source.createdAt',
  u_priority_confirmation: 'source.priorityConfirmation',
};

/** A column we only keep, in words: its known name, else its own with the machine's spelling taken off. */
function columnWords(column: string, { common }: Teller): string {
  const key = KNOWN[column.trim().toLowerCase()];
  if (key !== undefined) return common(key);
  // A name with spaces or capitals was written for people already.
  if (!/^[a-z0-9_]+$/.test(column)) return column;
  const words = column
    .replace(/^(?:u|x|sys)_/, '')
    .replaceAll('_', ' ')
    .trim();
  return words === '' ? column : words.charAt(0).toUpperCase() + words.slice(1);
}

function valueWords(value: string, { say }: Teller): string {
  const folded = value.trim().toLowerCase();
  return folded === 'true' ? say('yes') : folded === 'false' ? say('no') : value;
}

/** "Service level met: no": what a source says in a column that has no field here. */
export const sourceColumnSentence = (column: string, value: string | null, teller: Teller): string => {
  const field = columnWords(column, teller);
  return value === null
    ? teller.say('timeline.fieldText', { field })
    : teller.say('timeline.fieldSet', { field, to: valueWords(value, teller) });
};
