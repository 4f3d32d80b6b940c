import { v7 as newId } from 'uuid';
import { describe, expect, it } from 'vitest';
import { bytesOf, filesUnderTest, incidentOf, sha256, TusDesk } from './files-under-test.suite.ts';

const files = filesUnderTest();

const started = async () => {
  const under = await files();
  const server = await under.node();
  const admin = await server.login();
  const newcomer = async (role: Parameters<typeof server.newcomer>[1]) =>
    new TusDesk(server, await server.newcomer(admin, role));
  return { ...under, server, admin, newcomer, tus: new TusDesk(server, admin) };
};
const personOf = ({ desk }: TusDesk) => desk.tokens.user.id;

describe('who may have a file', () => {
  it('SPEC 17.6: an upload is its sender’s alone, whatever is asked of it', async () => {
    const { admin, tus, newcomer } = await started();
    const agent = await newcomer('agent');
    const bytes = bytesOf(1_000);
    const location = await tus.begin(await incidentOf(admin), bytes);
    expect(await agent.ask('HEAD', location)).toMatchObject({ status: 404 });
    expect(await agent.patch(location, 0, bytes)).toMatchObject({ status: 404, code: 'notFound' });
    expect(await agent.ask('DELETE', location)).toMatchObject({ status: 404, code: 'notFound' });
    expect(await tus.offset(location)).toBe(0);
    const nobody = { authorization: 'Bearer nobodynobodynobodynobody' };
    for (const method of ['HEAD', 'DELETE', 'PATCH', 'GET'] as const) {
      expect((await tus.ask(method, location, nobody)).status).toBe(401);
    }
  });

  it('SPEC 17.6: those who may see an incident that it belongs to, and nobody else', async () => {
    const { admin, tus, newcomer } = await started();
    const [agent, caller, other] = [await newcomer('agent'), await newcomer('requester'), await newcomer('requester')];
    const bytes = bytesOf(1_000);
    const incident = await incidentOf(admin, personOf(caller));
    await tus.attach(incident, bytes, { visibility: 'public' });
    const statuses = async () =>
      Promise.all([agent, caller, other].map(async (desk) => (await desk.ask('GET', sha256(bytes))).status));
    expect(await statuses()).toEqual([200, 200, 404]);
    await admin.push({
      name: 'incident.update',
      args: { incidentId: incident, changes: { callerId: { from: personOf(caller), to: personOf(other) } } },
    });
    expect(await statuses()).toEqual([200, 404, 200]);
  });

  it('SPEC 17.6: what the desk attaches is its own unless it says otherwise', async () => {
    const { admin, tus, newcomer } = await started();
    const caller = await newcomer('requester');
    const incident = await incidentOf(admin, personOf(caller));
    const bytes = bytesOf(1_000);
    await tus.attach(incident, bytes, { filename: 'log.txt' });
    expect((await caller.ask('GET', sha256(bytes))).status).toBe(404);
    await tus.attach(incident, bytes, { filename: 'log.txt', visibility: 'public' });
    expect((await caller.ask('GET', sha256(bytes))).status).toBe(200);
    await tus.attach(incident, bytes, { filename: 'log.txt' });
    expect((await caller.ask('GET', sha256(bytes))).status).toBe(200);
  });

  it('SPEC 17.6: a requester attaches to their own incidents, a viewer to none, nobody to one that is not there', async () => {
    const { admin, newcomer } = await started();
    const [caller, viewer] = [await newcomer('requester'), await newcomer('viewer')];
    const own = await incidentOf(admin, personOf(caller));
    const foreign = await incidentOf(admin);
    const bytes = bytesOf(1_000);
    const fields = { filename: 'x', sha256: sha256(bytes) };
    expect((await caller.attach(own, bytes)).status).toBe(204);
    for (const incidentId of [foreign, newId()]) {
      expect(await caller.create({ ...fields, incidentId }, 1_000)).toMatchObject({ status: 404, code: 'notFound' });
    }
    expect(await viewer.create({ ...fields, incidentId: own }, 1_000)).toMatchObject({
      status: 403,
      code: 'notAllowedForRole',
    });
  });

  it('SPEC 17.6: whoever may not see the incident any more brings no more bytes', async () => {
    const { admin, newcomer } = await started();
    const caller = await newcomer('requester');
    const incident = await incidentOf(admin, personOf(caller));
    const location = await caller.begin(incident, bytesOf(1_000));
    await admin.push({
      name: 'incident.update',
      args: { incidentId: incident, changes: { callerId: { from: personOf(caller), to: null } } },
    });
    expect(await caller.patch(location, 0, bytesOf(1_000))).toMatchObject({ status: 404, code: 'notFound' });
  });
});

describe('a file that the log names', () => {
  it('SPEC 17.10: is for the caller as long as the log says so, whatever whoever brought the bytes said', async () => {
    const { admin, tus, newcomer } = await started();
    const caller = await newcomer('requester');
    const incidentId = await incidentOf(admin, personOf(caller));
    const bytes = bytesOf(1_000);
    const named = (attachmentId: string, visibility: 'internal' | 'public') => ({
      name: 'incident.attach',
      args: {
        incidentId,
        attachmentId,
        sha256: sha256(bytes),
        name: 'x',
        bytes: 1_000,
        mediaType: 'text/plain',
        visibility,
      },
    });
    const status = async () => (await caller.ask('GET', sha256(bytes))).status;
    await admin.push(named('one', 'internal'));
    await tus.attach(incidentId, bytes, { visibility: 'public' });
    expect(await status()).toBe(404);
    await admin.push(named('two', 'public'));
    expect(await status()).toBe(200);
    await admin.push({ name: 'incident.detach', args: { incidentId, attachmentId: 'two' } });
    expect(await status()).toBe(404);
    expect((await tus.ask('GET', sha256(bytes))).status).toBe(200);
  });
});

describe('the same bytes twice', () => {
  it('SPEC 17.5: are not sent again by those who may have them already, and kept once', async () => {
    const { admin, tus, kept } = await started();
    const bytes = bytesOf(50_000);
    await tus.attach(await incidentOf(admin), bytes);
    const again = { incidentId: await incidentOf(admin), filename: 'other.bin', sha256: sha256(bytes) };
    const begun = await tus.create(again, bytes.length);
    expect(begun).toMatchObject({ status: 201, headers: { 'upload-offset': '50000' } });
    expect(await tus.offset(String(begun.headers.location))).toBe(50_000);
    expect(await tus.patch(String(begun.headers.location), 0, bytes)).toMatchObject({ status: 409 });
    expect(kept()).toHaveLength(1);
  });

  it('SPEC 17.5: are asked of somebody who knows the hash alone, or the attachment would be theirs', async () => {
    const { admin, tus, newcomer, kept } = await started();
    const [thief, owner] = [await newcomer('requester'), await newcomer('requester')];
    const bytes = bytesOf(50_000);
    await tus.attach(await incidentOf(admin), bytes);
    const location = await thief.begin(await incidentOf(admin, personOf(thief)), bytes);
    expect(await thief.offset(location)).toBe(0);
    expect((await thief.ask('GET', sha256(bytes))).status).toBe(404);
    expect(await thief.patch(location, 0, bytesOf(50_000, 7))).toMatchObject({ status: 422, code: 'contentWrong' });
    expect((await thief.ask('GET', sha256(bytes))).status).toBe(404);
    expect((await owner.attach(await incidentOf(admin, personOf(owner)), bytes)).status).toBe(204);
    expect((await owner.ask('GET', sha256(bytes))).status).toBe(200);
    expect(kept()).toHaveLength(1);
  });

  it('SPEC 17.5: are kept once when they arrive at the same time', async () => {
    const { admin, tus, kept } = await started();
    const incident = await incidentOf(admin);
    const bytes = bytesOf(400_000);
    const locations = await Promise.all([1, 2, 3].map((name) => tus.begin(incident, bytes, { filename: `${name}` })));
    const said = await Promise.all(locations.map((location) => tus.patch(location, 0, bytes)));
    expect(said.map(({ status }) => status)).toEqual([204, 204, 204]);
    expect(kept()).toHaveLength(1);
  });
});
