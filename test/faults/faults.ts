// `npm run faults -- --seeds 10000 --json`: worlds from `--from` on, one a seed; `--seed 123` repeats one and tells it.
import { parseArgs } from 'node:util';
import { cutPower, lostInPowerCut } from './power-cut.ts';
import { Crash } from './world/crash.ts';
import { type FaultKind, KINDS } from './world/fault-kinds.ts';
import { World } from './world/world.ts';
import { openFactory } from './world/world-factory.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
    'to-first': { type: 'boolean', default: false },
    'power-cut': { type: 'boolean', default: false },
  },
});
process.on('unhandledRejection', (reason) => {
  // What a dead program still says.
  if (!(reason instanceof Crash)) throw reason;
});
if (values['power-cut']) {
  const violations = lostInPowerCut(await cutPower([3, 9, 25]));
  console.info(JSON.stringify({ violations: violations.map((violation) => ({ seed: 0, ...violation })) }));
  process.exit(violations.length === 0 ? 0 : 1);
}
const one = values.seed !== undefined;
const first = Number(values.seed ?? values.from);
const seeds = one ? 1 : Number(values.seeds);
const byKind = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<FaultKind, number>;
const fired = { ...byKind };
const violations: { seed: number; rule: string; ids: string }[] = [];
const factory = await openFactory();
let passed = 0;
const startMs = performance.now();
for (let seed = first; seed < first + seeds; seed++) {
  const run = await new World(seed, factory).run();
  for (const [kind, count] of run.counts) {
    byKind[kind] += count.observed;
    fired[kind] += count.fired;
  }
  passed += run.passed;
  if (one) for (const line of run.trace) console.info(line);
  for (const violation of run.violations) {
    violations.push({ seed, ...violation });
    console.error(`seed ${seed}: ${violation.rule}: ${violation.ids}\n  npm run faults -- --seed ${seed}`);
  }
  if (values['to-first'] && violations.length > 0) break;
}
factory.close();
const seconds = (performance.now() - startMs) / 1000;
const faults = Object.values(byKind).reduce((sum, count) => sum + count, 0);
if (!values.json) console.info(JSON.stringify({ fired, passed, seconds }));
console.info(JSON.stringify({ seeds, faults, byKind, violations }));
process.exitCode = violations.length === 0 ? 0 : 1;
