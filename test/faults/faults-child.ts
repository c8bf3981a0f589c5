// Some worlds in a process of their own: `faults-child.ts FIRST SEEDS [to-first]`; its tally as JSON on the last line.
// What dead programs of the worlds leave in memory goes with the process.
import { addRun, newTally } from './fault-tally.ts';
import { ignoreTheDead } from './world/crash.ts';
import { World } from './world/world.ts';
import { openFactory } from './world/world-factory.ts';

const [first = '1', seeds = '1', until = ''] = process.argv.slice(2);
ignoreTheDead();
const factory = await openFactory();
const tally = newTally();
try {
  for (let seed = Number(first); tally.seeds < Number(seeds); seed++) {
    addRun(tally, await new World(seed, factory).run());
    if (until === 'to-first' && tally.violations.length > 0) break;
  }
} finally {
  factory.close();
}
process.stdout.write(`${JSON.stringify(tally)}\n`);
