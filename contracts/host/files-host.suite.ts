/** What every keeper of attachments must do, run against each implementation of it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Result } from '#domain/result.ts';
import { type DeskFiles, type EngineFiles, FILE_LIMITS, type FileFault, type FileState } from './files-host.ts';

export interface FilesFixture {
  readonly desk: DeskFiles;
  readonly engine: EngineFiles;
  /** What was saved through the dialog last. */
  saved(): { readonly name: string; readonly bytes: Uint8Array } | null;
  dispose(): Promise<void>;
}

const notSupported = async () => ({ ok: false, error: { code: 'notSupported' } }) as const;

/** Of a machine that keeps no attachments. */
export const noFiles: EngineFiles = {
  state: async () => [],
  upload: notSupported,
  download: notSupported,
  loose: async () => [],
  settle: notSupported,
  onChange: () => () => undefined,
};

/** As much of a `Blob` as a host reads. */
export const contentOf = (bytes: Uint8Array) => ({
  size: bytes.byteLength,
  slice: (start: number, end: number) => ({ arrayBuffer: async () => new Uint8Array(bytes.slice(start, end)).buffer }),
});
const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

const codeOf = (result: Result<unknown, FileFault>) => (result.ok ? 'ok' : result.error.code);
const must = <T>(result: Result<T, FileFault>): T => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

const HELLO = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';
const NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const UNKNOWN = 'ab'.repeat(32);
const PNG = bytesOf('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89');
const ALWAYS = Number.MAX_SAFE_INTEGER;

export function describeFilesHost(name: string, factory: () => Promise<FilesFixture>): void {
  describe(`attachments kept by "${name}"`, () => {
    let fixture: FilesFixture;
    let desk: DeskFiles;
    let engine: EngineFiles;
    const add = (bytes: Uint8Array, called = 'hello.txt', incidentId = 'incident 1') =>
      desk.add({ incidentId, name: called, content: contentOf(bytes) });
    const isHere = async (sha256: string) => (await desk.state({ sha256s: [sha256] }))[0]?.here;

    beforeEach(async () => {
      fixture = await factory();
      ({ desk, engine } = fixture);
    });
    afterEach(() => fixture.dispose());

    test('a file is found by the hash of its content, and called by a name that is safe anywhere', async () => {
      const added = must(await add(bytesOf('hello'), '../../.profile\u202etxt.exe'));
      expect(added).toEqual({
        sha256: HELLO,
        bytes: 5,
        name: 'profiletxt.exe',
        mediaType: 'text/plain; charset=utf-8',
      });
      expect(await isHere(HELLO)).toBe(true);
      expect(await isHere(UNKNOWN)).toBe(false);
    });

    test('what a file is says its content, not its name', async () => {
      const types = await Promise.all(
        [
          [PNG, 'invoice.pdf'],
          [bytesOf('%PDF-1.7\n'), 'photo.png'],
          [bytesOf('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'), 'photo.png'],
          [bytesOf('\x7fELF\x02\x01\x01\0'), 'readme.txt'],
          [bytesOf('\0\x01\x02'), 'photo.gif'],
        ].map(async ([bytes, called]) => must(await add(bytes as Uint8Array, String(called))).mediaType),
      );
      expect(types).toEqual([
        'image/png',
        'application/pdf',
        'text/plain; charset=utf-8',
        'application/x-elf',
        'application/octet-stream',
      ]);
    });

    test('a file without a byte is a file, and one of many pieces comes whole', async () => {
      expect(must(await add(bytesOf(''), 'empty'))).toMatchObject({ sha256: NOTHING, bytes: 0 });
      const long = new Uint8Array(FILE_LIMITS.piece * 2 + 7).map((_, at) => at % 251);
      let told = 0;
      const content = contentOf(long);
      const onProgress = (bytes: number) => {
        told = bytes;
      };
      const added = must(await desk.add({ incidentId: 'incident 1', name: 'long', content, onProgress }));
      expect(told).toBe(long.byteLength);
      expect(must(await desk.saveAs({ sha256: added.sha256, name: 'long' }))).toBe(true);
      expect(fixture.saved()?.bytes.byteLength).toBe(long.byteLength);
      expect(Buffer.compare(fixture.saved()?.bytes ?? PNG, long)).toBe(0);
    });

    test('a file that is larger than any may be is refused before a byte is read', async () => {
      const content = { size: FILE_LIMITS.file + 1, slice: () => expect.fail('read') };
      expect(codeOf(await desk.add({ incidentId: 'incident 1', name: 'huge', content }))).toBe('tooLarge');
    });

    test('a file that can not be read to its end leaves nothing', async () => {
      const content = { ...contentOf(bytesOf('hello')), size: 9 };
      expect(codeOf(await desk.add({ incidentId: 'incident 1', name: 'shrunk', content }))).toBe('contentWrong');
      expect(await isHere(HELLO)).toBe(false);
    });

    test('a picture is given to be drawn, and nothing that could do anything is', async () => {
      const picture = must(await add(PNG, 'screen.html'));
      expect(await desk.picture({ sha256: picture.sha256 })).toMatchObject({ mediaType: 'image/png' });
      const svg = must(await add(bytesOf('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'logo.png'));
      const pdf = must(await add(bytesOf('%PDF-1.7\n'), 'scan.png'));
      for (const { sha256 } of [svg, pdf, { sha256: UNKNOWN }]) expect(await desk.picture({ sha256 })).toBeNull();
    });

    test('a file is saved under a safe name, and one that is not here is not', async () => {
      must(await add(bytesOf('hello')));
      expect(must(await desk.saveAs({ sha256: HELLO, name: '../hello.sh' }))).toBe(true);
      expect(fixture.saved()).toMatchObject({ name: 'hello.sh' });
      expect(codeOf(await desk.saveAs({ sha256: UNKNOWN, name: 'x' }))).toBe('notHere');
    });

    test('what no log names is thrown away when the engine says so, and only then', async () => {
      must(await add(bytesOf('hello'), 'a', 'incident 1'));
      must(await add(bytesOf('hello'), 'b', 'incident 2'));
      expect(await engine.loose({ before: 0 })).toEqual([]);
      expect(await engine.loose({ before: ALWAYS })).toEqual([
        { sha256: HELLO, incidentIds: ['incident 1', 'incident 2'] },
      ]);
      must(await engine.settle({ sha256: HELLO, attached: false }));
      expect(await isHere(HELLO)).toBe(false);
      expect(await engine.loose({ before: ALWAYS })).toEqual([]);
    });

    test('what a log names stays, also when it is added again and no log names it a second time', async () => {
      must(await add(bytesOf('hello')));
      must(await engine.settle({ sha256: HELLO, attached: true }));
      must(await add(bytesOf('hello'), 'again', 'incident 2'));
      expect(await engine.loose({ before: ALWAYS })).toEqual([]);
      must(await engine.settle({ sha256: HELLO, attached: false }));
      expect(await isHere(HELLO)).toBe(true);
    });

    test('windows and the engine are told that a file came, until they no longer listen', async () => {
      const told: FileState[] = [];
      const stops = [desk.onChange((state) => told.push(state)), engine.onChange((state) => told.push(state))];
      must(await add(bytesOf('hello')));
      await expect.poll(() => told.length).toBe(2);
      expect(told[0]).toEqual({ sha256: HELLO, here: true, sent: [], transfer: null, trouble: null });
      for (const stop of stops) stop();
      must(await engine.settle({ sha256: HELLO, attached: false }));
      expect(told).toHaveLength(2);
    });
  });
}
