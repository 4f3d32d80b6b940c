import { PROTOCOL } from '#contracts/sync/wire.ts';
import { ADMIN } from './server.ts';

const API = '/api/v1';

/** What an administrator does somewhere else, while the desks of a test work. */
export interface Administration {
  save(kind: string, record: object): Promise<void>;
  /** Signs a person out everywhere. */
  revoke(personId: string): Promise<void>;
}

export const startAdministration = async (address: string): Promise<Administration> => {
  const device = crypto.randomUUID();
  const ask = async (method: string, path: string, body?: unknown, token?: string) => {
    const headers: Record<string, string> = {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    };
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const answer = await fetch(`${address}${API}${path}`, init);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.status === 204 ? {} : ((await answer.json()) as Record<string, unknown>);
  };
  const { accessToken } = await ask('POST', '/auth/login', { ...ADMIN, device });
  const mine = (method: string, path: string, body?: unknown) => ask(method, path, body, String(accessToken));
  let seq = 1;
  return {
    save: async (kind, record) => {
      const at = Date.now();
      const command = { name: 'directory.save', args: { kind, record }, occurredAt: at, recordedAt: at };
      const commands = [{ seq, id: crypto.randomUUID(), ...command }];
      const { results } = await mine('POST', '/sync/push', { protocol: PROTOCOL, device, sentAt: at, commands });
      const [result] = results as readonly { readonly status: string }[];
      if (result?.status !== 'accepted') throw new Error(`${kind} was not saved: ${JSON.stringify(result)}`);
      seq += 1;
    },
    revoke: async (personId) => {
      const { devices } = await mine('GET', `/accounts/${personId}/devices`);
      for (const one of devices as readonly { readonly device: string }[])
        await mine('DELETE', `/accounts/${personId}/devices/${one.device}`);
    },
  };
};
