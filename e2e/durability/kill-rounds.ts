import { spawn } from 'node:child_process';
import type { Page } from '@playwright/test';
import { resolveRuntime } from '#build/electron-runtime/resolve.ts';
import { root } from '#build/system/places.ts';
import { type ElectronDesk, environment, launchDesk, switchesFor } from '../harness/desk.ts';
import { killAll, processesOf } from '../harness/processes.ts';
import { introduce } from '../steps/people.ts';
import { checkDesk, type Findings } from './check.ts';
import { nextDeed, perform } from './hand.ts';
import { type KillPlan, planInWords, planKill } from './kill-plan.ts';
import { Ledger } from './ledger.ts';
import { type Random, randomFrom } from './random.ts';
import { expectReady } from './reading.ts';

/** Somebody works, the machine dies, and after the restart everything is held against what the screen had said. */

export interface KillOptions {
  readonly seed: number;
  readonly kills: number;
  /** The profile that is worked on; it belongs to the caller. */
  readonly profile: string;
  readonly say: (line: string) => void;
}

export interface KillResult {
  readonly kills: number;
  /** Changes the screen called saved. */
  readonly saved: number;
  readonly incidents: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly strange: readonly string[];
  /** Changes under way when the machine died, and how many of them were there afterwards. */
  readonly undecided: { readonly there: number; readonly notThere: number };
}

/** A kill that misses no process and takes no time: who they are was looked up before. */
function strike(desk: ElectronDesk, processes: readonly number[]): Promise<void> {
  for (const pid of processes) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Already gone.
    }
  }
  return desk.kill();
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Starts the application without anybody looking, and ends it in the middle of that. */
async function killDuringStart(profile: string, afterMs: number): Promise<void> {
  const { executable } = await resolveRuntime();
  const child = spawn(executable, [...switchesFor(profile), root], { cwd: root, env: environment(), stdio: 'ignore' });
  await pause(afterMs);
  await killAll(child.pid, profile);
}

interface Work {
  readonly page: Page;
  readonly ledger: Ledger;
  readonly random: Random;
  readonly round: number;
}

/** Works until it is ended from outside; a failure that is not the kill's is thrown. */
async function workUntil(stopped: () => boolean, deeds: number, sent: (nth: number) => void, work: Work) {
  const { page, ledger, random, round } = work;
  for (let nth = 1; nth <= deeds && !stopped(); nth += 1) {
    const deed = nextDeed(random, ledger, `${round}.${nth}`);
    try {
      await perform(page, deed, ledger, () => sent(nth));
    } catch (error) {
      if (!stopped()) throw error;
      return;
    }
  }
}

/** Works and dies as planned. */
async function workAndDie(desk: ElectronDesk, plan: Exclude<KillPlan, { at: 'start' }>, work: Work): Promise<void> {
  const processes = processesOf(desk.pid, desk.profile);
  let dead: Promise<void> | null = null;
  const die = () => {
    dead ??= strike(desk, processes);
  };
  const timers = new Set<NodeJS.Timeout>();
  const dieAfter = () => void timers.add(setTimeout(die, plan.afterMs));
  const isDead = () => dead !== null;
  if (plan.at === 'moment') dieAfter();
  const deeds = plan.at === 'quit' ? plan.deeds : Number.POSITIVE_INFINITY;
  try {
    await workUntil(isDead, deeds, (nth) => plan.at === 'save' && nth === plan.deed && dieAfter(), work);
    if (plan.at === 'quit') {
      dieAfter();
      void desk.app.evaluate(({ app }) => app.quit()).catch(() => undefined);
      await pause(plan.afterMs);
      die();
    }
  } finally {
    for (const timer of timers) clearTimeout(timer);
    await (dead ?? desk.kill());
  }
}

/**
 * Runs the rounds. Every round starts from its own random numbers, so that one that found something can be replayed
 * by the seed whatever came before it.
 */
export async function runKills({ seed, kills, profile, say }: KillOptions): Promise<KillResult> {
  const ledger = new Ledger();
  const total = { lost: [] as string[], doubled: [] as string[], strange: [] as string[], there: 0, notThere: 0 };
  const take = (findings: Findings) => {
    total.lost.push(...findings.lost);
    total.doubled.push(...findings.doubled);
    total.strange.push(...findings.strange);
    if (findings.undecided === 'there') total.there += 1;
    if (findings.undecided === 'not there') total.notThere += 1;
  };
  let desk = await launchDesk({ profile });
  try {
    await introduce(await desk.page());
    await expectReady(await desk.page());
    for (let round = 1; round <= kills; round += 1) {
      const random = randomFrom(seed + round);
      const plan = planKill(random);
      const before = ledger.saved;
      if (plan.at === 'start') {
        await desk.kill();
        await killDuringStart(profile, plan.afterMs);
      } else await workAndDie(desk, plan, { page: await desk.page(), ledger, random, round });
      desk = await launchDesk({ profile });
      const findings = await checkDesk(await desk.page(), ledger, ledger.touched);
      take(findings);
      say(
        `kill ${round}, ${planInWords(plan)}: ${ledger.saved - before} saved, the one under way ${findings.undecided}, ` +
          `${ledger.incidents.size} incidents, lost ${findings.lost.length}, doubled ${findings.doubled.length}`,
      );
      for (const line of [...findings.lost, ...findings.doubled, ...findings.strange]) say(`  wrong: ${line}`);
      if (findings.lost.length + findings.doubled.length + findings.strange.length > 0) break;
    }
    say(`reading every timeline of ${ledger.incidents.size} incidents`);
    take(await checkDesk(await desk.page(), ledger, [...ledger.incidents.keys()]));
  } finally {
    await desk.kill();
  }
  const { lost, doubled, strange, there, notThere } = total;
  const counts = { kills, saved: ledger.saved, incidents: ledger.incidents.size };
  return { ...counts, lost, doubled, strange, undecided: { there, notThere } };
}
