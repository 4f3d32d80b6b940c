import { v7 as newId } from 'uuid';
import { describe, expect, it } from 'vitest';
import { type PullAnswer, type PushAnswer, type SubjectAnswer, SYNC_LIMITS } from '#contracts/sync/wire.ts';
import { ADMIN, pushOf, recordArgs, recorded, startServer } from '#server/server-under-test.suite.ts';

describe('pushing', () => {
  it('SPEC 1.1: decides commands and says what became of each', async () => {
    const { login } = await startServer();
    const { status, body } = await (await login()).push(recorded('printer on fire'), recorded('and the next'));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      epoch: 'epoch',
      expected: 3,
      results: [
        { seq: 1, status: 'accepted', number: 'INC0000001' },
        { seq: 2, status: 'accepted', number: 'INC0000002' },
      ],
    });
  });

  it('SPEC 1.2: keeps a rejection with its code and goes on behind it', async () => {
    const { login } = await startServer();
    const { body } = await (await login()).push({ name: 'incident.fly', args: {} }, recorded('fine'));
    expect(body.results).toMatchObject([
      { status: 'rejected', refusal: { code: 'argumentsInvalid' } },
      { status: 'accepted' },
    ]);
  });

  it('SPEC 1.3: repeats the outcome when the answer was lost and the push comes again', async () => {
    const { login, clock } = await startServer();
    const desk = await login();
    const command = { id: newId(), ...recorded('once'), seq: 1, occurredAt: clock.now, recordedAt: clock.now };
    const push = pushOf(desk.device, clock.now, [command]);
    const first = await desk.call<PushAnswer>('POST', 'sync/push', push);
    const again = await desk.call<PushAnswer>('POST', 'sync/push', push);
    expect(first.body.results).toMatchObject([{ status: 'accepted', number: 'INC0000001' }]);
    expect(again.body.results).toMatchObject([{ status: 'already', outcome: 'accepted', number: 'INC0000001' }]);
  });

  it('SPEC 13.1: takes nothing for a device other than the one that signed in', async () => {
    const { login, clock } = await startServer();
    const push = pushOf(newId(), clock.now, []);
    expect(await (await login()).call('POST', 'sync/push', push)).toMatchObject({
      status: 403,
      body: { code: 'foreignDevice' },
    });
  });

  it('SPEC 16.3: says which protocol it speaks to a desk that speaks another', async () => {
    const { login, clock } = await startServer();
    const desk = await login();
    const answer = await desk.call('POST', 'sync/push', { ...pushOf(desk.device, clock.now, []), protocol: 99 });
    expect(answer).toMatchObject({ status: 409, body: { code: 'protocolUnsupported', supported: [1] } });
  });

  it('SPEC 13.1: judges by the person of the token, whatever the body claims', async () => {
    const { login, newcomer, clock } = await startServer();
    const viewer = await newcomer(await login(), 'viewer');
    const command = { id: newId(), ...recorded('x'), seq: 1, occurredAt: clock.now, recordedAt: clock.now };
    const claims = { ...command, actor: 'deskbell', person: 'deskbell' };
    expect((await viewer.call('POST', 'sync/push', pushOf(viewer.device, clock.now, [claims]))).status).toBe(400);
    const { body } = await viewer.call<PushAnswer>('POST', 'sync/push', pushOf(viewer.device, clock.now, [command]));
    expect(body.results).toMatchObject([{ status: 'rejected', refusal: { code: 'notAllowedForRole' } }]);
  });

  it('SPEC 13.2: keeps the lanes of two people on one device apart', async () => {
    const { login, newcomer } = await startServer();
    const admin = await login();
    const agent = await newcomer(admin, 'agent', 'agent@desk.example');
    const there = await login('agent@desk.example', ADMIN.password, admin.device);
    expect((await admin.push(recorded('hers'))).body.expected).toBe(2);
    expect((await there.push(recorded('his'), recorded('his again'))).body.expected).toBe(3);
    expect((await agent.push(recorded('elsewhere'))).body.expected).toBe(2);
  });

  it('SPEC 13.3: goes by the role that the directory says at the push', async () => {
    const { login, newcomer, services } = await startServer();
    const admin = await login();
    const desk = await newcomer(admin, 'agent');
    expect((await desk.push(recorded('as agent'))).body.results).toMatchObject([{ status: 'accepted' }]);
    const person = await services.directory.person(desk.tokens.user.id);
    await admin.push({ name: 'directory.save', args: { kind: 'person', record: { ...person, role: 'viewer' } } });
    expect((await desk.push(recorded('as viewer'))).body.results).toMatchObject([
      { status: 'rejected', refusal: { code: 'notAllowedForRole' } },
    ]);
  });

  it('SPEC 12.1: notes how far the clock of a device is off', async () => {
    const { login, clock } = await startServer();
    const desk = await login();
    await desk.call('POST', 'sync/push', pushOf(desk.device, clock.now + 3_600_000, []));
    const { body } = await desk.call('GET', `accounts/${desk.tokens.user.id}/devices`);
    expect(body).toMatchObject({ devices: [{ device: desk.device, clockAhead: 3_600_000 }] });
  });

  it('SPEC 13.4: signs somebody out as soon as an accepted command says that they left', async () => {
    const { login, newcomer, services } = await startServer();
    const admin = await login();
    const agent = await newcomer(admin, 'agent');
    const person = await services.directory.person(agent.tokens.user.id);
    const left = { name: 'directory.save', args: { kind: 'person', record: { ...person, active: false } } };
    expect((await agent.push(left)).body.results).toMatchObject([{ status: 'rejected' }]);
    expect((await agent.call('GET', 'sync/pull')).status).toBe(200);
    expect((await admin.push(left)).body.results).toMatchObject([{ status: 'accepted' }]);
    expect((await agent.call('GET', 'sync/pull')).status).toBe(401);
  });
});

describe('pulling', () => {
  it('brings what another device pushed', async () => {
    const { login, newcomer } = await startServer();
    const admin = await login();
    const agent = await newcomer(admin, 'agent');
    const args = recordArgs('printer on fire');
    await agent.push({ name: 'incident.record', args });
    const { status, body } = await admin.call<PullAnswer>('GET', 'sync/pull');
    expect(status).toBe(200);
    expect(body).toMatchObject({ epoch: 'epoch', begins: true, expected: 1 });
    expect(body.incidents).toMatchObject([{ id: args.incidentId, shortDescription: 'printer on fire' }]);
    expect(body.records.filter(({ kind }) => kind === 'person')).toHaveLength(2);
  });

  it('goes on from a cursor and ends', async () => {
    const { login } = await startServer();
    const desk = await login();
    let page = (await desk.call<PullAnswer>('GET', 'sync/pull?limit=1')).body;
    for (let pages = 0; page.more && pages < 20; pages += 1) {
      page = (await desk.call<PullAnswer>('GET', `sync/pull?cursor=${page.cursor}`)).body;
    }
    await desk.push(recorded('later'));
    const later = await desk.call<PullAnswer>('GET', `sync/pull?cursor=${page.cursor}`);
    expect(later.body).toMatchObject({ begins: false, more: false, incidents: [{ shortDescription: 'later' }] });
  });

  it.each([
    ['no limit', 'limit=0'],
    ['a limit beyond all pages', 'limit=999999'],
    ['a limit that is no number', 'limit=x'],
    ['two cursors', 'cursor=a&cursor=b'],
    ['what it does not know', 'unknown=1'],
    ['a cursor that no server gave', `cursor=${'x'.repeat(SYNC_LIMITS.cursor + 1)}`],
  ])('refuses %s', async (_, query) => {
    const { login } = await startServer();
    expect(await (await login()).call('GET', `sync/pull?${query}`)).toMatchObject({
      status: 400,
      body: { code: 'argumentsInvalid', errors: [expect.anything()] },
    });
  });

  it('shows an incident with its timeline to who may see it, and to nobody else', async () => {
    const { login, newcomer } = await startServer();
    const admin = await login();
    const [agent, requester] = [await newcomer(admin, 'agent'), await newcomer(admin, 'requester')];
    const args = recordArgs('printer on fire');
    await agent.push({ name: 'incident.record', args });
    const seen = await admin.call<SubjectAnswer>('GET', `sync/subjects/${args.incidentId}`);
    expect(seen).toMatchObject({ status: 200, body: { incident: { id: args.incidentId } } });
    expect(seen.body.activities).toHaveLength(1);
    const notFound = { status: 404, body: { code: 'notFound' } };
    expect(await requester.call('GET', `sync/subjects/${args.incidentId}`)).toMatchObject(notFound);
    expect(await admin.call('GET', `sync/subjects/${newId()}`)).toMatchObject(notFound);
    expect(await admin.call('GET', `sync/subjects/'%20OR%20'1'='1`)).toMatchObject(notFound);
    expect((await admin.call('GET', 'sync/subjects/%00')).status).toBe(400);
  });

  it('logs nothing of what people wrote', async () => {
    const { login, logged } = await startServer();
    const desk = await login();
    const args = recordArgs('a secret illness');
    await desk.push({ name: 'incident.record', args }, { name: 'incident.record', args: { odd: 'a secret illness' } });
    await desk.call('GET', 'sync/pull?cursor=a-secret-illness&odd=a-secret-illness');
    expect(logged.join('')).not.toMatch(/secret.illness/);
  });
});

describe('without a session', () => {
  it.each([
    ['POST', 'sync/push'],
    ['GET', 'sync/pull'],
    ['GET', 'sync/subjects/x'],
    ['GET', 'sync/stream'],
    ['POST', 'auth/logout'],
    ['GET', 'accounts'],
    ['POST', 'accounts'],
    ['PUT', 'accounts/x/password'],
    ['POST', 'accounts/x/deactivate'],
    ['POST', 'accounts/x/activate'],
    ['GET', 'accounts/x/devices'],
    ['DELETE', 'accounts/x/devices/y'],
  ] as const)('%s %s answers that nobody is signed in, and does not read the body', async (method, url) => {
    const { call } = await startServer();
    const payload = method === 'GET' ? undefined : { large: 'x'.repeat(100_000) };
    for (const token of [undefined, 'a'.repeat(43), `a' OR '1'='1`]) {
      expect(await call(method, url, payload, token)).toMatchObject({ status: 401, body: { code: 'notSignedIn' } });
    }
  });

  it('holds an address that tries tokens', async () => {
    const { call } = await startServer();
    for (let at = 0; at < 100; at += 1) await call('GET', 'sync/pull', undefined, 'a'.repeat(43));
    const held = await call('GET', 'sync/pull', undefined, 'a'.repeat(43));
    expect(held).toMatchObject({ status: 429, body: { code: 'tooManyRequests' } });
    expect(Number(held.headers['retry-after'])).toBeGreaterThan(0);
  });
});
