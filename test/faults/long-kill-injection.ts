// `npm run long:kill-injection -- --moments 50 --seed 1`: the station killed around its injections, many times; one line a
// kill, figures at the end.
import { parseArgs } from 'node:util';
import { injectionMoments } from './kill-moments.ts';
import { INJECTED, KilledStation, wentWell } from './killed-station.ts';

/** Boards of a lot, all at once. */
const BOARDS = 4;

const { values } = parseArgs({
  options: { moments: { type: 'string', default: '50' }, seed: { type: 'string', default: '1' } },
});
const world = new KilledStation(INJECTED);
const total = { bad: 0, passed: 0, sealed: 0, used: 0, voided: 0, signed: 0, live: 0 };
const stood: Record<string, number> = {};
try {
  await world.setUp();
  for (const moment of injectionMoments(Number(values.seed), Number(values.moments))) {
    const run = await world.run(BOARDS, moment);
    if (!wentWell(run)) total.bad++;
    for (const name of ['passed', 'sealed', 'used', 'voided', 'live'] as const) total[name] += run[name];
    total.signed += run.live + run.void + run.inWork;
    for (const [step, boards] of Object.entries(run.stoodAt)) stood[step] = (stood[step] ?? 0) + boards;
    console.info(
      `${wentWell(run) ? 'well' : 'BAD '} killed after ${moment.afterMs} ms from ${moment.from}${moment.boardsToo ? ', with its boards' : ''}: ${JSON.stringify(run)}`,
    );
  }
} finally {
  await world.tearDown();
}
console.info(JSON.stringify({ seed: Number(values.seed), moments: Number(values.moments), ...total, stood }));
process.exitCode = total.bad === 0 ? 0 : 1;
