// `npm run faults -- --seeds 10000 --json`: worlds from `--from` on, one a seed. `--seed 123` repeats one and tells what
// happened in it; `--arrows` cuts every arrow of the provisioning cycle at every place. Ends with 1 where a rule was broken, or where a kind of fault never changed a run of at least 1,000.
import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { cutEverywhere } from './cut-everywhere.ts';
import { addRun, addTally, type FaultTally, idleKinds, newTally } from './fault-tally.ts';
import { cutPower, lostInPowerCut } from './power-cut.ts';
import { ignoreTheDead } from './world/crash.ts';
import { KINDS } from './world/fault-kinds.ts';
import { World } from './world/world.ts';
import { openFactory } from './world/world-factory.ts';

const CHILD = fileURLToPath(new URL('faults-child.ts', import.meta.url));
/** Worlds of one process: about 200 MB. */
const SEEDS_A_PROCESS = 100;
/** From so many seeds on each kind must have struck. */
const ENOUGH_SEEDS = 1_000;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
    'to-first': { type: 'boolean', default: false },
    arrows: { type: 'boolean', default: false },
    'power-cut': { type: 'boolean', default: false },
  },
});

async function oneWorld(seed: number): Promise<FaultTally> {
  ignoreTheDead();
  const factory = await openFactory();
  const tally = newTally();
  try {
    const run = await new World(seed, factory).run();
    if (!values.json) for (const line of run.trace) console.info(line);
    addRun(tally, run);
  } finally {
    factory.close();
  }
  return tally;
}

async function manyWorlds(first: number, seeds: number): Promise<FaultTally> {
  const tally = newTally();
  const run = promisify(execFile);
  const broken = () => values['to-first'] && tally.violations.length > 0;
  let next = 0;
  const lane = async () => {
    while (next < seeds && !broken()) {
      const from = next;
      next += SEEDS_A_PROCESS;
      await worlds(first + from, Math.min(SEEDS_A_PROCESS, seeds - from));
    }
  };
  const worlds = async (from: number, count: number) => {
    const order = [CHILD, String(from), String(count), ...(values['to-first'] ? ['to-first'] : [])];
    const before = tally.violations.length;
    try {
      const { stdout } = await run(process.execPath, order, { maxBuffer: 64 * 1024 * 1024 });
      addTally(tally, JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as FaultTally);
    } catch (error) {
      // The others go on: hours of worlds are not lost with one.
      tally.violations.push({ seed: from, rule: `worlds ${from} and ${count - 1} more end`, ids: String(error) });
    }
    for (const { seed, rule, ids } of tally.violations.slice(before))
      console.error(`seed ${seed}: ${rule}: ${ids}\n  npm run faults -- --seed ${seed}`);
    console.error(`${tally.seeds} seeds, ${tally.faults} faults, ${tally.violations.length} violations`);
  };
  // A process a core; who looks for the first that breaks a rule wants the least seed.
  const lanes = values['to-first'] ? 1 : availableParallelism();
  await Promise.all(Array.from({ length: lanes }, lane));
  return tally;
}

async function powerCut(): Promise<FaultTally> {
  const lost = lostInPowerCut(await cutPower([3, 9, 25]));
  return { ...newTally(), violations: lost.map((violation) => ({ seed: 0, ...violation })) };
}

/** Every arrow of the provisioning cycle, cut at every place. */
async function allArrows(): Promise<FaultTally> {
  ignoreTheDead();
  const factory = await openFactory();
  const tally = newTally();
  try {
    for (const kind of [
      'crash-at-commit',
      'crash-at-effect',
      'crash-at-byte',
      'restart-at-byte',
      'unplug-at-byte',
    ] as const) {
      const { points, runs, arrows, violations } = await cutEverywhere(factory, kind, true);
      tally.faults += runs;
      tally.byKind[kind] += runs;
      tally.violations.push(...violations.map((violation) => ({ seed: 0, ...violation })));
      const named = [...arrows].sort((a, b) => Number.parseInt(String(a), 10) - Number.parseInt(String(b), 10));
      console.error(`${kind}: ${points} points, ${runs} cuts, arrows ${named.join(' ')}`);
    }
  } finally {
    factory.close();
  }
  return tally;
}

async function run(): Promise<FaultTally> {
  if (values['power-cut']) return powerCut();
  if (values.arrows) return allArrows();
  return values.seed === undefined
    ? manyWorlds(Number(values.from), Number(values.seeds))
    : oneWorld(Number(values.seed));
}

function isDrawn(kind: string): boolean {
  return KINDS.some((drawn) => drawn === kind);
}

const tally = await run();
const { seeds, faults, violations, fired, passed, signed, starts } = tally;
// A kind that no seed draws has no place in a count of seeds.
const byKind = Object.fromEntries(Object.entries(tally.byKind).filter(([kind, count]) => count > 0 || isDrawn(kind)));
const idle = seeds >= ENOUGH_SEEDS ? idleKinds(tally) : [];
if (idle.length > 0) console.error(`never changed a run: ${idle.join(', ')}`);
if (!values.json) console.info(JSON.stringify({ fired, passed, signed, starts }));
console.info(JSON.stringify({ seeds, faults, byKind, violations }));
process.exitCode = violations.length + idle.length === 0 ? 0 : 1;
