// `npm run long:pull-out -- --lots 50 --seed 1`: the token pulled out in lot after lot; one line a lot, figures at the end.
import { parseArgs } from 'node:util';
import { TokenStation } from '../system/token-station.ts';
import { pulledLot, pulls, wentWell } from './pulled-token.ts';

const { values } = parseArgs({
  options: { lots: { type: 'string', default: '50' }, seed: { type: 'string', default: '1' } },
});
const station = new TokenStation();
const sums = { bad: 0, stopped: 0, waited: 0, signatures: 0, live: 0, void: 0, inWork: 0 };
try {
  await station.setUp();
  for (const pull of pulls(Number(values.seed), Number(values.lots))) {
    const lot = await pulledLot(station, pull);
    if (!wentWell(lot)) sums.bad++;
    if (lot.stopped) sums.stopped++;
    sums.waited += lot.waited;
    for (const sum of ['signatures', 'live', 'void', 'inWork'] as const) sums[sum] += lot[sum];
    console.info(`${wentWell(lot) ? 'well' : 'BAD '} ${JSON.stringify(lot)}`);
  }
} finally {
  await station.tearDown();
}
console.info(JSON.stringify({ seed: Number(values.seed), lots: Number(values.lots), ...sums }));
process.exitCode = sums.bad === 0 ? 0 : 1;
