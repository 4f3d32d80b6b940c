import { expect, test } from './harness/fixtures.ts';
import { sharedDesk } from './harness/shared-desk.ts';
import { begin, chooseFile, importFile, leave, openImport, outcomeOf } from './steps/importing.ts';
import { countOf, dialogOf, introduce } from './steps/people.ts';

test.describe('files that are not what they should be', () => {
  const shared = sharedDesk((page) => introduce(page));
  const rows = Array.from({ length: 2_000 }, (_, at) => `X${at},Printer ${at} jams,${'y'.repeat(40)}`).join('\n');
  const csv = `number,short_description,mood\n${rows}\n`;

  for (const { what, file, says } of [
    { what: 'an empty file', file: { name: 'empty.csv', content: '' }, says: 'The file is empty.' },
    {
      what: 'a binary file',
      file: { name: 'program.csv', content: new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 3]) },
      says: 'The file is not text.',
    },
  ]) {
    test(`${what} is refused with the reason`, async () => {
      const dialog = await openImport(shared.now());
      await dialog.getByLabel('File', { exact: true }).setInputFiles({
        name: file.name,
        mimeType: 'text/csv',
        buffer: Buffer.from(file.content),
      });
      await expect(dialog.getByRole('alert')).toContainText(says);
      await leave(dialog);
    });
  }

  test('a gzip that ends in the middle leaves nothing behind', async () => {
    const { gzipSync } = await import('node:zlib');
    // Text that does not pack well, so that half of the bytes are half of the rows.
    const noise = Array.from({ length: 30_000 }, (_, at) => `N${at},${Math.sin(at)} ${Math.cos(at)},x`).join('\n');
    const packed = gzipSync(`number,short_description,mood\n${noise}\n`);
    const said = await importFile(shared.now(), { name: 'cut.csv.gz', content: packed.subarray(0, packed.length / 2) });
    expect(said).toContain('Nothing of it was kept.');
    expect(said).toContain('The file ends in the middle.');
    expect(await countOf(await shared.page(), 'All incidents')).toBe(0);
  });

  test('a cell of a million characters refuses its row alone, and the report can be saved', async () => {
    const page = await shared.page();
    const dialog = await openImport(shared.now());
    await chooseFile(dialog, { name: 'long.csv', content: `${csv}L1,${'x'.repeat(1_000_000)},calm\nL2,last,calm\n` });
    await begin(dialog);
    const said = await outcomeOf(dialog);
    expect(said).toContain('2,001 incidents were imported from long.csv.');
    expect(said).toContain('1 row was refused; the report says why.');
    const report = dialog.getByRole('list', { name: 'Report' });
    await expect(report.getByRole('listitem')).toHaveCount(1);
    await expect(report.getByRole('listitem')).toContainText('Line 2,002');
    await expect(dialog.getByRole('button', { name: 'Save report as CSV' })).toBeEnabled();
    await leave(dialog);
    await expect.poll(() => countOf(page, 'All incidents')).toBe(2_001);
  });

  test('a dry run reports and writes nothing', async () => {
    const page = await shared.page();
    const before = await countOf(page, 'All incidents');
    const dialog = await openImport(shared.now());
    await chooseFile(dialog, { name: 'dry.csv', content: 'number,short_description\nD1,Dry\nD2,Dry too\n' });
    await dialog.getByRole('button', { name: 'Dry run' }).click();
    expect(await outcomeOf(dialog)).toContain('2 incidents would be imported from dry.csv.');
    expect(await countOf(page, 'All incidents')).toBe(before);
    await begin(dialog);
    await expect(dialogOf(page, 'Import incidents').getByText('2 incidents were imported from dry.csv.')).toBeVisible();
    await leave(dialog);
    await expect.poll(() => countOf(page, 'All incidents')).toBe(before + 2);
  });
});
