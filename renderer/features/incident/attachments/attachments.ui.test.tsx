import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FILE_LIMITS } from '#contracts/host/files-host.ts';
import { attachmentsIn } from '#domain/incident/attachments.ts';
import { livingEngine } from '#renderer/ui/incident-fields/living-engine.suite.ts';
import { ada, renderScreen } from '#renderer/ui/render-screen.tsx';
import { IncidentScreen } from '../incident-screen.tsx';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const text = (name: string, content = 'hello') => new File([content], name);

async function open() {
  const living = livingEngine();
  const id = living.desk.opened(
    { callerId: 'p-meier', assignmentGroupId: 't-1' },
    { actor: 'p-ben', at: Date.now() - 3_600_000 },
  );
  living.refresh();
  const { user, host } = renderScreen(<IncidentScreen idOrNumber="inc1" />, { engine: living.engine });
  await screen.findByRole('feed', { name: 'Timeline' });
  const files = () => attachmentsIn(living.desk.timeline(id));
  const input = () => document.querySelector<HTMLInputElement>('input[data-attach]') as HTMLInputElement;
  const pick = (...picked: File[]) => user.upload(input(), picked);
  const item = async (name: string) => {
    const list = within(screen.getByRole('region', { name: 'Attachments' }));
    return within((await list.findByText(name)).closest('li') as HTMLElement);
  };
  return { living, host, user, files, pick, item };
}

describe('Attachments of an incident', () => {
  it('are picked with the button, and stand in the timeline and at the side with type, size and place', async () => {
    const { pick, files, item } = await open();
    screen.getByRole('button', { name: 'Attach file' });
    await pick(text('log.txt'));
    await screen.findByRole('article', { name: /^Attachment, log\.txt, Ada/ });
    expect(files()).toMatchObject([{ name: 'log.txt', bytes: 5, visibility: 'internal', by: ada.id }]);
    const shown = await item('log.txt');
    await shown.findByText('Text · 5 bytes · On this device');
    expect(screen.getByText('log.txt is attached and on this device.').getAttribute('role')).toBe('status');
  });

  it('are dropped on the incident and pasted into a text, while a pasted text stays a text', async () => {
    const { files } = await open();
    const feed = screen.getByRole('feed', { name: 'Timeline' });
    const dataTransfer = { types: ['Files'], files: [text('dropped.txt')] };
    fireEvent.dragOver(feed, { dataTransfer });
    screen.getByText('Drop files here to attach them');
    fireEvent.drop(feed, { dataTransfer });
    await waitFor(() => expect(files()).toHaveLength(1));
    const note = screen.getByRole('textbox', { name: 'Work note' });
    fireEvent.paste(note, { clipboardData: { types: ['Files'], files: [text('image.png', 'pasted')] } });
    await waitFor(() => expect(files()).toHaveLength(2));
    fireEvent.paste(note, { clipboardData: { types: ['text/plain', 'Files'], files: [text('x')], getData: () => '' } });
    expect(files().map(({ name }) => name)).toEqual(['dropped.txt', 'image.png']);
  });

  it('are for the caller only from a reply, and only when somebody says so', async () => {
    const { user, pick, files } = await open();
    await user.click(screen.getByRole('tab', { name: /Reply/ }));
    await pick(text('one.txt', '1'));
    await waitFor(() => expect(files()).toHaveLength(1));
    await user.click(screen.getByRole('checkbox', { name: 'The caller may have attached files' }));
    await pick(text('two.txt', '2'));
    await waitFor(() => expect(files()).toHaveLength(2));
    expect(files().map(({ visibility }) => visibility)).toEqual(['internal', 'public']);
    await screen.findAllByText('For the caller too');
  });

  it('are saved and never opened, and what could act is called a program', async () => {
    const { user, pick, item, host } = await open();
    await pick(text('../setup.bat'));
    const shown = await item('setup.bat');
    shown.getByText('A program: it is kept, and never opened here');
    expect(shown.queryByRole('link')).toBeNull();
    await user.click(await shown.findByRole('button', { name: 'Save as… setup.bat' }));
    await waitFor(() => expect(host.saved).toEqual(['setup.bat']));
  });

  it('are taken off by one button; that they were there stays in the timeline', async () => {
    const { user, pick, item, files } = await open();
    await pick(text('log.txt'));
    await user.click(await (await item('log.txt')).findByRole('button', { name: 'Remove log.txt' }));
    await screen.findByText('File removed: log.txt');
    expect(files()).toMatchObject([{ detached: { by: ada.id } }]);
    screen.getByRole('article', { name: /^Attachment, log\.txt/ });
    within(screen.getByRole('region', { name: 'Attachments' })).getByText(/^No files yet/);
  });

  it('that are too large are refused by name, and others go on', async () => {
    const { pick, files } = await open();
    const huge = text('huge.iso');
    Object.defineProperty(huge, 'size', { value: FILE_LIMITS.file + 1 });
    await pick(huge, text('small.txt'));
    await screen.findByText(/^huge\.iso is larger than 100 MB/);
    await waitFor(() => expect(files().map(({ name }) => name)).toEqual(['small.txt']));
  });

  it('that are elsewhere say so and can be fetched; a browser says why it can not', async () => {
    const { living, user, item } = await open();
    const [incident] = living.desk.incidents.values();
    const what = { sha256: 'ab'.repeat(32), name: 'far.pdf', bytes: 2048, mediaType: 'application/pdf' };
    const args = { incidentId: incident?.id ?? '', attachmentId: 'a', visibility: 'internal', ...what } as const;
    living.desk.send('incident.attach', args, { actor: 'p-ben' });
    living.refresh();
    const shown = await item('far.pdf');
    await shown.findByText('PDF document · 2 KB · Not on this device');
    await user.click(shown.getByRole('button', { name: 'Fetch far.pdf' }));
    await shown.findByText(/^A plain browser speaks to no server/);
  });
});
