import type { Calls, EngineError, Progress } from '#contracts/engine/protocol.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { Person } from '#domain/directory/directory.ts';
import { foldIncident } from '#domain/incident/fold.ts';
import type { PriorityMatrix } from '#domain/priority/matrix.ts';
import { ok, type Result } from '#domain/result.ts';
import type { AdoptionBundle, AdoptionSink } from '../import/adoption.ts';
import { randomFrom } from './random.ts';
import { SAMPLE_SOURCE, sampleCompany } from './sample-company.ts';
import { planSample } from './sample-plan.ts';
import { type SampleContext, sampleStory } from './sample-story.ts';

export interface SamplePorts {
  readonly sink: AdoptionSink;
  readonly newId: () => Id;
  readonly now: () => Instant;
  readonly device: () => Id;
  readonly matrix: () => PriorityMatrix;
  /** Who is at the desk: owns some of it, and their team gets some. */
  readonly person: () => Person | null;
  /** Told after every batch; null when it is over, however it ended. */
  readonly progress: (progress: Progress | null) => void;
}

const BATCH = 50;

/**
 * Fills the desk with a made-up company and its incidents of the last 60 days, the way an import does: visible all at
 * once, or not at all. The same seed again adds nothing.
 */
export async function loadSample(
  ports: SamplePorts,
  args: Calls['loadSample']['args'],
): Promise<Result<Calls['loadSample']['value'], EngineError>> {
  ports.progress({ done: 0, total: args.incidents });
  try {
    return await makeSample(ports, args);
  } finally {
    ports.progress(null);
  }
}

async function makeSample(
  ports: SamplePorts,
  { seed, incidents }: Calls['loadSample']['args'],
): ReturnType<typeof loadSample> {
  const { sink } = ports;
  const random = randomFrom(seed);
  const person = ports.person();
  const now = ports.now();
  const company = sampleCompany(random, person?.teamIds[0] ?? null);
  const context: SampleContext = { random, company, seed, now, device: ports.device(), me: person?.id ?? null };
  const plans = planSample(random, incidents, now);
  const importId = ports.newId();
  const begun = await sink.begin(importId, null);
  if (!begun.ok) return begun;
  let added = 0;
  for (let at = 0; at < plans.length; at += BATCH) {
    const bundles = plans.slice(at, at + BATCH).map((plan) => bundleOf(sampleStory(plan, context), ports.matrix()));
    const staged = await sink.stage(importId, at === 0 ? company.directory : [], bundles);
    if (!staged.ok) {
      await sink.discard(importId);
      return staged;
    }
    added += staged.value.added;
    ports.progress({ done: Math.min(at + BATCH, plans.length), total: plans.length });
  }
  const committed = await sink.commit(importId);
  return committed.ok ? ok({ incidents: added }) : committed;
}

function bundleOf({ incidentId, activities }: ReturnType<typeof sampleStory>, matrix: PriorityMatrix): AdoptionBundle {
  const folded = foldIncident(activities, { matrix });
  if (!folded) throw new Error('a story without an incident');
  return {
    incidentId,
    externalNumber: null,
    source: SAMPLE_SOURCE,
    activityIds: activities.map((activity) => activity.id),
    comments: 0,
    activities,
    folded,
    line: JSON.stringify(activities),
  };
}
