import { v7 as newId } from 'uuid';
import { SERVER_DEVICE } from '#contracts/api/texts.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { Person } from '#domain/directory/directory.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { PushGatherer } from '#server/sync/gatherer.ts';
import type { SharedLog } from '#sync/authority/shared-log.ts';

export interface DirectoryPorts {
  readonly log: SharedLog;
  readonly gatherer: PushGatherer;
  readonly now: () => Instant;
}

/** Why a record was not saved: what the authority said, or that the server is too busy or stops. */
export type NotSaved =
  | { readonly code: 'refused'; readonly refusal: { readonly code: string } }
  | { readonly code: 'busy' | 'unavailable' };

/** Another node may take the same place in the server's lane; each time it does, one of the two is further. */
const TRIES = 20;

/** The people in the log, for the server's own business. Whatever it changes there is a command like any other. */
export class Directory {
  private readonly ports: DirectoryPorts;

  constructor(ports: DirectoryPorts) {
    this.ports = ports;
  }

  person(id: Id): Promise<Person | null> {
    return this.ports.log.read((reader) => reader.person(id));
  }

  people(): Promise<readonly Person[]> {
    return this.ports.log.read(async (reader) =>
      (await reader.records()).flatMap(({ kind, record }) => (kind === 'person' ? [record as Person] : [])),
    );
  }

  /** Saves a person on somebody's behalf: the role of `actor` decides. */
  async savePerson(actor: Id, record: Person): Promise<Result<null, NotSaved>> {
    const { gatherer, now } = this.ports;
    const lane = { device: SERVER_DEVICE, person: actor };
    const at = now();
    const args = { kind: 'person', record };
    const command = { id: newId(), name: 'directory.save', args, occurredAt: at, recordedAt: at };
    let seq: number | null = null;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const commands = seq === null ? [] : [{ ...command, seq }];
      const answer = await gatherer.push({ ...lane, commands });
      if (!answer.ok) return err({ code: answer.error === 'busy' ? 'busy' : 'unavailable' });
      const [result] = answer.value.results;
      const outcome = result?.status === 'already' ? result.outcome : result?.status;
      if (outcome === 'accepted' || result?.refusal?.code === 'nothingChanged') return ok(null);
      if (outcome === 'rejected')
        return err({ code: 'refused', refusal: result?.refusal ?? { code: 'argumentsInvalid' } });
      seq = answer.value.expected;
    }
    return err({ code: 'busy' });
  }
}
