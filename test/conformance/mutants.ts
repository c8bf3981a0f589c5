// `npm run conformance:mutants`: agents with a planted fault and virtual devices with a planted mistake, each before the
// suite; which case found which. Ends with 1 where one was not found.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILD, make } from '../../scripts/firmware-build.ts';
import { ALL_CASES } from './all-cases.ts';
import { HostDevice } from './devices/host-device.ts';
import { SimulatedDevice } from './devices/simulated-device.ts';
import { SIMULATED_MUTANTS } from './devices/simulated-mutants.ts';
import { runSuite, type Verdict } from './suite-run.ts';

/** Rows of the table of planted faults in firmware/README.md: number, what the agent does, clause. */
const FAULT_ROW = /^\| (\d+) \| (.+?) \| ([\d., ]+) \|$/gm;

function tell(name: string, does: string, verdicts: readonly Verdict[]): boolean {
  const found = verdicts.filter(({ verdict }) => verdict === 'broken').map((verdict) => verdict.case);
  console.info(`${found.length > 0 ? 'found ' : 'MISSED'} ${name}: ${does}`);
  for (const { clause, title } of found.slice(0, 3)) console.info(`       ${clause.padEnd(5)} ${title}`);
  if (found.length > 3) console.info(`       and ${found.length - 3} more`);
  return found.length > 0;
}

let missed = 0;
const table = readFileSync(join(BUILD, '../README.md'), 'utf8').matchAll(FAULT_ROW);
for (const [, fault = '', does = ''] of table) {
  make(['host'], { OUT: join(BUILD, `fault-${fault}`), FAULT: fault });
  if (!tell(`agent ${fault}`, does, await runSuite(new HostDevice(Number(fault)), ALL_CASES))) missed += 1;
}
for (const [index, { does }] of SIMULATED_MUTANTS.entries()) {
  const verdicts = await runSuite(new SimulatedDevice(index + 1), ALL_CASES, { toFirstBroken: true });
  if (!tell(`virtual device ${index + 1}`, does, verdicts)) missed += 1;
}
console.info(missed === 0 ? 'Every planted fault was found.' : `${missed} planted faults were not found.`);
process.exitCode = missed === 0 ? 0 : 1;
