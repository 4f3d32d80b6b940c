import { describe, expect, it } from 'vitest';
import { wordsOf } from '#renderer/words/words.ts';
import { scopeWords } from './scope-words.ts';

const say = wordsOf('scope');
const named = (name: string) => ({ id: name, name });
const names = {
  teams: ['Service Desk', 'Network', 'Telephony', 'Storage', 'Clients', 'SAP', 'Print'].map(named),
  sites: ['Lyon', 'Berlin'].map(named),
};
const words = (teamIds: readonly string[], siteIds: readonly string[], closedFor: number | null) =>
  scopeWords(say, 'en-GB', { teamIds, siteIds, closedFor }, names);

describe('a scope in words', () => {
  it('is everything where nothing is left out', () => {
    expect(scopeWords(say, 'en-GB', null, names)).toBe('everything you may see');
    expect(words([], [], null)).toBe('everything you may see');
  });

  it('names teams, sites and how far back', () => {
    expect(words(['Service Desk', 'Network'], ['Berlin'], 90)).toBe(
      'Network, Service Desk; at Berlin; open, or changed within 90 days',
    );
    expect(words([], ['Lyon', 'Berlin'], 1)).toBe('at Berlin, Lyon; open, or changed within 1 day');
    expect(words(['Network'], [], null)).toBe('Network; however long ago');
    expect(words([], [], 365)).toBe('all teams; open, or changed within 365 days');
  });

  it('counts the rest of many', () => {
    const all = names.teams.map(({ id }) => id);
    expect(words(all, [], null)).toBe('Clients, Network, Print, SAP, Service Desk and 2 more; however long ago');
  });

  it('leaves out what nobody knows any more, and does not then speak of all teams', () => {
    expect(words(['Network', 'gone'], ['gone'], null)).toBe('Network; however long ago');
    expect(words(['gone'], [], 90)).toBe('what concerns you; open, or changed within 90 days');
  });
});
