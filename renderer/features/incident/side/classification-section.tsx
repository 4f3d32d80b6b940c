import { Button } from '@mantine/core';
import { CHANNELS, INCIDENT_KINDS, LEVELS } from '#domain/incident/incident.ts';
import { useDirectoryOptions } from '#renderer/ui/incident-fields/directory-options.ts';
import { oneOf, useEnumOptions } from '#renderer/ui/incident-fields/enum-options.ts';
import { useLevelOptions } from '#renderer/ui/incident-fields/level-options.ts';
import { useWords } from '#renderer/words/words.ts';
import type { SideProps } from './caller-section.tsx';
import { ComboRow, TextRow } from './edit-row.tsx';
import { Plain, Row, Section } from './section.tsx';
import classes from './side.module.css';

export interface ClassificationProps extends SideProps {
  readonly mayOverride: boolean;
  readonly onOverride: () => void;
}

/** Commas part tags; the same tag twice is one. */
const tagsOf = (text: string) => [
  ...new Set(
    text
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean),
  ),
];

/** What follows from impact and urgency, and who said otherwise. */
function PriorityRow({ incident, nameOf, mayOverride, onOverride }: ClassificationProps) {
  const say = useWords('incident');
  const common = useWords('common');
  const { override } = incident;
  const words = common('priority.long', {
    priority: incident.priority,
    name: common(`priority.${incident.priority}`),
  });
  return (
    <Row label={say('field.priority')}>
      <Plain
        more={
          override
            ? `${say('side.override', { reason: override.reason })} · ${nameOf(override.by)}`
            : incident.assumed && say('assumed')
        }
      >
        <span className={classes.withAction}>
          <span role="status" aria-label={say('field.priority')}>
            {override ? say('header.override', { value: override.value, matrix: incident.matrixPriority }) : words}
          </span>
          {mayOverride && (
            <Button size="compact-xs" variant="subtle" className={classes.action} onClick={onOverride}>
              {say('header.overrideButton')}
            </Button>
          )}
        </span>
      </Plain>
    </Row>
  );
}

/** What kind of thing it is and how bad: every field saved as it is chosen. */
export function ClassificationSection(props: ClassificationProps) {
  const { incident, nameOf, saver } = props;
  const say = useWords('incident');
  const categories = useDirectoryOptions('category');
  const services = useDirectoryOptions('service');
  const impacts = useLevelOptions('impact');
  const urgencies = useLevelOptions('urgency');
  const channels = useEnumOptions('channel');
  const kinds = useEnumOptions('kind');
  const name = (id: string | null) => (id === null ? null : nameOf(id));
  const level = (value: string | null) => LEVELS.find((each) => String(each) === value);
  const initial = incident.initialCategoryId;
  const disabled = !saver.allowed;
  return (
    <Section name="classification" title={say('side.classification')}>
      <ComboRow
        label={say('field.impact')}
        options={impacts}
        digits
        disabled={disabled}
        value={String(incident.impact)}
        onSave={async (value) => {
          const next = level(value);
          return next ? saver.save('impact', next) : null;
        }}
      />
      <ComboRow
        label={say('field.urgency')}
        options={urgencies}
        digits
        disabled={disabled}
        value={String(incident.urgency)}
        onSave={async (value) => {
          const next = level(value);
          return next ? saver.save('urgency', next) : null;
        }}
      />
      <PriorityRow {...props} />
      <ComboRow
        label={say('field.category')}
        placeholder={say('add.category')}
        options={categories}
        clearable
        disabled={disabled}
        value={incident.categoryId}
        valueLabel={name(incident.categoryId)}
        onSave={(value) => saver.save('categoryId', value)}
      >
        {initial !== null && initial !== incident.categoryId && (
          <Plain more={say('side.initialCategory', { category: nameOf(initial) })}>{null}</Plain>
        )}
      </ComboRow>
      <ComboRow
        label={say('field.service')}
        placeholder={say('add.service')}
        options={services}
        clearable
        disabled={disabled}
        value={incident.serviceId}
        valueLabel={name(incident.serviceId)}
        onSave={(value) => saver.save('serviceId', value)}
      />
      <ComboRow
        label={say('field.channel')}
        options={channels}
        disabled={disabled}
        value={incident.channel}
        onSave={(value) => saver.save('channel', oneOf(CHANNELS, value) ?? incident.channel)}
      >
        {incident.sourceChannel && (
          <Plain more={say('side.sourceChannel', { channel: incident.sourceChannel })}>{null}</Plain>
        )}
      </ComboRow>
      <ComboRow
        label={say('field.kind')}
        options={kinds}
        disabled={disabled}
        value={incident.kind}
        onSave={(value) => saver.save('kind', oneOf(INCIDENT_KINDS, value) ?? incident.kind)}
      />
      <TextRow
        field="tags"
        label={say('field.tags')}
        placeholder={say('add.tags')}
        disabled={disabled}
        value={incident.tags.join(', ')}
        onCommit={(value) => saver.save('tags', tagsOf(value))}
      />
    </Section>
  );
}
