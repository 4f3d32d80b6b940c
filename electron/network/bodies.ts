/** The pieces of a body as they come; ending the loop early lets go of the connection. */
export async function* piecesOf(response: Pick<Response, 'body'>): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return;
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
  } finally {
    // Not waited for: an end that was cut off may never say so.
    void reader.cancel().catch(() => undefined);
  }
}

/** A whole body as text, or null when it has more than so many bytes. */
export const readText = async (response: Pick<Response, 'body'>, most: number): Promise<string | null> => {
  const decoder = new TextDecoder();
  let size = 0;
  let text = '';
  for await (const piece of piecesOf(response)) {
    size += piece.byteLength;
    if (size > most) return null;
    text += decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
};
