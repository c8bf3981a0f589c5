// `npm run long:kill -- --kills 20 --seed 1`: the killed station, many times; one line a kill, figures at the end.
import { parseArgs } from 'node:util';
import { killMoments } from './kill-moments.ts';
import { BOARDS, KilledStation, wentWell } from './killed-station.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
});
const world = new KilledStation();
let bad = 0;
const stood: Record<string, number> = {};
try {
  await world.setUp();
  for (const moment of killMoments(Number(values.seed), Number(values.kills))) {
    const run = await world.run(BOARDS, moment);
    if (!wentWell(run)) bad++;
    for (const [step, boards] of Object.entries(run.stoodAt)) stood[step] = (stood[step] ?? 0) + boards;
    console.info(`${wentWell(run) ? 'well' : 'BAD '} killed after ${moment.afterMs} ms: ${JSON.stringify(run)}`);
  }
} finally {
  await world.tearDown();
}
console.info(JSON.stringify({ seed: Number(values.seed), kills: Number(values.kills), bad, stood }));
process.exitCode = bad === 0 ? 0 : 1;
