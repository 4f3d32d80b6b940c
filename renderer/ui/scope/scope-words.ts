import { useMemo } from 'react';
import { isNarrow, type Scope } from '#contracts/sync/scope.ts';
import type { Id } from '#domain/activity/activity.ts';
import { useWatch } from '#renderer/platform/hooks.ts';
import { useTime } from '#renderer/ui/time.ts';
import type { Words } from '#renderer/words/areas.ts';
import { useWords } from '#renderer/words/words.ts';

/** As many names are said; the others are counted. */
const NAMED = 5;

interface Named {
  readonly id: Id;
  readonly name: string;
}

/** The names a scope mentions, as far as this desk knows them. */
export interface ScopeNames {
  readonly teams: readonly Named[];
  readonly sites: readonly Named[];
}

function listed(say: Words<'scope'>, language: string, ids: readonly Id[], records: readonly Named[]): string {
  const names = records.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
  const format = new Intl.ListFormat(language, { type: 'unit', style: 'short' });
  const said = format.format(names.toSorted((a, b) => a.localeCompare(b, language)).slice(0, NAMED));
  const rest = names.length - NAMED;
  return rest > 0 ? say('keeps.more', { names: said, count: rest }) : said;
}

function whose(say: Words<'scope'>, language: string, scope: Scope, names: ScopeNames): string {
  if (scope.teamIds.length + scope.siteIds.length === 0) return say('keeps.allTeams');
  const teams = listed(say, language, scope.teamIds, names.teams);
  const sites = listed(say, language, scope.siteIds, names.sites);
  if (teams !== '' && sites !== '') return say('keeps.both', { teams, sites });
  if (sites !== '') return say('keeps.sites', { sites });
  return teams === '' ? say('keeps.mine') : teams;
}

/** "Network, Service Desk; at Berlin; open, or changed within 90 days". Names that nobody knows any more are left out. */
export function scopeWords(say: Words<'scope'>, language: string, scope: Scope | null, names: ScopeNames): string {
  if (scope === null || !isNarrow(scope)) return say('keeps.all');
  const what = whose(say, language, scope, names);
  return scope.closedFor === null ? say('keeps.ever', { what }) : say('keeps.within', { what, days: scope.closedFor });
}

/** A scope in words, null for everything; undefined while the names it mentions are not known yet. */
export function useScopeWords(scope: Scope | null): string | undefined {
  const say = useWords('scope');
  const { language } = useTime().reader;
  const needsTeams = (scope?.teamIds.length ?? 0) > 0;
  const needsSites = (scope?.siteIds.length ?? 0) > 0;
  const teams: readonly Named[] | undefined = useWatch('directory', needsTeams ? { kind: 'team' } : null);
  const sites: readonly Named[] | undefined = useWatch('directory', needsSites ? { kind: 'site' } : null);
  return useMemo(() => {
    if ((needsTeams && !teams) || (needsSites && !sites)) return undefined;
    return scopeWords(say, language, scope, { teams: teams ?? [], sites: sites ?? [] });
  }, [say, language, scope, needsTeams, needsSites, teams, sites]);
}
