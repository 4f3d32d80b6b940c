import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const OIDC = {
  OIDC_ISSUER: 'https://login.example.org',
  OIDC_CLIENT_ID: 'deskbell',
  PUBLIC_URL: 'https://desk.example.org',
};

describe('the configuration', () => {
  it('needs nothing: this machine only, the embedded database', () => {
    expect(readConfig({})).toEqual({
      ok: true,
      value: {
        host: '127.0.0.1',
        port: 8460,
        dataDir: 'deskbell-data',
        databaseUrl: null,
        publicUrl: null,
        admin: null,
        oidc: null,
        passwordSignIn: true,
        trustProxy: false,
        logLevel: 'info',
      },
    });
  });

  it('takes everything that is documented, and an empty variable for an absent one', () => {
    const env = {
      HOST: '0.0.0.0',
      PORT: '0',
      DATA_DIR: '/srv/deskbell',
      DATABASE_URL: 'postgres://desk@db/desk',
      PUBLIC_URL: 'https://desk.example.org/',
      ADMIN_EMAIL: 'root@desk.example',
      ADMIN_PASSWORD: 'correct horse battery',
      TRUST_PROXY: '10.0.0.1, 10.1.0.0/16',
      OIDC_ISSUER: 'https://login.example.org/realms/desk',
      OIDC_CLIENT_ID: 'deskbell',
      OIDC_CLIENT_SECRET: 'secret',
      OIDC_NAME: 'Example sign-in',
      OIDC_CREATE_ACCOUNTS: 'requester',
      PASSWORD_SIGN_IN: 'off',
      LOG_LEVEL: '',
      PATH: '/bin',
    };
    expect(readConfig(env)).toMatchObject({
      ok: true,
      value: {
        host: '0.0.0.0',
        port: 0,
        publicUrl: 'https://desk.example.org',
        admin: { email: 'root@desk.example' },
        oidc: {
          issuer: 'https://login.example.org/realms/desk',
          clientId: 'deskbell',
          clientSecret: 'secret',
          name: 'Example sign-in',
          newcomers: 'requester',
        },
        passwordSignIn: false,
        trustProxy: ['10.0.0.1', '10.1.0.0/16'],
        logLevel: 'info',
      },
    });
  });

  it.each([
    ['PORT', { PORT: 'http' }],
    ['PORT', { PORT: '65536' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://db' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'desk.example.org' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'http://desk.example.org' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'https://desk.example.org/path' }],
    ['ADMIN_EMAIL', { ADMIN_EMAIL: 'root', ADMIN_PASSWORD: 'correct horse battery' }],
    ['ADMIN_PASSWORD', { ADMIN_EMAIL: 'root@desk.example', ADMIN_PASSWORD: 'short' }],
    ['ADMIN_EMAIL and ADMIN_PASSWORD', { ADMIN_EMAIL: 'root@desk.example' }],
    ['OIDC_ISSUER', { ...OIDC, OIDC_ISSUER: 'login.example.org' }],
    ['OIDC_ISSUER', { ...OIDC, OIDC_ISSUER: 'http://login.example.org' }],
    ['OIDC_ISSUER', { ...OIDC, OIDC_ISSUER: 'https://a:b@login.example.org' }],
    ['OIDC_ISSUER', { ...OIDC, OIDC_ISSUER: 'https://login.example.org/?a=b' }],
    ['OIDC_ISSUER needs', { ...OIDC, PUBLIC_URL: '' }],
    ['OIDC_ISSUER and OIDC_CLIENT_ID', { ...OIDC, OIDC_ISSUER: '' }],
    ['OIDC_ISSUER and OIDC_CLIENT_ID', { ...OIDC, OIDC_CLIENT_ID: '' }],
    ['OIDC_ISSUER and OIDC_CLIENT_ID', { OIDC_NAME: 'Example sign-in' }],
    ['OIDC_CREATE_ACCOUNTS', { ...OIDC, OIDC_CREATE_ACCOUNTS: 'administrator' }],
    ['OIDC_CREATE_ACCOUNTS', { ...OIDC, OIDC_CREATE_ACCOUNTS: 'true' }],
    ['PASSWORD_SIGN_IN', { PASSWORD_SIGN_IN: 'no' }],
    ['With PASSWORD_SIGN_IN off', { PASSWORD_SIGN_IN: 'off' }],
    ['TRUST_PROXY', { TRUST_PROXY: 'perhaps!' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['HOST', { HOST: '0.0.0.0' }],
    ['HOST', { HOST: '::' }],
    ['HOST', { HOST: '127.evil.example' }],
    ['HOST', { HOST: '192.0.2.1', TRUST_PROXY: 'false' }],
  ])('names what is wrong with %s in one sentence: %j', (name, env) => {
    const read = readConfig(env);
    if (read.ok) throw new Error('taken');
    expect(read.error).toHaveLength(1);
    expect(read.error[0]).toMatch(new RegExp(`^${name} .*\\.$`));
  });

  it('calls a provider by its host where it has no name, and lets nobody in whom nobody knows', () => {
    expect(readConfig(OIDC)).toMatchObject({
      ok: true,
      value: { oidc: { name: 'login.example.org', clientSecret: null, newcomers: null }, passwordSignIn: true },
    });
  });

  it.each(['127.0.0.1', '127.1.2.3', '::1', '[::1]', 'localhost'])('listens on %s without a proxy', (HOST) => {
    expect(readConfig({ HOST }).ok).toBe(true);
  });

  it('names everything that is wrong at once', () => {
    const read = readConfig({ PORT: 'x', LOG_LEVEL: 'x' });
    expect(!read.ok && read.error).toHaveLength(2);
  });
});
