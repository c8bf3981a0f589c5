// `npm run long:board-kills -- --kills 200 --seed 1`: boards killed in the middle of their jobs; one line a kill, and where
// they stood.
import { parseArgs } from 'node:util';
import { buildFirmware } from '../../scripts/firmware-build.ts';
import { BoardKills, endedWell } from './board-kills.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});
buildFirmware();
const world = new BoardKills(Number(values.seed));
const stood: Record<string, number> = {};
const ends: Record<string, number> = {};
let bad = 0;
try {
  await world.setUp();
  await world.run(Number(values.kills), (kill) => {
    stood[kill.step] = (stood[kill.step] ?? 0) + 1;
    const end = `${kill.outcome ?? 'no end'}${kill.code === null ? '' : ` ${kill.code}`}`;
    ends[end] = (ends[end] ?? 0) + 1;
    if (!endedWell(kill)) bad += 1;
    console.info(`${endedWell(kill) ? 'well' : 'BAD '} ${JSON.stringify(kill)}`);
  });
  const left = world.left();
  if (left.inWork > 0 || left.keysTwice > 0 || left.live !== left.passed) bad += 1;
  console.info(
    JSON.stringify({ seed: Number(values.seed), kills: Number(values.kills), bad, ends, stood, left }, null, 1),
  );
} finally {
  await world.tearDown();
}
process.exitCode = bad === 0 ? 0 : 1;
