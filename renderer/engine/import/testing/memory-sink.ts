import type { Activity, Id } from '#domain/activity/activity.ts';
import { foldIncident } from '#domain/incident/fold.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { DEFAULT_MATRIX } from '#domain/priority/matrix.ts';
import { ok } from '#domain/result.ts';
import {
  type AdoptionBundle,
  type AdoptionCounts,
  type AdoptionSink,
  type DirectoryEntry,
  isComment,
} from '../adoption.ts';

/** The sink's promise in its simplest form, to read imports against: staged apart, visible on commit, ids once. */
export class MemorySink implements AdoptionSink {
  readonly visible = new Map<Id, Activity[]>();
  readonly directory = new Map<Id, DirectoryEntry>();
  private staged = new Map<Id, Activity[]>();
  private stagedDirectory = new Map<Id, DirectoryEntry>();

  begin = async () => ok(null);

  async stage(_: Id, directory: readonly DirectoryEntry[], bundles: readonly AdoptionBundle[]) {
    const counts = await this.inspect(directory, bundles);
    for (const entry of directory) this.stagedDirectory.set(entry.record.id, entry);
    for (const bundle of bundles) {
      const fresh = this.fresh(bundle);
      this.staged.set(bundle.incidentId, [...(this.staged.get(bundle.incidentId) ?? []), ...fresh]);
    }
    return ok(counts);
  }

  async inspect(directory: readonly DirectoryEntry[], bundles: readonly AdoptionBundle[]): Promise<AdoptionCounts> {
    const counts = { added: 0, grown: 0, unchanged: 0, activitiesAdded: 0, rowsAdded: 0, numbersTaken: 0 };
    for (const bundle of bundles) {
      const fresh = this.fresh(bundle);
      const known = this.visible.has(bundle.incidentId) || this.staged.has(bundle.incidentId);
      counts[known ? (fresh.length > 0 ? 'grown' : 'unchanged') : 'added'] += 1;
      counts.activitiesAdded += fresh.length;
      counts.rowsAdded += fresh.filter((activity) => !isComment(activity)).length;
    }
    const of = (kind: string) => directory.filter((e) => e.kind === kind && !this.directory.has(e.record.id)).length;
    return { ...counts, peopleAdded: of('person'), teamsAdded: of('team'), categoriesAdded: of('category') };
  }

  async commit() {
    for (const [id, activities] of this.staged) this.visible.set(id, [...(this.visible.get(id) ?? []), ...activities]);
    for (const [id, entry] of this.stagedDirectory) this.directory.set(id, entry);
    await this.discard();
    return ok({ lsn: 1 });
  }

  async discard() {
    this.staged = new Map();
    this.stagedDirectory = new Map();
  }

  incidents(): Incident[] {
    return [...this.visible.values()].map((activities) => {
      const incident = foldIncident(activities, { matrix: DEFAULT_MATRIX });
      if (!incident) throw new Error('no incident');
      return incident;
    });
  }

  private fresh(bundle: AdoptionBundle): Activity[] {
    const known = new Set<Id>(
      [...(this.visible.get(bundle.incidentId) ?? []), ...(this.staged.get(bundle.incidentId) ?? [])].map((a) => a.id),
    );
    return bundle.activities.filter((activity) => !known.has(activity.id));
  }
}
