import type { QueueId } from '#domain/queue/queues.ts';
import { useIsShared } from '#renderer/platform/hooks.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { perform } from '#renderer/ui/keys/action-store.ts';
import { navigate } from '#renderer/ui/navigation.ts';
import { useSampleProgress, useSampleStore } from '#renderer/ui/sample-store.ts';
import { AskServer } from '#renderer/ui/scope/ask-server.tsx';
import { numberToAsk } from '#renderer/ui/scope/bring-here.ts';
import { useKeepsPart } from '#renderer/ui/scope/use-part.ts';
import { useForbidden } from '#renderer/ui/use-forbidden.ts';
import { useWords } from '#renderer/words/words.ts';
import { SampleProgress } from './sample-progress.tsx';
import { clearFilters, isFiltered, type QueueView } from './view-store.ts';

const NOT_KEPT = ['atRisk', 'breached', 'majorIncidents'] as const;
type NotKept = (typeof NOT_KEPT)[number];
const isNotKept = (queue: QueueId): queue is NotKept => NOT_KEPT.some((each) => each === queue);

const openHere = (idOrNumber: string) => navigate({ name: 'incident', idOrNumber });

export type Counts = Readonly<Record<QueueId, number | null>>;

export interface EmptyQueueProps {
  readonly queue: QueueId;
  readonly view: QueueView;
  readonly counts: Counts | undefined;
  readonly onSample: () => void;
}

/** What stands in the rows' place while there are none: a sample on its way, or why there is nothing. */
export function EmptyQueue(props: EmptyQueueProps) {
  const say = useWords('queue');
  const errors = useErrorWords();
  const sample = useSampleProgress();
  const { trouble } = useSampleStore();
  if (sample && !isNotKept(props.queue)) return <SampleProgress progress={sample} />;
  return (
    <>
      {trouble && (
        <ErrorNote text={say('sample.failed', { reason: errors.engine(trouble) })} onRetry={props.onSample} />
      )}
      <NothingHere {...props} />
    </>
  );
}

/** Why a queue shows nothing, in one sentence, with what to do about it. */
function NothingHere({ queue, view, counts, onSample }: EmptyQueueProps) {
  const say = useWords('queue');
  const common = useWords('common');
  const scope = useWords('scope');
  const isJoined = useIsShared();
  const keepsPart = useKeepsPart();
  const note = keepsPart ? scope('partOnly') : null;
  const mayRecord = useForbidden()('record') === null;
  const whole = counts?.[queue];
  if (isFiltered(view)) {
    const action = { label: say('filter.clear'), onClick: () => clearFilters(queue) };
    const number = keepsPart && view.filters.length === 0 ? numberToAsk(view.text) : null;
    return (
      <EmptyState text={say('empty.filtered', { total: whole ?? 0 })} note={note} actions={[action]}>
        {number !== null && <AskServer key={number} number={number} onHere={openHere} />}
      </EmptyState>
    );
  }
  if (isNotKept(queue)) return <EmptyState text={say(`notKept.${queue}`)} />;
  if (counts?.allIncidents === 0) {
    const recordOne = { label: say('empty.new'), onClick: () => void perform('newIncident') };
    if (keepsPart) {
      const change = { label: scope('change'), onClick: () => void perform('scope') };
      return <EmptyState text={scope('nothingKept')} actions={mayRecord ? [change, recordOne] : [change]} />;
    }
    if (isJoined) return <EmptyState text={say('empty.joined')} actions={mayRecord ? [recordOne] : []} />;
    return (
      <EmptyState
        text={say('empty.allIncidents')}
        actions={[
          { label: say('empty.import'), onClick: () => void perform('importIncidents') },
          recordOne,
          { label: say('empty.sample'), onClick: onSample },
        ]}
      />
    );
  }
  const next: QueueId = queue === 'myWork' ? 'unassigned' : 'allIncidents';
  const actions =
    queue === 'allIncidents'
      ? []
      : [
          {
            label: say('empty.goTo', { queue: common(`queue.${next}`) }),
            onClick: () => navigate({ name: 'queue', queue: next }),
          },
        ];
  const text = say(`empty.${queue}`, { unassigned: counts?.unassigned ?? 0 });
  return <EmptyState text={text} note={note} actions={actions} />;
}
