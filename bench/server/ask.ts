import { Agent, type IncomingMessage, request } from 'node:http';
import type { BenchDevice } from './furnish.ts';

/** The way of a device to the server: its own connections, the address a proxy would name, and its tokens. */
export class DeviceLine {
  private url: URL;
  private readonly address: string;
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });
  private renewing: Promise<boolean> | null = null;
  private tokens: Pick<BenchDevice, 'accessToken' | 'refreshToken'>;

  constructor(url: string, { accessToken, refreshToken }: BenchDevice, at: number) {
    this.url = new URL(url);
    this.address = `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`;
    this.tokens = { accessToken, refreshToken };
  }

  /** The server has another address from now on. */
  moveTo(url: string): void {
    this.url = new URL(url);
  }

  /** Status and body as JSON; an access token that ran out is renewed once. */
  async ask(method: 'GET' | 'POST', path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const answer = await this.once(method, path, body);
    return answer.status === 401 && (await this.renew()) ? this.once(method, path, body) : answer;
  }

  /** Those who ask at the same time wait for one renewal: a refresh token is good for one. */
  private renew(): Promise<boolean> {
    const renewing = async () => {
      const renewed = await this.once('POST', '/api/v1/auth/refresh', { refreshToken: this.tokens.refreshToken });
      if (renewed.status === 200) this.tokens = renewed.body as typeof this.tokens;
      return renewed.status === 200;
    };
    this.renewing ??= renewing().finally(() => {
      this.renewing = null;
    });
    return this.renewing;
  }

  /** Tells each poke until the stream ends or is ended; resolves when it began. */
  async listen(heard: (throughSeq: number) => void, ended: () => void): Promise<() => void> {
    const first = await this.follow(heard, ended);
    const stream = first === 401 && (await this.renew()) ? await this.follow(heard, ended) : first;
    if (typeof stream === 'number') throw new Error(`the stream: ${stream}`);
    return stream;
  }

  /** The way to end it, or the status of an answer that is no stream. */
  private follow(heard: (throughSeq: number) => void, ended: () => void): Promise<number | (() => void)> {
    return new Promise((resolve, reject) => {
      const stream = this.send('GET', '/api/v1/sync/stream', new Agent(), (response) => {
        if (response.statusCode !== 200) {
          response.resume();
          return resolve(response.statusCode ?? 0);
        }
        response.setEncoding('utf8');
        let rest = '';
        response.on('data', (text: string) => {
          rest += text;
          const lines = rest.split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines) {
            const seq = /^data: .*"throughSeq":(\d+)/.exec(line)?.[1];
            if (seq !== undefined) heard(Number(seq));
          }
        });
        response.on('close', ended);
        resolve(() => stream.destroy());
      });
      stream.on('error', reject);
      stream.end();
    });
  }

  close(): void {
    this.agent.destroy();
  }

  private once(method: string, path: string, body: unknown): Promise<{ status: number; body: unknown }> {
    return new Promise((resolve, reject) => {
      const asking = this.send(method, path, this.agent, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(parts).toString();
          resolve({ status: response.statusCode ?? 0, body: text === '' ? null : JSON.parse(text) });
        });
      });
      asking.on('error', (error: NodeJS.ErrnoException) => {
        // The server let go of a connection in the moment it was used again, as browsers know and mend it.
        if (asking.reusedSocket && error.code === 'ECONNRESET') this.once(method, path, body).then(resolve, reject);
        else reject(error);
      });
      asking.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  private send(method: string, path: string, agent: Agent, answered: (response: IncomingMessage) => void) {
    const { hostname, port } = this.url;
    const headers = {
      authorization: `Bearer ${this.tokens.accessToken}`,
      'x-forwarded-for': this.address,
      ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
    };
    return request({ hostname, port, path, method, agent, headers }, answered);
  }
}
