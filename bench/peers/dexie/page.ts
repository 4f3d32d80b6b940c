import { applyPages } from './apply-pages.ts';
import { type Both, openBoth } from './both.ts';
import { bulkPut } from './bulk-put.ts';
import { countRound } from './counts.ts';
import { listRound, questionsFrom } from './lists.ts';
import { loadPages } from './load-pages.ts';
import { showRows } from './paint.ts';
import { DeskPeer } from './peer-rows.ts';
import { strictPuts } from './strict-put.ts';

/** What the benchmarks may ask of the page. */
export interface PeerPage {
  bulkPut: typeof bulkPut;
  applyPages: typeof applyPages;
  loadPages: typeof loadPages;
  strictPuts: typeof strictPuts;
  open(files: readonly string[], n: number): Promise<null>;
  listRound(round: number): ReturnType<typeof listRound>;
  countRound(round: number): ReturnType<typeof countRound>;
}

declare global {
  interface Window {
    benchPeer?: PeerPage;
  }
}

/** As an application on Dexie starts: open, the first 50 by an index, paint. */
const start = async (): Promise<void> => {
  showRows(await new DeskPeer('relaxed').incidents.orderBy('openedAt').reverse().limit(50).toArray());
  requestAnimationFrame(() => {
    document.title = 'painted';
  });
};

let both: Both | undefined;
let questions: ReturnType<typeof questionsFrom> = [];
const opened = (): Both => {
  if (!both) throw new Error('open first');
  return both;
};

window.benchPeer = {
  bulkPut,
  applyPages,
  loadPages,
  strictPuts,
  open: async (files, n) => {
    both = await openBoth(files, n);
    questions = questionsFrom(both);
    return null;
  },
  listRound: (round) => listRound(opened(), questions, round),
  countRound: (round) => countRound(opened(), round),
};

if (location.search === '?start') void start();
else document.title = 'ready';
