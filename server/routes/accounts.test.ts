import { v7 as newId } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { AccountView } from '#contracts/api/accounts.ts';
import type { PullAnswer } from '#contracts/sync/wire.ts';
import { ADMIN, startServer } from '#server/server-under-test.suite.ts';

const wanted = (more: object = {}) => ({
  email: 'bo@desk.example',
  password: 'battery horse correct',
  name: 'Bo',
  role: 'agent',
  ...more,
});

describe('administration of accounts', () => {
  it('makes an account, and the person in the directory by a command of the administrator', async () => {
    const { login } = await startServer();
    const admin = await login();
    const team = { id: newId(), name: 'First line', active: true, source: null };
    await admin.push({ name: 'directory.save', args: { kind: 'team', record: team } });
    const made = await admin.call<AccountView>('POST', 'accounts', wanted({ teamIds: [team.id] }));
    expect(made).toMatchObject({ status: 201, body: { email: 'bo@desk.example', role: 'agent', active: true } });
    expect(JSON.stringify(made.body)).not.toMatch(/password|argon2/i);
    const { records } = (await admin.call<PullAnswer>('GET', 'sync/pull')).body;
    expect(records.map(({ record }) => record)).toContainEqual(
      expect.objectContaining({ id: made.body.personId, name: 'Bo', mail: 'bo@desk.example', teamIds: [team.id] }),
    );
    const bo = await login('BO@desk.example', 'battery horse correct');
    expect(bo.tokens.user).toMatchObject({ id: made.body.personId, name: 'Bo', teamIds: [team.id] });
  });

  it('gives somebody whom the directory knows an account under their own id', async () => {
    const { login, services } = await startServer();
    const admin = await login();
    const root = await services.directory.person(admin.tokens.user.id);
    const [known, byMail] = [newId(), newId()];
    for (const record of [
      { ...root, id: known, name: 'Cy', mail: null, role: 'requester', phone: '4711' },
      { ...root, id: byMail, name: 'Di', mail: 'Di@desk.example', role: 'requester' },
    ]) {
      await admin.push({ name: 'directory.save', args: { kind: 'person', record } });
    }
    const cy = wanted({ personId: known, name: 'Cy', email: 'cy@desk.example' });
    expect((await admin.call('POST', 'accounts', cy)).body).toMatchObject({ personId: known });
    expect(await services.directory.person(known)).toMatchObject({ role: 'agent', phone: '4711' });
    expect((await admin.call('POST', 'accounts', wanted({ email: 'di@desk.example' }))).body).toMatchObject({
      personId: byMail,
    });
    const again = wanted({ personId: known, email: 'other@desk.example' });
    expect(await admin.call('POST', 'accounts', again)).toMatchObject({ status: 409, body: { code: 'accountExists' } });
  });

  it.each([
    ['an e-mail that is taken', { email: ADMIN.email.toUpperCase() }, 409, 'emailTaken'],
    ['a short password', { password: 'short' }, 400, 'argumentsInvalid'],
    ['an unknown role', { role: 'king' }, 400, 'argumentsInvalid'],
    ['no e-mail address', { email: 'nonsense' }, 400, 'argumentsInvalid'],
    ['NUL in a name', { name: 'a\0b' }, 400, 'argumentsInvalid'],
    ['half a character in a name', { name: 'a\ud800' }, 400, 'argumentsInvalid'],
    ['an unknown member', { admin: true }, 400, 'argumentsInvalid'],
    ['a person that nobody knows', { personId: 'nobody' }, 404, 'notFound'],
    ['the id of the desk itself', { personId: 'deskbell' }, 400, 'argumentsInvalid'],
    ['a team that is none', { teamIds: ['nowhere'] }, 422, 'refused'],
    ['a blank name', { name: '  ' }, 422, 'refused'],
  ])('refuses %s', async (_, more, status, code) => {
    const { login } = await startServer();
    expect(await (await login()).call('POST', 'accounts', wanted(more))).toMatchObject({ status, body: { code } });
  });

  it('is for administrators only, by the role that the directory says now', async () => {
    const { login, newcomer, services } = await startServer();
    const admin = await login();
    const other = await newcomer(admin, 'administrator');
    expect((await other.call('GET', 'accounts')).status).toBe(200);
    const person = await services.directory.person(other.tokens.user.id);
    if (person === null) throw new Error('nobody');
    await admin.push({ name: 'directory.save', args: { kind: 'person', record: { ...person, role: 'supervisor' } } });
    const id = admin.tokens.user.id;
    for (const [method, url, body] of [
      ['GET', 'accounts'],
      ['POST', 'accounts', wanted()],
      ['PUT', `accounts/${id}/password`, { password: 'battery horse correct' }],
      ['POST', `accounts/${id}/deactivate`],
      ['POST', `accounts/${id}/activate`],
      ['GET', `accounts/${id}/devices`],
      ['DELETE', `accounts/${id}/devices/${admin.device}`],
    ] as const) {
      expect(await other.call(method, url, body)).toMatchObject({ status: 403, body: { code: 'notAllowedForRole' } });
    }
    expect((await admin.call('GET', 'accounts')).status).toBe(200);
  });

  it('lists everybody who may sign in', async () => {
    const { login } = await startServer();
    const admin = await login();
    await admin.call('POST', 'accounts', wanted());
    const { body } = await admin.call<{ accounts: AccountView[] }>('GET', 'accounts');
    expect(body.accounts.map(({ email, name, role }) => [email, name, role])).toEqual([
      ['bo@desk.example', 'Bo', 'agent'],
      [ADMIN.email, 'Root', 'administrator'],
    ]);
  });

  it('sets a password: the old one is wrong, and the person is signed out everywhere', async () => {
    const { login, newcomer, call } = await startServer();
    const admin = await login();
    const bo = await newcomer(admin, 'agent', 'bo@desk.example');
    const password = 'something else entirely';
    expect((await admin.call('PUT', `accounts/${bo.tokens.user.id}/password`, { password })).status).toBe(204);
    expect((await bo.call('GET', 'sync/pull')).status).toBe(401);
    expect((await call('POST', 'auth/refresh', { refreshToken: bo.tokens.refreshToken })).status).toBe(401);
    await expect(login('bo@desk.example', ADMIN.password)).rejects.toThrow('credentialsWrong');
    await login('bo@desk.example', password);
    await admin.call('PUT', `accounts/${admin.tokens.user.id}/password`, { password });
    expect((await admin.call('GET', 'sync/pull')).status).toBe(200);
  });

  it('SPEC 13.4: deactivates somebody at once, in the directory too, and lets them in again', async () => {
    const { login, newcomer, services } = await startServer();
    const admin = await login();
    const bo = await newcomer(admin, 'agent', 'bo@desk.example');
    const { id } = bo.tokens.user;
    expect((await admin.call('POST', `accounts/${id}/deactivate`)).status).toBe(204);
    expect((await bo.call('GET', 'sync/pull')).status).toBe(401);
    await expect(login('bo@desk.example')).rejects.toThrow('credentialsWrong');
    expect(await services.directory.person(id)).toMatchObject({ active: false });
    expect((await admin.call('POST', `accounts/${id}/activate`)).status).toBe(204);
    await login('bo@desk.example');
    expect(await services.directory.person(id)).toMatchObject({ active: true });
  });

  it('does not let administrators shut themselves out', async () => {
    const { login } = await startServer();
    const admin = await login();
    const answer = await admin.call('POST', `accounts/${admin.tokens.user.id}/deactivate`);
    expect(answer).toMatchObject({ status: 409, body: { code: 'ownAccount' } });
  });

  it('shows where somebody is signed in, and signs out one device at once', async () => {
    const { login, newcomer, clock } = await startServer();
    await newcomer(await login(), 'agent', 'bo@desk.example');
    // What expired meanwhile is no place where somebody is signed in.
    clock.now += 61 * 24 * 3_600_000;
    const admin = await login();
    const [bo, other] = [await login('bo@desk.example'), await login('bo@desk.example')];
    const url = `accounts/${bo.tokens.user.id}/devices`;
    const { body } = await admin.call<{ devices: { device: string }[] }>('GET', url);
    expect(body.devices.map(({ device }) => device).sort()).toEqual([bo.device, other.device].sort());
    expect(JSON.stringify(body)).not.toMatch(/hash|token/i);
    expect((await admin.call('DELETE', `${url}/${bo.device}`)).status).toBe(204);
    expect((await admin.call('DELETE', `${url}/${bo.device}`)).status).toBe(404);
    expect((await bo.call('GET', 'sync/pull')).status).toBe(401);
    expect((await other.call('GET', 'sync/pull')).status).toBe(200);
  });

  it.each(['password', 'deactivate', 'activate'])('knows nobody: %s', async (what) => {
    const { login } = await startServer();
    const method = what === 'password' ? 'PUT' : 'POST';
    const body = what === 'password' ? { password: 'battery horse correct' } : undefined;
    const answer = await (await login()).call(method, `accounts/${newId()}/${what}`, body);
    expect(answer).toMatchObject({ status: 404, body: { code: 'notFound' } });
  });
});
