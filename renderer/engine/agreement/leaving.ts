import type { Activity, Id } from '#domain/activity/activity.ts';
import type { Command } from '#domain/command/command.ts';
import type { Incident } from '#domain/incident/incident.ts';
import type { Result } from '#domain/result.ts';
import type { SharedStore } from '#renderer/data/shared/shared-store.ts';
import type { Share } from '#renderer/data/sync-records.ts';
import type { Outcome, StoreFault, Submission } from '#sync/authority/store.ts';
import { Outbox } from '#sync/client/outbox.ts';
import type { OutboxFrame } from '#sync/client/outbox-frames.ts';
import { isPending } from '#sync/client/overlay.ts';
import type { AdoptionBundle, AdoptionSink } from '../import/adoption.ts';

export interface LeavingPorts {
  readonly store: SharedStore;
  readonly sink: AdoptionSink;
  readonly device: Id;
  newId(): Id;
  submit(submission: Submission): Promise<Result<Outcome, StoreFault>>;
}

const INCIDENTS_AT_ONCE = 100;

/**
 * Takes everything that this desk holds of its share into its own log: incidents with their timelines, as far as they
 * are here, its directory, and then what its people did that the server had not said. Done twice it is done once, so
 * it may be cut anywhere. Answers the commands that the desk itself would not take; null: it has to be tried again.
 */
export async function takeEverythingAlong(
  { store, sink, device, newId, submit }: LeavingPorts,
  share: Share,
  frames: readonly OutboxFrame[],
): Promise<readonly Id[] | null> {
  if (!(await adoptAll(store, sink, newId(), share))) return null;
  const { throughSeq } = await store.position();
  const refused: Id[] = [];
  for (const entry of Outbox.of(frames).all()) {
    if (!isPending(entry, throughSeq)) continue;
    const { person, ...rest } = entry.command;
    const said = await submit({ command: { ...(rest as Omit<Command, 'actor' | 'device'>), actor: person, device } });
    if (!said.ok) return null;
    if (!said.value.ok) refused.push(entry.command.id);
  }
  return refused;
}

async function adoptAll(store: SharedStore, sink: AdoptionSink, importId: Id, share: Share): Promise<boolean> {
  const begun = await sink.begin(importId, share.person.personId);
  if (!begun.ok) return false;
  const directory = (await store.records()).map(({ value: { kind, record } }) => ({ kind, record }));
  let entries = directory;
  for await (const incidents of store.incidentBatches()) {
    for (let at = 0; at < incidents.length; at += INCIDENTS_AT_ONCE) {
      const bundles = await bundlesOf(incidents.slice(at, at + INCIDENTS_AT_ONCE), store, share);
      const staged = await sink.stage(importId, entries, bundles);
      entries = [];
      if (!staged.ok) {
        await sink.discard(importId);
        return false;
      }
    }
  }
  // A desk without an incident has people and teams all the same.
  const last = entries.length > 0 ? await sink.stage(importId, entries, []) : begun;
  const committed = last.ok ? await sink.commit(importId) : last;
  if (!committed.ok) await sink.discard(importId);
  return committed.ok;
}

async function bundlesOf(
  incidents: readonly Incident[],
  store: SharedStore,
  share: Share,
): Promise<readonly AdoptionBundle[]> {
  const timelines = await store.timelines(incidents.map(({ id }) => id));
  return incidents.map((incident) => {
    const activities = (timelines.get(incident.id)?.entries ?? []).map(asHistory);
    return {
      incidentId: incident.id,
      externalNumber: incident.number,
      source: share.address,
      activityIds: activities.map(({ id }) => id),
      comments: 0,
      activities,
      folded: incident,
      line: JSON.stringify(activities),
    };
  });
}

/** The server's place in its log means nothing in this desk's own. */
const asHistory = (activity: Activity): Activity => ({ ...activity, seq: null, cause: null });
