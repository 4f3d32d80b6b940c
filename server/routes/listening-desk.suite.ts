import { onTestFinished } from 'vitest';
import { streamEvent } from '#contracts/sync/wire.ts';
import type { Desk, ServerUnderTest } from '#server/server-under-test.suite.ts';

/** A stream as a desk hears it. */
export async function listen({ app }: ServerUnderTest, desk: Desk) {
  if (!app.server.listening) await app.listen({ host: '127.0.0.1', port: 0 });
  const leave = new AbortController();
  onTestFinished(() => leave.abort());
  const address = app.server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/sync/stream`, {
    headers: { authorization: `Bearer ${desk.tokens.accessToken}` },
    signal: leave.signal,
  });
  const heard = { text: '', ended: false };
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const bytes of response.body ?? []) heard.text += decoder.decode(bytes, { stream: true });
  })();
  reading.then(
    () => {
      heard.ended = true;
    },
    () => undefined,
  );
  const events = () =>
    [...heard.text.matchAll(/^event: (\w+)\ndata: (.+)$/gm)].map(([, name, data]) => {
      const event = streamEvent.parse(JSON.parse(data ?? ''));
      if (event.event !== name) throw new Error(`${event.event} is sent as ${name}`);
      return event;
    });
  const pokes = () => events().flatMap((event) => (event.event === 'poke' ? [event.throughSeq] : []));
  /** Who was said to be there, each time: `ann@incident`, with a star for who writes. */
  const present = () =>
    events().flatMap((event) =>
      event.event === 'presence'
        ? [event.people.map(({ personId, typing }) => `${personId}@${event.incidentId}${typing ? '*' : ''}`)]
        : [],
    );
  return { response, heard, pokes, present, leave };
}
