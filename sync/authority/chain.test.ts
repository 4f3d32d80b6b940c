import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activity } from '#domain/activity/activity.ts';
import { staffedDesk } from '#domain/command/memory-desk.suite.ts';
import { holds } from '#domain/property.suite.ts';
import { canonicalJson } from './canonical-json.ts';
import { type Chained, linkOf, redacted, sealOf, verifyChain } from './chain.ts';

const SALTS = ['s0', 's1', 's2', 's3'];

/** Four entries of one incident, chained. */
function timeline(): readonly Activity[] {
  const desk = staffedDesk();
  const incidentId = desk.opened({ assignmentGroupId: 'net' });
  desk.send('incident.note', { incidentId, entryId: 'n1', body: 'Password is hunter2' });
  desk.send('incident.start', { incidentId });
  desk.send('incident.note', { incidentId, entryId: 'n2', body: 'Zürich 🙈' });
  return desk.log;
}

function chained(activities: readonly Activity[], salts: readonly string[] = SALTS): readonly Chained[] {
  let previous: string | null = null;
  return activities.map((activity, at) => {
    const salt = salts[at] ?? 'salt';
    const link = linkOf(previous, activity, salt);
    previous = link.hash;
    return { activity, salt, link };
  });
}

const chain = chained(timeline());
const head = chain.at(-1)?.link.hash ?? '';
const changed = (at: number, change: (entry: Chained) => Chained) =>
  chain.map((entry, place) => (place === at ? change(entry) : entry));

describe('the chain of a subject', () => {
  it('SPEC 15.1: verifies as it was made, whole and from any link on, and answers its head', () => {
    expect(chain).toHaveLength(4);
    expect(verifyChain(chain)).toEqual({ ok: true, value: head });
    for (const [at, { link }] of chain.entries()) {
      expect(verifyChain(chain.slice(at + 1), link.hash)).toEqual({ ok: true, value: head });
    }
    expect(verifyChain([])).toEqual({ ok: true, value: null });
    expect(head).toMatch(/^[0-9a-f]{64}$/);
  });

  it('SPEC 15.1: does not depend on the order in which a database gives members back', () => {
    const turned = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(turned);
      if (typeof value !== 'object' || value === null) return value;
      const members = Object.entries(value).toReversed();
      return Object.fromEntries(members.map(([name, each]) => [name, turned(each)]));
    };
    expect(verifyChain(turned(chain) as readonly Chained[])).toEqual({ ok: true, value: head });
  });

  it('SPEC 15.2: shows a changed payload, salt or envelope where it is', () => {
    const payload = { entryId: 'n1', body: 'Password is changed' };
    const bent = [
      changed(1, (entry) => ({ ...entry, activity: { ...entry.activity, payload } })),
      changed(1, (entry) => ({ ...entry, salt: 'another' })),
      changed(1, (entry) => ({ ...entry, link: { ...entry.link, sealed: head } })),
      changed(1, (entry) => ({ ...entry, salt: null })),
    ];
    for (const one of bent) expect(verifyChain(one)).toEqual({ ok: false, error: { at: 1, flaw: 'payload' } });
    const over: Partial<Activity>[] = [{ actor: 'ben' }, { seq: 99 }, { occurredAt: 0 }, { visibility: 'public' }];
    for (const change of [...over, { lateReason: 'x' }]) {
      const one = changed(2, (entry) => ({ ...entry, activity: { ...entry.activity, ...change } }));
      expect(verifyChain(one)).toEqual({ ok: false, error: { at: 2, flaw: 'link' } });
    }
  });

  it('SPEC 15.2: shows an entry that was taken away, moved or put in', () => {
    const without = (at: number) => chain.filter((_, place) => place !== at);
    for (const at of [0, 1, 2]) expect(verifyChain(without(at))).toEqual({ ok: false, error: { at, flaw: 'link' } });
    // Of an end that is missing only the seal knows.
    expect(verifyChain(without(3))).toEqual({ ok: true, value: chain[2]?.link.hash });
    expect(verifyChain([...chain].reverse())).toEqual({ ok: false, error: { at: 0, flaw: 'link' } });
    expect(verifyChain([...chain, ...chain.slice(1, 2)])).toEqual({ ok: false, error: { at: 4, flaw: 'link' } });
    const foreign = changed(3, (entry) => ({
      ...entry,
      activity: { ...entry.activity, subject: { kind: 'incident', id: 'another' } },
    }));
    expect(verifyChain(foreign)).toEqual({ ok: false, error: { at: 3, flaw: 'subject' } });
  });

  it('SPEC 15.3: still verifies when payloads were redacted, and tells nothing of them', () => {
    const kept = chain.map(redacted);
    expect(verifyChain(kept)).toEqual({ ok: true, value: head });
    expect(JSON.stringify(kept)).not.toContain('hunter2');
    const some = changed(1, redacted);
    expect(verifyChain(some)).toEqual({ ok: true, value: head });
    expect(some[1]).toMatchObject({ salt: null, activity: { actor: 'ann', type: 'incident.note' } });
    // The same text under another salt has another hash: guessing the text does not show it.
    const other = chained(timeline(), ['s0', 'other', 's2', 's3'])[1];
    expect(other?.link.sealed).not.toBe(chain[1]?.link.sealed);
    const bent = some.map((entry, at) =>
      at === 1 ? { ...entry, activity: { ...entry.activity, actor: 'ben' } } : entry,
    );
    expect(verifyChain(bent)).toEqual({ ok: false, error: { at: 1, flaw: 'link' } });
  });

  it('SPEC 15.2, 15.3: holds whatever the payloads are, and breaks with any of them', () => {
    const json = fc.jsonValue();
    const property = fc.property(
      fc.array(json, { minLength: 1, maxLength: 6 }),
      fc.nat(),
      json,
      (payloads, place, other) => {
        const base = timeline()[0];
        if (base === undefined) throw new Error('a timeline begins');
        const made = chained(payloads.map((payload, seq) => ({ ...base, seq, payload })));
        // As it comes back from a store.
        const stored = JSON.parse(JSON.stringify(made)) as readonly Chained[];
        expect(verifyChain(stored).ok).toBe(true);
        const at = place % made.length;
        expect(verifyChain(stored.map((entry, i) => (i === at ? redacted(entry) : entry)))).toEqual(verifyChain(made));
        const bent = stored.map((entry, i) =>
          i === at ? { ...entry, activity: { ...entry.activity, payload: other } } : entry,
        );
        const isSame = canonicalJson(other) === canonicalJson(payloads[at]);
        expect(verifyChain(bent)).toEqual(isSame ? verifyChain(made) : { ok: false, error: { at, flaw: 'payload' } });
      },
    );
    holds('chains hold', property);
  });

  it('SPEC 15.4: seals all heads in one hash, whatever their order', () => {
    const heads = new Map([
      ['incident 1', head],
      ['incident 2', 'b'],
    ]);
    const seal = sealOf(heads);
    expect(sealOf(new Map([...heads].reverse()))).toBe(seal);
    expect(sealOf(new Map([...heads, ['incident 3', 'c']]))).not.toBe(seal);
    expect(sealOf(new Map([...heads, ['incident 2', 'c']]))).not.toBe(seal);
  });
});

describe('JSON in one form', () => {
  it('sorts members, leaves out what is undefined, and writes the rest as JSON does', () => {
    expect(canonicalJson({ b: [1, { d: null, c: undefined }], a: 'ä\n', '': -0 })).toBe(
      '{"":0,"a":"ä\\n","b":[1,{"d":null}]}',
    );
    expect([canonicalJson(undefined), canonicalJson([undefined])]).toEqual(['null', '[null]']);
    const property = fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    });
    holds('canonical JSON is JSON', property);
  });
});
