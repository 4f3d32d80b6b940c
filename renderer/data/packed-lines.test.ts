import { expect, it } from 'vitest';
import { fromBase64, packLines, toBase64, unpackLines } from './packed-lines.ts';

it('gives back the lines that were packed, also by way of text', async () => {
  const lines = Array.from({ length: 300 }, (_, at) => JSON.stringify({ at, text: `Zürich „${at}“ 📟\n second` }));
  const packed = await packLines(lines);
  expect(packed.length).toBeLessThan(lines.join('').length / 4);
  expect(await unpackLines(packed)).toEqual(lines);
  expect(await unpackLines(fromBase64(toBase64(packed)))).toEqual(lines);
});

it('rejects bytes that were not packed here', async () => {
  await expect(unpackLines(new Uint8Array([1, 2, 3, 4, 5]))).rejects.toThrow();
});
