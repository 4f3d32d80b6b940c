import { describe, expect, it } from 'vitest';
import { detectDelimiter } from './detect.ts';
import { type CsvRow, readRows } from './read-rows.ts';
import { openTextSource } from './source.ts';

async function rowsOf(content: string | Uint8Array, delimiter = ','): Promise<CsvRow[]> {
  const source = await openTextSource(new Blob([content as BlobPart]));
  if (!source.ok) throw new Error(source.error);
  const rows: CsvRow[] = [];
  for await (const some of readRows(source.value.open(), delimiter)) rows.push(...some);
  return rows;
}

describe('readRows', { timeout: 30_000 }, () => {
  it('keeps line numbers through quoted line breaks and mixed line endings', async () => {
    const rows = await rowsOf('a,b\r\n"x\r\ny\nz",1\n\nq,2\r\n');
    expect(rows.map((row) => [row.line, row.cells])).toEqual([
      [1, ['a', 'b']],
      [2, ['x\r\ny\nz', '1']],
      [5, ['']],
      [6, ['q', '2']],
    ]);
  });

  it('names a quote that is never closed, after all rows before it', async () => {
    const rows = await rowsOf('a,b\n1,2\n"x,y\nz');
    expect(rows.map((row) => [row.line, row.problem])).toEqual([
      [1, null],
      [2, null],
      [3, 'unclosedQuote'],
    ]);
  });

  it('refuses a cell of a million characters and reads on', async () => {
    const rows = await rowsOf(`a,b\n1,${'x'.repeat(1_000_000)}\n3,4\n`);
    expect(rows.map((row) => [row.line, row.problem])).toEqual([
      [1, null],
      [2, 'cellTooLong'],
      [3, null],
    ]);
    expect(rows[1]?.cells[1]).toHaveLength(200);
  });

  const long = 'x'.repeat(9_000_000);
  it.each([
    ['without a quote', `1,${long}`, 3],
    ['in quotes', `"1""${long}",q`, 3],
    ['in quotes, with line breaks', `"${long}\r\n,\n${long}\r",q`, 6],
    ['whose quotes stand in the middle of a cell', `1"${long}"",q`, 3],
  ])('refuses a record too long to hold, %s, once, and reads on with the right line', async (_what, record, line) => {
    const rows = await rowsOf(`a,b\n${record}\n3,4\n"5\n",6\n7,8`);
    expect(rows.map((row) => [row.line, row.problem, row.cells])).toEqual([
      [1, null, ['a', 'b']],
      [2, 'cellTooLong', []],
      [line, null, ['3', '4']],
      [line + 1, null, ['5\n', '6']],
      [line + 3, null, ['7', '8']],
    ]);
  });

  it('names one row that is too long to hold and never ends', async () => {
    const said = async (text: string) => (await rowsOf(text)).map((row) => [row.line, row.problem]);
    expect(await said(`a,b\n1,${long}`)).toEqual([
      [1, null],
      [2, 'cellTooLong'],
    ]);
    expect(await said(`a,b\n"1,${'x\n'.repeat(5_000_000)}`)).toEqual([
      [1, null],
      [2, 'unclosedQuote'],
    ]);
  });

  it('reads UTF-16 and windows-1252, and leaves mojibake in UTF-8 as it is', async () => {
    const utf16 = new Uint8Array([0xff, 0xfe, ...[...'ä,b\n'].flatMap((c) => [c.charCodeAt(0), 0])]);
    expect((await rowsOf(utf16))[0]?.cells).toEqual(['ä', 'b']);
    expect((await rowsOf(new Uint8Array([0xe4, 0x2c, 0x62, 0x0a])))[0]?.cells).toEqual(['ä', 'b']);
    expect((await rowsOf('\uFEFFÃ¤,b\n'))[0]?.cells).toEqual(['Ã¤', 'b']);
  });
});

describe('openTextSource', () => {
  it('refuses what is no text, by name', async () => {
    expect(await openTextSource(new Blob([]))).toEqual({ ok: false, error: 'importEmpty' });
    expect(await openTextSource(new Blob(['  \n ']))).toEqual({ ok: false, error: 'importEmpty' });
    expect(await openTextSource(new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13])]))).toEqual({
      ok: false,
      error: 'importBinary',
    });
  });
});

describe('detectDelimiter', () => {
  it('finds the delimiter by agreement of the rows', () => {
    expect(detectDelimiter('a;b;c\n1;"x,y";3\n')).toBe(';');
    expect(detectDelimiter('a\tb\n1\t2\n')).toBe('\t');
    expect(detectDelimiter('only one column\nx\n')).toBe(',');
  });
});
