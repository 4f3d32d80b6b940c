import type { Draft, EngineHost, JournalError } from '#contracts/host/engine-host.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { Result } from '#domain/result.ts';
import type { Batch } from '#sync/authority/store.ts';
import type { Touches } from './touches.ts';

/** Half-written texts, as main keeps them; here so that every window sees the same ones. */
export class DraftShelf {
  private readonly drafts = new Map<Id, Draft>();
  private readonly ended = new Map<Id, Instant>();
  /** As typed last, also while the machine is still writing it. */
  private readonly typed = new Map<Id, Draft>();
  /** Drafts that came or went since the machine was last asked for its list, which may not know of it. */
  private readonly fresh = new Set<Id>();
  private readonly host: EngineHost;
  private readonly touches: Touches;

  constructor(host: EngineHost, touches: Touches) {
    this.host = host;
    this.touches = touches;
  }

  /** Takes what the machine keeps in place of what was here. Asked once the journal is open. */
  async load(): Promise<void> {
    this.fresh.clear();
    const listed = await this.host.drafts.list();
    if (listed.ok) this.take(listed.value);
    else this.host.log('warn', 'drafts.unreadable', { code: listed.error.code });
    this.touches.touch('drafts');
  }

  private take(listed: readonly Draft[]): void {
    for (const id of this.drafts.keys()) if (!this.fresh.has(id)) this.drafts.delete(id);
    for (const draft of listed) if (!this.fresh.has(draft.id)) this.drafts.set(draft.id, draft);
  }

  of(personId: Id): readonly Draft[] {
    return [...this.drafts.values()].filter((draft) => draft.person === personId);
  }

  async put(draft: Draft): Promise<Result<null, JournalError>> {
    this.typed.set(draft.id, draft);
    const kept = await this.host.drafts.put(draft);
    if (!kept.ok) return kept;
    // A text typed before the command that used it up arrives late: the machine drops it, and so do we.
    if (draft.updatedAt <= (this.ended.get(draft.id) ?? -1)) return kept;
    this.drafts.set(draft.id, draft);
    this.fresh.add(draft.id);
    this.touches.touch('drafts');
    return kept;
  }

  /**
   * A command of this instant is about to take the draft in. Were the clock set back since its last letter, the
   * machine would hold it for a text begun after the command, and keep it: such a draft is dated anew first.
   */
  async dateBy(draftId: Id, at: Instant): Promise<void> {
    const draft = this.typed.get(draftId) ?? this.drafts.get(draftId);
    if (draft && draft.updatedAt > at) await this.put({ ...draft, updatedAt: at });
  }

  async remove(draftId: Id): Promise<Result<null, JournalError>> {
    this.typed.delete(draftId);
    this.fresh.add(draftId);
    if (this.drafts.delete(draftId)) this.touches.touch('drafts');
    return this.host.drafts.remove(draftId);
  }

  /** Texts that accepted commands used up. */
  consumedBy({ confirmed }: Batch): void {
    for (const { submission } of confirmed) {
      if (submission.draftId) this.consumed(submission.draftId, submission.command.recordedAt);
    }
  }

  /** A frame made an end of it: the journal removes the file itself. */
  private consumed(draftId: Id, at: Instant): void {
    this.ended.set(draftId, at);
    this.typed.delete(draftId);
    this.fresh.add(draftId);
    if (this.drafts.delete(draftId)) this.touches.touch('drafts');
  }
}
