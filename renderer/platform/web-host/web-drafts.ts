import type { Draft, EngineHost } from '#contracts/host/engine-host.ts';
import { HOST_LIMITS } from '#contracts/host/host-limits.ts';
import { encodeDraft, isId, refuse } from '#contracts/host/host-rules.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import { ok } from '#domain/result.ts';
import type { JournalDatabase } from './journal-database.ts';
import { coded } from './web-faults.ts';

/** How many consumed drafts are remembered, so that a late echo of one does not come back. */
const REMEMBERED = 10_000;

export interface ConsumedDrafts {
  /** Removes a draft within the append's transaction, unless it was touched after `at`. */
  take(draftId: Id, at: Instant): Promise<void>;
}

const parseDraft = (text: string): Draft => JSON.parse(text);

export function webDrafts(db: JournalDatabase): { parts: EngineHost['drafts']; consumed: ConsumedDrafts } {
  const consumed = new Map<Id, Instant>();

  const remember = (id: Id, at: Instant) => {
    consumed.set(id, at);
    const oldest = consumed.keys().next();
    if (consumed.size > REMEMBERED && !oldest.done) consumed.delete(oldest.value);
  };

  const parts: EngineHost['drafts'] = {
    list: () => coded(db, async () => ok((await db.drafts.toArray()).map(({ text }) => parseDraft(text)))),
    put: async (draft) => {
      const encoded = encodeDraft(draft);
      if (!encoded.ok) return encoded;
      return coded(db, () =>
        db.transaction('rw', db.drafts, async () => {
          if (draft.updatedAt <= (consumed.get(draft.id) ?? Number.NEGATIVE_INFINITY)) return ok(null);
          const isKnown = (await db.drafts.get(draft.id)) !== undefined;
          if (!isKnown && (await db.drafts.count()) >= HOST_LIMITS.drafts) return refuse('tooLarge', 'too many drafts');
          await db.drafts.put({ id: draft.id, text: encoded.value });
          return ok(null);
        }),
      );
    },
    remove: async (draftId) => {
      if (!isId(draftId)) return refuse('badArguments', 'draft id is no UUID');
      return coded(db, async () => {
        await db.drafts.delete(draftId);
        return ok(null);
      });
    },
  };

  return {
    parts,
    consumed: {
      async take(draftId, at) {
        const row = await db.drafts.get(draftId);
        if (row && parseDraft(row.text).updatedAt <= at) await db.drafts.delete(draftId);
        remember(draftId, at);
      },
    },
  };
}
