// A writer that is meant to be killed: records devices that pass, one transaction each, and says so after each commit.
// Run by station-crash.test.ts: `node station-crash-child.ts <station.db> <first number>`.
import { samplePassed } from './station-sample.ts';
import { openStationStore } from './station-store.ts';

const [path = '', first = ''] = process.argv.slice(2);
const { store } = openStationStore(path);
for (let number = Number(first); number < 100_000; number++) {
  store.transaction(() => void samplePassed(store, number));
  process.stdout.write(`${number}\n`);
}
