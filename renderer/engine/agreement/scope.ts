import type { AgreementCalls } from '#contracts/engine/agreement.ts';
import type { EngineError } from '#contracts/engine/protocol.ts';
import type { NetworkHost } from '#contracts/host/network.ts';
import type { Id } from '#domain/activity/activity.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { kept } from './client-store.ts';
import { networkError, told } from './network-words.ts';
import type { SharedDesk } from './shared-desk.ts';

type Args<N extends 'sizeOfScope' | 'bringHere'> = AgreementCalls[N]['args'];
type Done<N extends 'sizeOfScope' | 'bringHere'> = Promise<Result<AgreementCalls[N]['value'], EngineError>>;

/** What an incident takes with its timeline, of the UCI log on a disk: 26 MB for 5,000. */
const BYTES_EACH = 5_400;

/** Rounds after which what was asked for has to be here: one may have been on its way when it was asked for. */
const ROUNDS = 3;

export async function sizeOfScope(network: NetworkHost, { personId, scope }: Args<'sizeOfScope'>): Done<'sizeOfScope'> {
  const size = told(await network.size({ person: personId, scope }));
  if (!size.ok) return size;
  const { incidents } = size.value.body;
  return ok({ incidents, bytes: incidents * BYTES_EACH });
}

/** What the server calls it: a number, as people say it, or an id, as links name it; null where it knows neither. */
async function idThere(network: NetworkHost, person: Id, asked: string): Promise<Result<Id | null, EngineError>> {
  const found = await network.find({ person, number: asked });
  if (found.ok) return ok(found.value.body.incidentId);
  if (found.error.code !== 'notFound') return err(networkError(found.error));
  const named = await network.subject({ person, incidentId: asked });
  if (named.ok) return ok(asked);
  return named.error.code === 'notFound' ? ok(null) : err(networkError(named.error));
}

/** Finds an incident at the server and keeps it here from now on. */
export async function bringHere(
  network: NetworkHost,
  { client, store }: SharedDesk,
  { personId, number }: Args<'bringHere'>,
): Done<'bringHere'> {
  const there = await idThere(network, personId, number);
  if (!there.ok || there.value === null) return there.ok ? ok({ incidentId: null }) : there;
  const incidentId = there.value;
  // Somebody may have left the server meanwhile.
  const asked = await kept(() => client.keepBeside(incidentId));
  if (!asked.ok) return asked;
  for (let rounds = 0; rounds < ROUNDS; rounds += 1) {
    // Also of what is here: it may go with the next page, which another choice of what is kept may have asked for.
    await client.round();
    if ((await store.incidents([incidentId])).has(incidentId)) return ok({ incidentId });
  }
  return err({ code: 'network', network: 'busy' });
}
