import type { CreateAccountRequest } from '#contracts/api/accounts.ts';
import { ADMIN } from './server.ts';

const API = '/api/v1';
export const PASSWORD = 'a long enough password';

async function post(address: string, path: string, body: unknown, token?: string): Promise<Record<string, unknown>> {
  const headers = {
    'content-type': 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const answer = await fetch(`${address}${API}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
}

/** A session of the administrator, for what only one may do. */
export async function adminToken(address: string): Promise<string> {
  const answer = await post(address, '/auth/login', { ...ADMIN, device: crypto.randomUUID() });
  return String(answer.accessToken);
}

/** Gives somebody an account: their e-mail is `<first name>@desk.example`, their password `PASSWORD`. */
export async function makeAccount(
  address: string,
  token: string,
  name: string,
  role: CreateAccountRequest['role'],
  more: Partial<CreateAccountRequest> = {},
): Promise<{ readonly email: string; readonly personId: string }> {
  const email = `${name.split(' ')[0]?.toLowerCase()}@desk.example`;
  const made = await post(address, '/accounts', { email, password: PASSWORD, name, role, ...more }, token);
  return { email, personId: String(made.personId) };
}
