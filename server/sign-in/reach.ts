/** The identity provider cannot be reached, is too slow, or has a fault. */
export class ProviderAway extends Error {
  constructor(cause: unknown) {
    super('the identity provider is away', { cause });
    this.name = 'ProviderAway';
  }
}

/** Bytes of an answer: keys and metadata of a large provider are some ten thousand. */
const MOST = 1024 * 1024;
const WITHOUT_BODY = [101, 204, 205, 304];

/** `fetch` that has read the whole answer, within bounds, or throws `ProviderAway`. */
export async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(url, init);
    const body = await whole(response);
    if (response.status >= 500) throw new Error(`status ${response.status}`);
    const { status, headers } = response;
    return new Response(WITHOUT_BODY.includes(status) ? null : body, { status, headers });
  } catch (error) {
    throw new ProviderAway(error);
  }
}

async function whole(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.byteLength;
    if (size > MOST) throw new Error('the answer has no end');
    pieces.push(piece);
  }
  return Uint8Array.from(Buffer.concat(pieces));
}
