import { describe, expect, it } from 'vitest';
import { wordsOf } from '#renderer/words/words.ts';
import { sizeWords, stateWords, typeWords } from './file-words.ts';

const say = wordsOf('attachments');
const state = (over: object) =>
  stateWords({ sha256: '', here: true, sent: [], transfer: null, trouble: null, ...over }, say);

describe('a file in words', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [1023, '1,023 bytes'],
    [1024, '1 KB'],
    [5 * 1024 * 1024 + 300_000, '5.3 MB'],
  ])('of %i bytes has %s', (bytes, words) => expect(sizeWords(bytes, say)).toBe(words));

  it.each([
    ['a.png', 'image/png', 'Picture'],
    ['a.exe', 'image/png', 'Picture'],
    ['a.txt', 'text/plain; charset=utf-8', 'Text'],
    ['a.sh', 'text/plain; charset=utf-8', 'Program'],
    ['a', 'application/x-elf', 'Program'],
    ['a.bin', 'application/octet-stream', 'File'],
  ])('%s of type %s is %s', (name, type, words) => expect(typeWords(name, type, say)).toBe(words));

  it('says where it is and how far it has come', () => {
    expect(state({})).toBe('On this device');
    expect(state({ here: false })).toBe('Not on this device');
    const transfer = { way: 'up', moved: 41, bytes: 100, waits: false };
    expect(state({ transfer })).toBe('Uploading 41 %');
    expect(state({ transfer: { ...transfer, waits: true } })).toBe('On this device, waits to be uploaded');
    expect(state({ transfer: { way: 'down', moved: 0, bytes: 0, waits: false } })).toBe('Fetching 100 %');
  });
});
