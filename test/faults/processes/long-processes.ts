// `npm run long:processes -- --kills 500 --seed 1 --json`: programs of a real line killed and stopped, its network, disk, ports
// and clock failing; figures at the end. Ends with 1 where a rule was broken. The same seed draws the same moments; what the
// operating system does in them it does anew.
import { parseArgs } from 'node:util';
import { runProcesses } from './process-run.ts';
import type { ClockJump, DiskFault } from './tally.ts';

const DISK: readonly DiskFault[] = ['low', 'full', 'read-only', 'read-only-at-start', 'slow'];
const CLOCK: readonly ClockJump[] = ['forward', 'back', 'forward-at-start', 'back-at-start'];

/** Network faults for each kill: 200 for 500. */
const NETWORK_SHARE = 0.4;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const [seed, kills] = [Number(values.seed), Number(values.kills)];
/** The first Ctrl+C lets the lots that run end, and judges them; the second one leaves. */
const stop = new AbortController();
process.on('SIGINT', () => (stop.signal.aborted ? process.exit(130) : stop.abort()));
process.once('SIGTERM', () => process.exit(143));
const run = await runProcesses({
  ...{ seed, kills, disk: DISK, clock: CLOCK, bench: true, boards: [8, 24] },
  networkFaults: Math.ceil(kills * NETWORK_SHARE),
  stop: stop.signal,
  say: (line) => {
    if (!values.json) console.info(line);
  },
});
const { network, kills: killed, violations, lots, secondRefused, writesLost, ...rest } = run;
const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, n) => all + n, 0);
const { stops, diskFaults, portFaults, clockJumps, pageCacheLosses, quarantined, devices, outcomes, notRun } = rest;
for (const { rule, ids } of violations)
  console.error(`${rule}: ${ids}\n  npm run long:processes -- --kills ${kills} --seed ${seed}`);
console.info(
  JSON.stringify({
    ...{ seed, kills: { ...killed, total: sum(killed) }, stops },
    networkFaults: { byKind: network, total: sum(network) },
    ...{ diskFaults, portFaults, clockJumps, pageCacheLosses, writesLost, quarantined, secondRefused },
    ...{ lots, devices, outcomes, notRun, violations },
  }),
);
process.exitCode = violations.length === 0 ? 0 : 1;
