import { type Memory, memoryOf, untilIdle } from '../desk/memory.ts';
import { type Started, startDesk } from '../desk/start.ts';
import { figureOf, median } from '../report/figure.ts';
import { type Case, check } from './case.ts';
import { deskOf, startBare } from './starts.ts';

const ROUNDS = 3;

const idleMemory = async (started: Promise<Started>): Promise<Memory> => {
  const running = await started;
  await untilIdle(running.processes);
  const memory = memoryOf(running.processes());
  await running.end();
  return memory;
};

/** The window is opened before the engine, so of the two renderers the engine has the higher number. */
const renderers = ({ byRole }: Memory): number[] =>
  Object.entries(byRole)
    .filter(([role]) => role.startsWith('renderer '))
    .sort(([a], [b]) => Number(a.slice(9)) - Number(b.slice(9)))
    .map(([, megabytes]) => megabytes);

const roles = (memory: Memory): string => {
  const [window = 0, engine = 0] = renderers(memory);
  const others = Object.entries(memory.byRole).filter(([role]) => !role.startsWith('renderer '));
  const parts: [string, number][] = [['window', window], ['engine', engine], ...others];
  return parts.map(([role, megabytes]) => `${role} ${megabytes.toFixed(0)}`).join(', ');
};

export const p7: Case = {
  id: 'P7',
  sizes: [100_000],
  measure: async (n, ground) => {
    const profile = await deskOf(n, ground);
    const [ours, bare]: [Memory[], Memory[]] = [[], []];
    for (let round = 1; round <= ROUNDS; round += 1) {
      ground.say(`memory at rest, ${round} of ${ROUNDS}`);
      ours.push(await idleMemory(startDesk(profile)));
      bare.push(await idleMemory(startBare()));
    }
    const checked = check({ 'a window and an engine': ours.every((memory) => renderers(memory).length === 2) });
    const engine = ours.map((memory) => renderers(memory)[1] ?? 0);
    const page = bare.map((memory) => renderers(memory)[0] ?? 0);
    const [last] = ours.slice(-1);
    const common = { n, unit: 'MB (PSS)', lowerIsBetter: true, checked };
    const totals = { ours: ours.map((memory) => memory.total), bare: bare.map((memory) => memory.total) };
    return [
      figureOf({
        ...common,
        id: 'P7',
        runs: { ours: totals.ours, peers: { 'bare window': totals.bare } },
        note: `all processes at rest, ${ROUNDS} rounds: bare + ${(median(totals.ours) - median(totals.bare)).toFixed(0)} MB (target: + 100)${last ? `; by process: ${roles(last)}` : ''}`,
      }),
      figureOf({ ...common, id: 'P7-engine', runs: { ours: engine, peers: { "a bare window's page": page } } }),
    ];
  },
};
