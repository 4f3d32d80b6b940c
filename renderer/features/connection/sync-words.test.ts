import { describe, expect, it } from 'vitest';
import type { Connection, SeatedPerson } from '#contracts/engine/agreement.ts';
import type { DeskCondition } from '#renderer/platform/hooks.ts';
import { clockTime } from '#renderer/ui/time.ts';
import { wordsOf } from '#renderer/words/words.ts';
import { type SyncFacts, syncTruth } from './sync-words.ts';

const sayers = {
  app: wordsOf('app', 'en'),
  say: wordsOf('connection', 'en'),
  when: (at: number) => clockTime(at, { zone: 'UTC', language: 'en-GB' }),
};
const status: DeskCondition = {
  phase: 'ready',
  trouble: null,
  rebuilt: null,
  progress: null,
  sample: null,
  quarantined: 0,
  keptIn: 'device',
  incidents: 24_918,
  mode: 'alone',
};
const ada: SeatedPerson = { personId: 'p-ada', name: 'Ada Lovelace', email: 'ada@x.org', role: 'agent', open: true };
const grace: SeatedPerson = { ...ada, personId: 'p-grace', name: 'Grace Hopper', email: 'grace@x.org' };
const joined: Connection = {
  mode: 'joined',
  address: 'https://desk.example.org',
  people: [ada],
  tokens: 'kept',
  states: [{ kind: 'upToDate' }],
  syncedAt: Date.UTC(2026, 0, 5, 10, 42),
  nextTryAt: null,
  handingOver: null,
  waiting: 0,
  parked: 0,
};
const MINUTE = 60_000;

const truth = (connection: Partial<Connection>, facts: Partial<SyncFacts> = {}) =>
  syncTruth(sayers, {
    status,
    waiting: false,
    connection: { ...joined, ...connection },
    personId: ada.personId,
    needsMe: 0,
    ...facts,
  });
const phrase = (connection: Partial<Connection>, facts: Partial<SyncFacts> = {}) => truth(connection, facts).phrase;

describe('the status line of a desk that shares its incidents', () => {
  it('says when everything was sent and taken last, and nothing besides', () => {
    expect(truth({})).toEqual({ phrase: 'Synchronised 10:42', besides: null, mark: 'fine', leadsTo: null });
  });

  it('says offline with what waits, and that it is saved on this device', () => {
    const offline = { states: [{ kind: 'offline', since: 0 }] } as const;
    expect(truth({ ...offline, waiting: 3 })).toMatchObject({
      phrase: 'Offline, 3 changes waiting',
      besides: 'Saved on this device',
    });
    expect(phrase({ ...offline, waiting: 1 })).toBe('Offline, 1 change waiting');
    expect(phrase(offline)).toBe('Offline, nothing is waiting');
  });

  it('has a phrase for every state', () => {
    expect(phrase({ states: [{ kind: 'sending', count: 3 }] })).toBe('Sending 3 changes');
    expect(phrase({ states: [{ kind: 'loading', done: 1_200, total: 24_918 }] })).toBe('Loading 1,200 of 24,918');
    expect(phrase({ states: [{ kind: 'notOurServer' }], waiting: 2 })).toBe(
      'This is not our server; 2 changes waiting',
    );
    expect(phrase({ states: [{ kind: 'versionTooOld' }], waiting: 2 })).toBe('Update Deskbell to send 2 changes');
    expect(phrase({ states: [{ kind: 'clockOff', by: 12 * MINUTE }] })).toBe('Clock is 12 minutes ahead');
    expect(phrase({ states: [{ kind: 'clockOff', by: -125 * MINUTE }] })).toBe('Clock is 2 hours behind');
    expect(phrase({ states: [{ kind: 'serverRestored', again: 4 }] })).toBe(
      'The server was restored; sending 4 changes again',
    );
  });

  it('says the most urgent of several', () => {
    const states = [
      { kind: 'offline', since: 0 },
      { kind: 'sending', count: 3 },
      { kind: 'parked', count: 2 },
    ] as const;
    expect(phrase({ states, waiting: 3 })).toBe('Offline, 3 changes waiting');
  });

  it('says how far a history is handed over, unless something keeps it from going on', () => {
    const handingOver = { done: 300, total: 24_918 };
    const sending = { kind: 'sending', count: 24_618 } as const;
    expect(phrase({ handingOver, states: [sending] })).toBe('Handing over 300 of 24,918');
    expect(phrase({ handingOver, states: [] })).toBe('Handing over 300 of 24,918');
    expect(phrase({ mode: 'found', handingOver, states: [] })).toBe('Handing over 300 of 24,918');
    expect(phrase({ handingOver, waiting: 5, states: [{ kind: 'offline', since: 0 }, sending] })).toBe(
      'Offline, 5 changes waiting',
    );
    expect(phrase({ handingOver, states: [{ kind: 'offline', since: 0 }] })).toBe(
      'Offline, 24,618 records left to hand over',
    );
  });

  it('tells what needs whoever looks at the screen from what needs a colleague', () => {
    const states = [{ kind: 'parked', count: 3 }, { kind: 'upToDate' }] as const;
    expect(truth({ states, parked: 3 }, { needsMe: 2 })).toEqual({
      phrase: '2 need you',
      besides: 'Synchronised 10:42',
      mark: 'needsYou',
      leadsTo: { dialog: 'conflicts' },
    });
    expect(truth({ states, parked: 3 })).toMatchObject({
      phrase: '3 changes wait for colleagues’ decisions',
      leadsTo: null,
    });
  });

  it('asks the one whose session ended to sign in, and names a colleague whose changes wait', () => {
    const states = [{ kind: 'signInNeeded', waiting: 3 }] as const;
    expect(truth({ states, people: [{ ...ada, open: false }] })).toMatchObject({
      phrase: 'Sign in to send 3 changes',
      leadsTo: { dialog: 'signIn', email: 'ada@x.org' },
    });
    expect(truth({ states, people: [{ ...grace, open: false }, ada] })).toMatchObject({
      phrase: '3 changes of Grace Hopper wait for their sign-in',
      leadsTo: { dialog: 'signIn', email: 'grace@x.org' },
    });
    expect(phrase({ states: [{ kind: 'signInNeeded', waiting: 0 }], people: [] })).toBe('Sign in to synchronise');
  });

  it('SPEC 7.9: says that the server ended the session, before it asks to sign in', () => {
    const states = [{ kind: 'signInNeeded', waiting: 1, revoked: true }] as const;
    expect(truth({ states, people: [{ ...ada, open: false }] })).toMatchObject({
      phrase: 'The server ended your session. Sign in to send 1 change',
      mark: 'needsYou',
      leadsTo: { dialog: 'signIn', email: 'ada@x.org' },
    });
  });

  it('puts trouble of the desk itself before everything else', () => {
    const offline = { states: [{ kind: 'offline', since: 0 }] } as const;
    expect(truth(offline, { status: { ...status, trouble: 'diskFull' } })).toEqual({
      phrase: 'Disk full: nothing more can be saved',
      besides: null,
      mark: 'trouble',
      leadsTo: null,
    });
    expect(phrase(offline, { waiting: true })).toBe('Waiting for the desk’s engine');
    expect(phrase(offline, { status: { ...status, phase: 'reconciling' } })).toBe('Checking what was saved');
  });

  it('does not hide damaged records behind a desk that is synchronised', () => {
    expect(truth({}, { status: { ...status, quarantined: 2 } })).toMatchObject({
      phrase: 'Synchronised 10:42',
      besides: 'Saved on this device. 2 damaged records were set aside',
    });
  });

  it('speaks of no server while none is joined', () => {
    for (const mode of ['alone', 'found', 'notSupported'] as const) {
      expect(phrase({ mode, states: [] })).toBe('Saved on this device');
    }
  });
});
