import { useWatch } from '#renderer/platform/hooks.ts';
import { useDirectoryOptions } from '#renderer/ui/incident-fields/directory-options.ts';
import { navigate } from '#renderer/ui/navigation.ts';
import { useWords } from '#renderer/words/words.ts';
import type { SideProps } from './caller-section.tsx';
import { ComboRow, TextRow } from './edit-row.tsx';
import { Plain, Row, Section } from './section.tsx';
import classes from './side.module.css';

/** Another incident by its number; a click goes there. */
function IncidentLink({ label, id }: { label: string; id: string }) {
  const linked = useWatch('incident', { idOrNumber: id });
  const text = linked ? `${linked.incident.number} ${linked.incident.shortDescription}` : '…';
  return (
    <Row label={label}>
      <button
        type="button"
        className={classes.link}
        title={text}
        onClick={() => navigate({ name: 'incident', idOrNumber: id })}
      >
        {text}
      </button>
    </Row>
  );
}

const listOf = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

/** What the incident hangs together with: items, problem, changes, vendor, other incidents. */
export function LinksSection({ incident, nameOf, saver }: SideProps) {
  const say = useWords('incident');
  const items = useDirectoryOptions('configurationItem');
  const [item = null, ...more] = incident.configurationItemIds;
  const disabled = !saver.allowed;
  const text = (value: string) => value || null;
  return (
    <Section name="links" title={say('side.links')}>
      <ComboRow
        label={say('field.configurationItem')}
        placeholder={say('add.configurationItem')}
        options={items}
        clearable
        disabled={disabled}
        value={item}
        valueLabel={item === null ? null : nameOf(item)}
        onSave={(value) => saver.save('configurationItemIds', value === null ? [...more] : [value, ...more])}
      >
        {more.length > 0 && <Plain more={more.map(nameOf).join(', ')}>{null}</Plain>}
      </ComboRow>
      <TextRow
        field="problem"
        label={say('field.problem')}
        placeholder={say('add.problem')}
        disabled={disabled}
        maxLength={200}
        value={incident.problemRef ?? ''}
        onCommit={(value) => saver.save('problemRef', text(value))}
      />
      <TextRow
        field="knownError"
        label={say('field.knownError')}
        placeholder={say('add.knownError')}
        disabled={disabled}
        maxLength={200}
        value={incident.knownErrorRef ?? ''}
        onCommit={(value) => saver.save('knownErrorRef', text(value))}
      />
      <TextRow
        field="changes"
        label={say('field.changes')}
        placeholder={say('add.changes')}
        disabled={disabled}
        value={incident.changeRefs.join(', ')}
        onCommit={(value) => saver.save('changeRefs', listOf(value))}
      />
      <TextRow
        field="vendor"
        label={say('field.vendor')}
        placeholder={say('add.vendor')}
        disabled={disabled}
        maxLength={200}
        value={incident.vendor?.name ?? ''}
        onCommit={(value) =>
          saver.save('vendor', value === '' ? null : { name: value, reference: incident.vendor?.reference ?? null })
        }
      />
      {incident.parentId !== null && <IncidentLink label={say('field.parent')} id={incident.parentId} />}
      {incident.duplicateOfId !== null && <IncidentLink label={say('field.duplicateOf')} id={incident.duplicateOfId} />}
    </Section>
  );
}
