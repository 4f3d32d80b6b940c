import type { Contact, Incident } from '#domain/incident/incident.ts';
import { useWatch } from '#renderer/platform/hooks.ts';
import { CallerCombo } from '#renderer/ui/incident-fields/caller-combo.tsx';
import { useDirectoryOptions } from '#renderer/ui/incident-fields/directory-options.ts';
import { navigate } from '#renderer/ui/navigation.ts';
import { PriorityMark } from '#renderer/ui/priority-mark.tsx';
import { StateMark } from '#renderer/ui/state-mark.tsx';
import { useWords } from '#renderer/words/words.ts';
import type { FieldSaver } from '../use-field-saver.ts';
import type { NameOf } from '../use-incident.ts';
import { ComboRow, refusedError, TextRow } from './edit-row.tsx';
import { Plain, Row, Section } from './section.tsx';
import classes from './side.module.css';
import { useEdited } from './use-edited.ts';

export interface SideProps {
  readonly incident: Incident;
  readonly nameOf: NameOf;
  readonly saver: FieldSaver;
}

const RECENT = 3;
const emptyContact: Contact = { number: null, mail: null, bestTime: null };
const emptyLocation = { room: null, accessNotes: null };

function CallerRow({ incident, nameOf, saver }: SideProps) {
  const say = useWords('incident');
  const common = useWords('common');
  const { shown, refused, choose } = useEdited(incident.callerId, (value) => saver.save('callerId', value));
  return (
    <Row label={say('field.caller')}>
      <CallerCombo
        hideLabel
        clearable
        disabled={!saver.allowed}
        placeholder={saver.allowed ? say('add.caller') : common('none')}
        value={shown}
        valueLabel={shown === incident.callerId && shown !== null ? nameOf(shown) : null}
        error={refusedError(refused)}
        onChange={(value) => void choose(value)}
      />
    </Row>
  );
}

/** What the directory has of the caller where the incident has nothing of its own: readable, not filled in. */
function Known({ own, value }: { own: string | null; value: string | null | undefined }) {
  const say = useWords('incident');
  return own === null && value ? <Plain more={say('side.fromDirectory', { value })}>{null}</Plain> : null;
}

/** Who called, where they are, how to reach and treat them, and what else they reported. */
export function CallerSection({ incident, nameOf, saver }: SideProps) {
  const say = useWords('incident');
  const sites = useDirectoryOptions('site');
  const card = useWatch('callerCard', incident.callerId === null ? null : { personId: incident.callerId });
  const person = card?.person;
  const others = card?.recent.filter((row) => row.id !== incident.id).slice(0, RECENT) ?? [];
  const contact = incident.contact ?? emptyContact;
  const location = incident.location ?? emptyLocation;
  const text = (value: string) => value || null;
  return (
    <Section name="caller" title={say('side.caller')}>
      <CallerRow incident={incident} nameOf={nameOf} saver={saver} />
      {person?.vip && <span className={classes.badge}>{say('side.vip')}</span>}
      {person?.organisation && (
        <Row label={say('side.organisation')}>
          <Plain>{person.organisation}</Plain>
        </Row>
      )}
      <ComboRow
        label={say('field.site')}
        placeholder={say('add.site')}
        options={sites}
        clearable
        disabled={!saver.allowed}
        value={incident.siteId}
        valueLabel={incident.siteId === null ? null : nameOf(incident.siteId)}
        onSave={(value) => saver.save('siteId', value)}
      >
        <Known own={incident.siteId} value={card?.siteName} />
      </ComboRow>
      <TextRow
        field="room"
        label={say('field.room')}
        placeholder={say('add.room')}
        disabled={!saver.allowed}
        value={location.room ?? ''}
        maxLength={200}
        onCommit={(value) => saver.save('location', { ...location, room: text(value) })}
      >
        <Known own={location.room} value={person?.room} />
      </TextRow>
      <TextRow
        field="callback"
        label={say('field.callback')}
        placeholder={say('add.callback')}
        disabled={!saver.allowed}
        value={contact.number ?? ''}
        maxLength={200}
        onCommit={(value) => saver.save('contact', { ...contact, number: text(value) })}
      >
        <Known own={contact.number} value={person?.phone} />
      </TextRow>
      {person?.handlingNotes && (
        <p className={classes.handling} dir="auto">
          {person.handlingNotes}
        </p>
      )}
      {others.length > 0 && (
        <>
          <p className={classes.honest}>{say('side.recent')}</p>
          <ul className={classes.list} aria-label={say('side.recent')}>
            {others.map((row) => (
              <li key={row.id} className={classes.line}>
                <PriorityMark priority={row.priority} overridden={row.overridden} />
                <button
                  type="button"
                  className={classes.link}
                  title={row.shortDescription}
                  dir="auto"
                  onClick={() => navigate({ name: 'incident', idOrNumber: row.id })}
                >
                  {row.shortDescription}
                </button>
                <StateMark state={row.state} holdReason={null} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
