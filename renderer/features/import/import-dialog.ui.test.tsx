import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImportProgress } from '#contracts/engine/protocol.ts';
import type { ImportPreview, ImportReport, RowIssue } from '#contracts/import/import.ts';
import { err, ok } from '#domain/result.ts';
import { createFakeEngine } from '#renderer/platform/fake-engine.ts';
import { renderScreen } from '#renderer/ui/render-screen.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { forgetImport } from './import-store.ts';

const columns = [
  { index: 0, header: 'number', target: 'number' },
  { index: 1, header: 'short_description', target: 'shortDescription' },
  { index: 2, header: 'mood', target: 'extra' },
] as const;
const preview: ImportPreview = {
  format: 'serviceNowList',
  mapping: { source: 'ServiceNow', columns, delimiter: ',', encoding: 'utf-8', hasHeader: true, dateOrder: 'ymd' },
  gzip: false,
  bytes: 1_234_567,
  header: columns.map((column) => column.header),
  sample: [['INC1', 'Printer jams', 'calm']],
  problems: [],
};
const issue = (line: number, severity: RowIssue['severity'], value: string): RowIssue => ({
  line,
  severity,
  code: severity === 'refused' ? 'cellCountDiffers' : 'unknownState',
  column: severity === 'refused' ? null : 'state',
  value,
});
const report: ImportReport = {
  dryRun: false,
  rows: 141_712,
  rowsBlank: 2,
  rowsRefused: 1,
  rowsAlreadyThere: 0,
  incidentsAdded: 24_918,
  incidentsGrown: 0,
  incidentsUnchanged: 0,
  activitiesAdded: 141_712,
  peopleAdded: 5_244,
  teamsAdded: 78,
  categoriesAdded: 312,
  overridesAsImported: 671,
  numbersTaken: 0,
  issues: [issue(7, 'noted', '-100'), issue(9, 'refused', '=HYPERLINK("x")')],
  issuesTotal: 2,
  startedAt: 0,
  finishedAt: 21_000,
};
const running: ImportProgress = {
  importId: 'import-1',
  name: 'log.csv',
  dryRun: false,
  phase: 'reading',
  bytesRead: 11_500_000,
  bytesTotal: 46_000_000,
  rowsRead: 35_000,
  incidents: 6_000,
  report: null,
  error: null,
};

function open(engine = createFakeEngine({ importProgress: () => undefined })) {
  engine.answer('previewImport', () => ok(preview));
  const onClose = vi.fn();
  return { onClose, ...renderScreen(<ImportDialog opened onClose={onClose} />, { engine }) };
}
const csv = () => new File(['number,short_description\nINC1,Printer jams\n'], 'export.csv', { type: 'text/csv' });
const button = (name: string) => screen.getByRole('button', { name });
async function chosen(engine?: ReturnType<typeof createFakeEngine>) {
  const shown = open(engine);
  await shown.user.upload(screen.getByLabelText('File'), csv());
  await screen.findByRole('table', { name: 'Preview' });
  return shown;
}
const last = (calls: readonly { readonly name: string; readonly args: unknown }[], name: string) =>
  calls.findLast((call) => call.name === name)?.args as Record<string, unknown> | undefined;

beforeEach(() => {
  forgetImport();
  // jsdom lays nothing out; a list shows the rows that fit into it.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(280);
});
afterEach(cleanup);

describe('Import incidents', () => {
  it('takes a file by the input "File" and sends it as bytes that another process can read', async () => {
    const { engine } = await chosen();
    const args = last(engine.calls, 'previewImport');
    expect(args).toMatchObject({ name: 'export.csv', format: null, zone: 'UTC' });
    expect(args?.file).toBeInstanceOf(Blob);
    expect(args?.file).not.toBeInstanceOf(File);
  });

  it('takes a file that is dropped', async () => {
    const { engine } = open();
    fireEvent.drop(screen.getByText('Drop a CSV file here, or choose one'), { dataTransfer: { files: [csv()] } });
    await screen.findByRole('table', { name: 'Preview' });
    expect(last(engine.calls, 'previewImport')).toMatchObject({ name: 'export.csv' });
  });

  it('shows what the file is, what each column becomes, and its first values', async () => {
    await chosen();
    expect(screen.getByRole('combobox', { name: 'Format' })).toHaveProperty('value', 'serviceNowList');
    const row = screen.getByRole('row', { name: /^short_description/ });
    within(row).getByText('Printer jams');
    expect(within(row).getByRole('combobox', { name: 'short_description becomes' })).toHaveProperty(
      'value',
      'shortDescription',
    );
    screen.getByText('1.2 MB, UTF-8, comma, 3 columns');
  });

  it('asks for a new proposal when another format is chosen', async () => {
    const { engine, user } = await chosen();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Format' }), 'Any other CSV');
    expect(last(engine.calls, 'previewImport')).toMatchObject({ format: 'generic' });
  });

  it('gives a target to one column only, and keeps the column that had it beside the incident', async () => {
    const { engine, user } = await chosen();
    await user.selectOptions(screen.getByRole('combobox', { name: 'mood becomes' }), 'Short description');
    expect(screen.getByRole('combobox', { name: 'short_description becomes' })).toHaveProperty('value', 'extra');
    await user.click(button('Import'));
    expect(last(engine.calls, 'startImport')?.mapping).toMatchObject({
      columns: [{ target: 'number' }, { target: 'extra' }, { target: 'shortDescription' }],
    });
  });

  it('does not import without a column for the short description, and says so', async () => {
    const { user } = await chosen();
    await user.selectOptions(screen.getByRole('combobox', { name: 'short_description becomes' }), 'Left out');
    expect(screen.getByRole('alert').textContent).toContain('Choose one, then import');
    expect(button('Import')).toHaveProperty('disabled', true);
    expect(button('Dry run')).toHaveProperty('disabled', true);
  });

  it('says why a file cannot be read, and lets another be chosen', async () => {
    const { engine, user } = open();
    engine.answer('previewImport', () => err({ code: 'importBinary' }));
    await user.upload(screen.getByLabelText('File'), csv());
    expect((await screen.findByRole('alert')).textContent).toContain('The file is not text');
    screen.getByLabelText('File');
  });

  it('imports with the zone of the desk unless another is chosen', async () => {
    const { engine, user } = await chosen();
    const zone = screen.getByRole('combobox', { name: 'Time zone' });
    await user.clear(zone);
    await user.type(zone, 'berlin{Enter}');
    await user.click(button('Import'));
    expect(last(engine.calls, 'startImport')).toMatchObject({
      zone: 'Europe/Berlin',
      dryRun: false,
      name: 'export.csv',
    });
  });

  it('takes another name for the source, and needs one', async () => {
    const { engine, user } = await chosen();
    const source = screen.getByRole('textbox', { name: 'Source' });
    await user.clear(source);
    expect(button('Import')).toHaveProperty('disabled', true);
    await user.type(source, 'North desk');
    await user.click(button('Import'));
    expect(last(engine.calls, 'startImport')?.mapping).toMatchObject({ source: 'North desk' });
  });

  it('shows how far it is and stops it', async () => {
    const engine = createFakeEngine({ importProgress: running });
    const { user } = open(engine);
    const bar = await screen.findByRole('progressbar', { name: 'Progress' });
    expect(bar.getAttribute('aria-valuenow')).toBe('25');
    screen.getByText('11.5 MB of 46 MB read, 35,000 rows, 6,000 incidents');
    await user.click(button('Stop'));
    expect(last(engine.calls, 'stopImport')).toEqual({ importId: 'import-1' });
    engine.set('importProgress', { ...running, phase: 'stopped', report });
    await screen.findByText('The import of log.csv was stopped. Nothing of it was kept.');
  });

  it('opened again while an import runs, shows that import', async () => {
    const engine = createFakeEngine({ importProgress: running });
    const shown = open(engine);
    await screen.findByRole('progressbar');
    shown.unmount();
    open(engine);
    await screen.findByRole('progressbar');
  });

  it('says in words what came in, and lists every refused row and note', async () => {
    const engine = createFakeEngine({ importProgress: running });
    open(engine);
    await screen.findByRole('progressbar');
    engine.set('importProgress', { ...running, phase: 'done', report });
    await screen.findByText('24,918 incidents were imported from log.csv.');
    screen.getByText('141,712 rows were read, 2 blank rows passed over.');
    screen.getByText('1 row was refused; the report says why.');
    screen.getByText('671 priorities differ from the matrix and are overrides “as imported”.');
    screen.getByText('78 teams added to the directory.');
    const items = await within(screen.getByRole('list', { name: 'Report' })).findAllByRole('listitem');
    expect(items.map((item) => item.textContent)).toEqual([
      expect.stringContaining('Line 7Notedstate-100The state is not one Deskbell knows.'),
      expect.stringContaining('Line 9Refused'),
    ]);
  });

  it('does not speak of what an import did not add, and has every button in one row', async () => {
    const engine = createFakeEngine({ importProgress: running });
    open(engine);
    await screen.findByRole('progressbar');
    engine.set('importProgress', {
      ...running,
      phase: 'done',
      report: { ...report, teamsAdded: 0, categoriesAdded: 0 },
    });
    await screen.findByText('5,244 people added to the directory.');
    expect(screen.queryByText(/0 (teams|categories)/)).toBeNull();
    expect(button('Import another file').parentElement).toBe(button('Done').parentElement);
  });

  it('shows refused rows only, on request', async () => {
    const engine = createFakeEngine({ importProgress: running });
    const { user } = open(engine);
    await screen.findByRole('progressbar');
    engine.set('importProgress', { ...running, phase: 'done', report });
    await user.click(await screen.findByRole('checkbox', { name: 'Refused rows only' }));
    await waitFor(() =>
      expect(within(screen.getByRole('list', { name: 'Report' })).getAllByRole('listitem')).toHaveLength(1),
    );
  });

  it('saves the report as CSV with formulas defused', async () => {
    const engine = createFakeEngine({ importProgress: running });
    const { user, host } = open(engine);
    const saveFile = vi.spyOn(host, 'saveFile');
    await screen.findByRole('progressbar');
    engine.set('importProgress', { ...running, phase: 'done', report });
    await user.click(await screen.findByRole('button', { name: 'Save report as CSV' }));
    await waitFor(() => expect(saveFile).toHaveBeenCalled());
    const { suggestedName, text } = saveFile.mock.calls[0]?.[0] ?? { suggestedName: '', text: '' };
    expect(suggestedName).toBe('log.csv report.csv');
    const lines = text.split('\r\n');
    expect(lines[0]).toBe('\uFEFFLine,Result,Column,Reason,Value');
    expect(lines[1]).toMatch(/^7,Noted,state,.*,'-100$/);
    expect(lines[2]).toContain(`"'=HYPERLINK(""x"")"`);
  });

  it('goes on from a dry run to the import with the same file', async () => {
    const engine = createFakeEngine({ importProgress: () => undefined });
    const { user } = await chosen(engine);
    await user.click(button('Dry run'));
    const id = String(last(engine.calls, 'startImport')?.importId);
    expect(last(engine.calls, 'startImport')).toMatchObject({ dryRun: true });
    engine.set('importProgress', { ...running, importId: id, dryRun: true });
    await screen.findByText('Dry run of log.csv');
    engine.set('importProgress', {
      ...running,
      importId: id,
      dryRun: true,
      phase: 'done',
      report: { ...report, dryRun: true },
    });
    await screen.findByText('24,918 incidents would be imported from log.csv.');
    await user.click(button('Import'));
    expect(last(engine.calls, 'startImport')).toMatchObject({ dryRun: false, name: 'export.csv' });
  });

  it('says why an import failed and goes back to the columns', async () => {
    const { engine, user } = await chosen();
    await user.click(button('Import'));
    const id = String(last(engine.calls, 'startImport')?.importId);
    engine.set('importProgress', { ...running, importId: id });
    await screen.findByRole('progressbar');
    engine.set('importProgress', {
      ...running,
      importId: id,
      phase: 'failed',
      report: null,
      error: { code: 'importTruncated' },
    });
    expect((await screen.findByRole('alert')).textContent).toContain('The file ends in the middle');
    await user.click(button('Back to the columns'));
    await screen.findByRole('table', { name: 'Preview' });
  });

  it('is left by "Dismiss" and by Escape', async () => {
    const { onClose, user } = open();
    await user.click(await screen.findByRole('button', { name: 'Dismiss' }));
    await user.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalledTimes(2);
  });
});
