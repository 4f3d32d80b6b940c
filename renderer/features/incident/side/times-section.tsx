import type { Instant } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { useTime } from '#renderer/ui/time.ts';
import { useWords } from '#renderer/words/words.ts';
import type { NameOf } from '../use-incident.ts';
import { Plain, Row, Section } from './section.tsx';

interface TimesProps {
  readonly incident: Incident;
  readonly nameOf: NameOf;
}

function TimeRow({ label, at, more }: { label: string; at: Instant | null; more?: string | undefined }) {
  const time = useTime();
  if (at === null) return null;
  return (
    <Row label={label}>
      <Plain more={more}>
        <time dateTime={new Date(at).toISOString()} title={time.exactly(at)}>
          {time.dateAndTime(at)}
        </time>
      </Plain>
    </Row>
  );
}

/** A counter of ours, with the source's own beside it where they differ. */
function CountRow({ label, ours, theirs }: { label: string; ours: number | null; theirs: number | null }) {
  const say = useWords('incident');
  if (ours === null) {
    return theirs === null ? null : (
      <Row label={label}>
        <Plain>{say('side.sourceOnly', { count: theirs })}</Plain>
      </Row>
    );
  }
  const differs = theirs !== null && theirs !== ours;
  return (
    <Row label={label}>
      <Plain>
        {ours}
        {differs && ` (${say('side.theSource', { count: theirs })})`}
      </Plain>
    </Row>
  );
}

/** When what happened, by whom, and how often. */
export function TimesSection({ incident, nameOf }: TimesProps) {
  const say = useWords('incident');
  const common = useWords('common');
  const { resolution, cancellation, source, counts } = incident;
  const by = (id: string | null) => (id === null ? undefined : nameOf(id));
  const code = resolution?.code ? common(`resolutionCode.${resolution.code}`) : resolution?.sourceCode;
  const resolvedMore = [by(resolution?.by ?? null), code].filter(Boolean).join(' · ');
  return (
    <Section name="times" title={say('side.times')}>
      <TimeRow label={say('side.openedAt')} at={incident.openedAt} more={by(incident.openedById)} />
      {incident.recordedAt - incident.openedAt > 60_000 && (
        <TimeRow label={say('side.recordedAt')} at={incident.recordedAt} />
      )}
      <TimeRow label={say('side.startedAt')} at={incident.startedAt} />
      {incident.firstResolvedAt !== resolution?.at && (
        <TimeRow label={say('side.firstResolvedAt')} at={incident.firstResolvedAt} />
      )}
      <TimeRow label={say('side.resolvedAt')} at={resolution?.at ?? null} more={resolvedMore} />
      <TimeRow label={say('side.closedAt')} at={incident.closedAt} more={by(incident.closedById)} />
      <TimeRow
        label={say('side.canceled')}
        at={cancellation?.at ?? null}
        more={cancellation?.reason ? common(`cancelReason.${cancellation.reason}`) : undefined}
      />
      <TimeRow label={say('side.updatedAt')} at={incident.updatedAt} />
      <CountRow
        label={say('side.reassignments')}
        ours={counts.reassignments}
        theirs={source?.counters.reassignments ?? null}
      />
      <CountRow label={say('side.reopened')} ours={counts.reopened} theirs={source?.counters.reopened ?? null} />
      <CountRow label={say('side.modifications')} ours={null} theirs={source?.counters.modifications ?? null} />
    </Section>
  );
}

/** What an import brought and this desk has no field for: readable, never thrown away. */
export function SourceSection({ incident }: { incident: Incident }) {
  const say = useWords('incident');
  const { source, aliases } = incident;
  if (!source) return null;
  const extra = Object.entries(source.extra);
  return (
    <Section name="source" title={say('side.source')}>
      <Row label={say('side.sourceName')}>
        <Plain>{source.name}</Plain>
      </Row>
      {source.number !== null && source.number !== incident.number && (
        <Row label={say('side.sourceNumber', { source: source.name })}>
          <Plain>{source.number}</Plain>
        </Row>
      )}
      {aliases.length > 0 && (
        <Row label={say('side.aliases')}>
          <Plain>{aliases.map((alias) => alias.value).join(', ')}</Plain>
        </Row>
      )}
      {extra.map(([column, value]) => (
        <Row key={column} label={column}>
          <Plain>{value}</Plain>
        </Row>
      ))}
    </Section>
  );
}
