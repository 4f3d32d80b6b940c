import { useState } from 'react';
import { isNarrow, SCOPE_LIMITS, type Scope } from '#contracts/sync/scope.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { Site, Team } from '#domain/directory/directory.ts';
import { useSession, useWatch } from '#renderer/platform/hooks.ts';

/** Days, of which one is chosen; null: however long ago. */
const SPANS = [30, 90, 180, 365, null] as const;
const USUAL_SPAN = 90;

/** One team or site that can be chosen. */
export interface Choosable {
  readonly id: Id;
  readonly name: string;
  /** A team of whoever sits here. */
  readonly isOwn: boolean;
}

/** What is chosen of a list, and how. */
export interface Choosing {
  /** Undefined while it is not known what there is. */
  readonly all: readonly Choosable[] | undefined;
  readonly chosen: readonly Id[];
  choose(ids: readonly Id[]): void;
  /** By how many too many are chosen. */
  readonly over: number;
}

export interface ScopeChoice {
  readonly isPart: boolean;
  choosePart(isPart: boolean): void;
  readonly teams: Choosing;
  readonly sites: Choosing;
  readonly spans: readonly (number | null)[];
  readonly span: number | null;
  chooseSpan(span: number | null): void;
  /** What would be kept: null for everything, and for a part that leaves nothing out. */
  readonly scope: Scope | null;
}

/** Those in use, and those kept now that no longer are: the person's own first, then what is kept, then by name. */
function choosable(records: readonly (Team | Site)[], kept: readonly Id[], own: readonly Id[]): Choosable[] {
  const rank = (id: Id) => (own.includes(id) ? 0 : kept.includes(id) ? 1 : 2);
  return records
    .filter(({ id, active }) => active || kept.includes(id))
    .map(({ id, name }) => ({ id, name, isOwn: own.includes(id) }))
    .toSorted((a, b) => rank(a.id) - rank(b.id) || a.name.localeCompare(b.name));
}

const known = (ids: readonly Id[], records: readonly { readonly id: Id }[] | undefined): readonly Id[] =>
  records ? ids.filter((id) => records.some((record) => record.id === id)) : ids;

/**
 * The choice of what this device keeps, beginning with what it keeps now. A part chosen for the first time is that of
 * the person's own teams and the usual span. What nobody knows any more is left out.
 */
export function useScopeChoice(kept: Scope | null, beginsWithPart: boolean): ScopeChoice {
  const person = useSession()?.person ?? null;
  const allTeams: readonly Team[] | undefined = useWatch('directory', { kind: 'team' });
  const allSites: readonly Site[] | undefined = useWatch('directory', { kind: 'site' });
  const [isPart, choosePart] = useState(kept !== null || beginsWithPart);
  const [teamsChosen, chooseTeams] = useState<readonly Id[] | null>(kept?.teamIds ?? null);
  const [sitesChosen, chooseSites] = useState<readonly Id[]>(kept?.siteIds ?? []);
  const [span, chooseSpan] = useState<number | null>(kept ? kept.closedFor : USUAL_SPAN);
  const own = person?.teamIds ?? [];
  const usableOwn = own.filter((id) => allTeams?.some((team) => team.id === id && team.active));
  const teamIds = known(teamsChosen ?? usableOwn, allTeams);
  const siteIds = known(sitesChosen, allSites);
  const part: Scope = { teamIds, siteIds, closedFor: span };
  const over = (ids: readonly Id[]) => Math.max(0, ids.length - SCOPE_LIMITS.named);
  return {
    isPart,
    choosePart,
    teams: {
      all: allTeams && choosable(allTeams, kept?.teamIds ?? [], own),
      chosen: teamIds,
      choose: chooseTeams,
      over: over(teamIds),
    },
    sites: {
      all: allSites && choosable(allSites, kept?.siteIds ?? [], []),
      chosen: siteIds,
      choose: chooseSites,
      over: over(siteIds),
    },
    spans: SPANS.some((each) => each === span) ? SPANS : [...SPANS, span].toSorted(shorterFirst),
    span,
    chooseSpan,
    scope: isPart && isNarrow(part) ? part : null,
  };
}

const shorterFirst = (a: number | null, b: number | null) => (a ?? Infinity) - (b ?? Infinity);
