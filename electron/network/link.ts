import type { LoginAnswer } from '#contracts/api/auth.ts';
import type { Id, Result } from '#contracts/host/host-rules.ts';
import type { Offers } from '#contracts/host/network.ts';
import type { StreamEvent } from '#contracts/sync/wire.ts';
import { type Refused, refused } from '#electron/network/faults.ts';
import type { KeptNetwork } from '#electron/network/kept.ts';
import type { Following, follow } from '#electron/network/poke-stream.ts';
import type { Server } from '#electron/network/server.ts';
import { Sessions } from '#electron/network/sessions.ts';

export interface LinkPorts {
  readonly server: Server;
  readonly follow: (
    following: Pick<Following, 'url' | 'token' | 'given' | 'taken' | 'heard'>,
  ) => ReturnType<typeof follow>;
  /** Writes down what `kept` says. */
  readonly save: (link: Link) => Promise<void>;
  readonly steady: () => number;
  readonly log: (what: string, code: string) => void;
  readonly pause: (milliseconds: number, given: AbortSignal) => Promise<void>;
}

/** Problems that new tokens can cure. */
const CURABLE = ['notSignedIn', 'foreignDevice'];
/** Nobody waits longer for a server to hear that somebody left. Milliseconds. */
const FAREWELL = 5_000;

/** The server that a desk is connected to, and who acts there. */
export class Link {
  readonly server: Server;
  readonly sessions: Sessions;
  offers: Offers;
  private readonly ports: LinkPorts;

  constructor(ports: LinkPorts, { people, offers }: Pick<KeptNetwork, 'people' | 'offers'>) {
    this.ports = ports;
    this.offers = offers;
    this.server = ports.server;
    const refresh = (token: string, device: Id | null) => this.refresh(token, device);
    this.sessions = new Sessions({ refresh, save: () => ports.save(this), steady: ports.steady }, people);
  }

  kept(): KeptNetwork {
    return { address: this.server.origin, people: this.sessions.kept(), offers: this.offers };
  }

  /** Sends with a good token, and once more with a new one when the server did not take it. */
  async withToken<T>(
    person: Id,
    device: Id | null,
    send: (token: string) => Promise<Result<T, Refused>>,
  ): Promise<Result<T, Refused>> {
    const first = await this.sessions.token(person, device, null);
    if (!first.ok) return first;
    const answer = await send(first.value);
    if (answer.ok || !CURABLE.includes(answer.error.problem ?? '')) return answer;
    const second = await this.sessions.token(person, device, first.value);
    if (!second.ok) return second;
    const again = await send(second.value);
    // A session that was renewed just now is not over: the tokens changed hands once more, or the server is confused.
    return again.ok || !CURABLE.includes(again.error.problem ?? '') ? again : refused('serverFailed');
  }

  /** Ends the session here in any case. False: the server could not be told. */
  async logOut(person: Id): Promise<boolean> {
    this.sessions.leave(person);
    const end = new AbortController();
    const sent = this.withToken(person, null, (token) => this.server.logout(token));
    const late = this.ports.pause(FAREWELL, end.signal).then(() => refused('timedOut'));
    const told = await Promise.race([sent, late]);
    end.abort();
    await this.sessions.close(person);
    return told.ok;
  }

  /** Follows the pokes as whoever looks at the screen: the log's end is the same for all. */
  async follow(
    given: AbortSignal,
    taken: () => void,
    heard: (event: StreamEvent) => void,
  ): Promise<Result<null, Refused>> {
    for (;;) {
      const person = this.sessions.viewer();
      if (person === null) return refused('signInNeeded');
      const { follow } = this.ports;
      const url = this.server.stream;
      const end = await this.withToken(person, null, (token) => follow({ url, token, given, taken, heard }));
      const over = !end.ok && end.error.fault.code === 'signInNeeded';
      // Their session is over: somebody else may have one.
      if (!over || this.sessions.viewer() === person) return end;
    }
  }

  private async refresh(token: string, device: Id | null): Promise<Result<LoginAnswer, Refused>> {
    const answer = await this.server.refresh(token, device);
    if (answer.ok) return { ok: true, value: answer.value.body };
    this.ports.log('refresh', answer.error.fault.code);
    return answer;
  }
}
