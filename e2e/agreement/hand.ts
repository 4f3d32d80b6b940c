import { expect, type Page } from '@playwright/test';
import { v7 as newId } from 'uuid';
import type { ListSpec, QueueRow, SubmitArgs } from '#contracts/engine/protocol.ts';
import type { Random } from '../durability/random.ts';
import { dialogOf, incidentOf, timelineOf } from '../steps/people.ts';
import type { Deeds, Kind } from './deeds.ts';
import { call, read } from './port.ts';
import type { Seat } from './seat.ts';

/** Works at a desk without looking up, and writes down what screen and engine call saved. */

/** How long the screen may take to call something saved. A busy machine is slow, not wrong. */
const wait = { timeout: 45_000 };
/** Of all deeds, those through the screen. */
const THROUGH_THE_SCREEN = 0.12;
/** The newest so many are worked on, so that desks meet. */
const RECENT = 6;

export const EVERYTHING: ListSpec = {
  queue: 'allIncidents',
  order: { key: 'opened', descending: true },
  filters: [],
  text: '',
};

interface Work {
  readonly seat: Seat;
  readonly page: Page;
  readonly deeds: Deeds;
  readonly random: Random;
  /** Everybody that something can be assigned to. */
  readonly everybody: readonly string[];
}

/** One deed, or one little series of them through the screen. */
export async function doSomething(work: Work): Promise<void> {
  const { page, seat, random } = work;
  if (random.next() < THROUGH_THE_SCREEN) return throughTheScreen(work);
  const args = { personId: seat.person, spec: EVERYTHING, from: 0, to: RECENT };
  const { rows } = await read(page, 'list', args);
  const row = rows.length === 0 || random.next() < 0.25 ? null : random.pick(rows.map((one) => [1, one] as const));
  return submit(work, row);
}

const CHOICES: Readonly<Record<QueueRow['state'], readonly (readonly [number, Kind])[]>> = {
  new: [
    [4, 'note'],
    [2, 'edit'],
    [2, 'field'],
    [1, 'tag'],
    [2, 'assign'],
    [2, 'start'],
    [1, 'resolve'],
  ],
  inProgress: [
    [4, 'note'],
    [2, 'edit'],
    [2, 'field'],
    [1, 'tag'],
    [2, 'assign'],
    [2, 'resolve'],
  ],
  resolved: [
    [2, 'note'],
    [1, 'reopen'],
  ],
  onHold: [[1, 'note']],
  closed: [[1, 'note']],
  canceled: [[1, 'note']],
};

type Intent = SubmitArgs extends infer One ? (One extends SubmitArgs ? Pick<One, 'name' | 'args'> : never) : never;

async function submit({ seat, page, deeds, random, everybody }: Work, row: QueueRow | null): Promise<void> {
  const words = deeds.words();
  const kind = row === null ? 'record' : random.pick(CHOICES[row.state]);
  const intent = await intentOf(kind, row, words, page, () => random.pick(everybody.map((id) => [1, id] as const)));
  if (intent === null) return;
  const commandId = newId();
  const silent = kind === 'assign' || kind === 'start';
  const person = seat.person;
  const deed = deeds.begin({ kind, person, desk: seat.name, commandId, words: silent ? '' : words });
  const said = await call(page, 'submit', { ...intent, commandId, personId: person } as SubmitArgs);
  if (said.ok) deed.said = 'saved';
  else if (said.error.code === 'refused') deed.said = 'refused';
}

async function intentOf(
  kind: Kind,
  row: QueueRow | null,
  words: string,
  page: Page,
  somebody: () => string,
): Promise<Intent | null> {
  if (row === null) {
    const args = { incidentId: newId(), shortDescription: words, channel: 'phone', impact: 3, urgency: 3 } as const;
    return { name: 'incident.record', args };
  }
  const { id: incidentId } = row;
  if (kind === 'note') return { name: 'incident.note', args: { incidentId, entryId: newId(), body: words } };
  if (kind === 'assign') return { name: 'incident.assign', args: { incidentId, assignedToId: somebody() } };
  if (kind === 'start') return { name: 'incident.start', args: { incidentId } };
  if (kind === 'reopen') return { name: 'incident.reopen', args: { incidentId, reason: words } };
  if (kind === 'resolve') {
    const args = { incidentId, resolutionCode: 'solutionProvided', resolutionNotes: words } as const;
    return { name: 'incident.resolve', args };
  }
  const seen = await read(page, 'incident', { idOrNumber: incidentId });
  if (seen === null) return null;
  const { shortDescription, problemRef, tags } = seen.incident;
  if (kind === 'edit') {
    const changes = { shortDescription: { from: shortDescription, to: words } };
    return { name: 'incident.update', args: { incidentId, changes } };
  }
  const changes =
    kind === 'tag'
      ? { tags: { from: [...tags], to: [...tags, words] } }
      : { problemRef: { from: problemRef, to: words } };
  return { name: 'incident.update', args: { incidentId, changes } };
}

/** A call comes in: it is recorded, opened from the notice, and a note is written in it. */
async function throughTheScreen({ seat, page, deeds }: Work): Promise<void> {
  const own = { person: seat.person, desk: seat.name, commandId: null };
  await page.getByRole('button', { name: 'New incident' }).first().click(wait);
  const dialog = dialogOf(page, 'New incident');
  const record = deeds.begin({ ...own, kind: 'record', words: deeds.words() });
  await dialog.getByRole('textbox', { name: 'Short description' }).fill(record.words, wait);
  await dialog.getByRole('button', { name: 'Create incident' }).click(wait);
  const notice = page.getByRole('status', { name: 'Recorded' });
  await expect(notice).toContainText(record.words, wait);
  record.said = 'saved';
  await page.getByRole('button', { name: 'Open incident' }).click(wait);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(record.words, wait);
  const note = deeds.begin({ ...own, kind: 'note', words: deeds.words() });
  const box = incidentOf(page).getByRole('textbox', { name: 'Work note' });
  await box.fill(note.words, wait);
  await box.press('Control+Enter', wait);
  await expect(timelineOf(page).getByText(note.words, { exact: true })).toBeVisible(wait);
  note.said = 'saved';
}
