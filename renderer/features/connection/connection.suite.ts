import type { Connection, JoinPreview, MappingRow, SeatedPerson } from '#contracts/engine/agreement.ts';
import type { Queries } from '#contracts/engine/protocol.ts';
import type { DirectoryKind } from '#domain/directory/directory.ts';
import { ok } from '#domain/result.ts';
import { createFakeEngine, type FakeEngine } from '#renderer/platform/fake-engine.ts';
import { ADDRESS, alone, joined as joinedDesk, seatedAda } from '#renderer/ui/agreement.suite.ts';

export const seatedGrace: SeatedPerson = {
  ...seatedAda,
  personId: 'p-grace',
  name: 'Grace Hopper',
  email: 'grace@example.org',
};

export const found: Connection = { ...alone, mode: 'found', address: ADDRESS };
/** Level with its server at 10:42 today. */
export const joined: Connection = joinedDesk({ syncedAt: new Date().setUTCHours(10, 42, 0, 0) });

export const rowOf = (changes: Partial<MappingRow>): MappingRow => ({
  kind: 'person',
  localId: 'l-1',
  name: 'Ida Holm',
  detail: null,
  suggestedId: null,
  ...changes,
});

export const preview: JoinPreview = {
  address: ADDRESS,
  person: seatedAda,
  incidents: 0,
  mayHandOver: true,
  mayAddRecords: true,
  rows: [],
  targets: [],
};

/** A history of two people and a team, of whom the server seems to know one. */
export const history: JoinPreview = {
  ...preview,
  incidents: 1_240,
  rows: [
    rowOf({ localId: 'l-ida', name: 'Ida Holm', detail: 'ida@example.org', suggestedId: 's-ida' }),
    rowOf({ localId: 'l-jon', name: 'Jon Ek' }),
    rowOf({ kind: 'team', localId: 'l-team', name: 'Netzwerk' }),
  ],
  targets: [
    { kind: 'person', id: 's-ida', name: 'Ida Holm-Berg', detail: 'ida@example.org' },
    { kind: 'person', id: 's-jon', name: 'Jon Erik Ek', detail: null },
    { kind: 'team', id: 's-net', name: 'Network', detail: null },
  ],
};

/** An engine that finds a server, lets Ada in, and joins, as the real one tells it. */
export function engineWithServer(shown: JoinPreview = preview, start: Connection = alone): FakeEngine {
  const engine = createFakeEngine();
  engine.set('connection', start);
  engine.answer('findServer', ({ address }) => {
    engine.set('connection', found);
    return ok({ address });
  });
  engine.answer('signIn', () => {
    engine.set('connection', { ...found, people: [seatedAda], tokens: 'kept' });
    return ok(seatedAda);
  });
  engine.answer('previewJoin', () => ok(shown));
  engine.answer('join', () => {
    engine.set('connection', { ...joined, states: [{ kind: 'loading', done: 0, total: 24_918 }], syncedAt: null });
    return ok(null);
  });
  engine.answer('leave', () => {
    engine.set('connection', alone);
    return ok(null);
  });
  return engine;
}

const named = (id: string, name: string, active = true) => ({ id, name, active, source: null });
/** Ada is of the second team by name; one of them is used no more. */
export const teams = [
  named('t-net', 'Netzwerk'),
  named('t-1', 'Service Desk'),
  named('t-sap', 'Anwendungsbetreuung'),
  named('t-old', 'Telefonie', false),
];
export const sites = [named('s-ber', 'Berlin'), named('s-lyo', 'Lyon')];

/** The directory of a joined desk, as the real engine answers. */
export const directoryOf = ({ kind }: { kind: DirectoryKind }): Queries['directory']['value'] =>
  kind === 'team' ? teams : kind === 'site' ? sites : [];
