import type { CreateAccountRequest } from '#contracts/api/accounts.ts';
import { PROTOCOL } from '#contracts/sync/wire.ts';
import { ADMIN } from './server.ts';

const API = '/api/v1';
export const PASSWORD = 'a long enough password';

/** Somebody who may sign in, with the password `PASSWORD`. */
export interface Account {
  readonly email: string;
  readonly personId: string;
}

/** What an administrator does somewhere else, while the desks of a test work. */
export interface Administration {
  /** Of this session, for what is asked another way. */
  readonly token: string;
  /** Gives somebody an account: their e-mail is `<first name>@desk.example`. */
  account(name: string, role: CreateAccountRequest['role'], more?: Partial<CreateAccountRequest>): Promise<Account>;
  /** Sends a command, which has to be accepted. */
  send(name: string, args: object): Promise<void>;
  /** Saves a record of the directory. */
  save(kind: string, record: object): Promise<void>;
  /** Signs a person out everywhere. */
  revoke(personId: string): Promise<void>;
}

const emailOf = (name: string): string => `${name.split(' ')[0]?.toLowerCase()}@desk.example`;

async function ask(address: string, method: string, path: string, token: string | null, body?: unknown) {
  const headers: Record<string, string> = {
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(token !== null && { authorization: `Bearer ${token}` }),
  };
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const answer = await fetch(`${address}${API}${path}`, init);
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.status === 204 ? {} : ((await answer.json()) as Record<string, unknown>);
}

export const startAdministration = async (address: string): Promise<Administration> => {
  const device = crypto.randomUUID();
  const { accessToken } = await ask(address, 'POST', '/auth/login', null, { ...ADMIN, device });
  const token = String(accessToken);
  const mine = (method: string, path: string, body?: unknown) => ask(address, method, path, token, body);
  let seq = 1;
  const send: Administration['send'] = async (name, args) => {
    const at = Date.now();
    const commands = [{ seq, id: crypto.randomUUID(), name, args, occurredAt: at, recordedAt: at }];
    const { results } = await mine('POST', '/sync/push', { protocol: PROTOCOL, device, sentAt: at, commands });
    const [result] = results as readonly { readonly status: string }[];
    if (result?.status !== 'accepted') throw new Error(`${name} was not accepted: ${JSON.stringify(result)}`);
    seq += 1;
  };
  return {
    token,
    account: async (name, role, more = {}) => {
      const email = emailOf(name);
      const made = await mine('POST', '/accounts', { email, password: PASSWORD, name, role, ...more });
      return { email, personId: String(made.personId) };
    },
    send,
    save: (kind, record) => send('directory.save', { kind, record }),
    revoke: async (personId) => {
      const { devices } = await mine('GET', `/accounts/${personId}/devices`);
      for (const one of devices as readonly { readonly device: string }[])
        await mine('DELETE', `/accounts/${personId}/devices/${one.device}`);
    },
  };
};
