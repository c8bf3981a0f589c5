// `npm run conformance -- --device simulator`: every case against one device; a table, and the count.
import { parseArgs } from 'node:util';
import { ALL_CASES } from './all-cases.ts';
import { deviceNamed } from './devices/device-named.ts';
import { runSuite, type Verdict } from './suite-run.ts';

const { values } = parseArgs({
  options: {
    device: { type: 'string', default: 'simulator' },
    port: { type: 'string' },
    baud: { type: 'string' },
    erase: { type: 'string' },
    only: { type: 'string' },
    mutant: { type: 'string' },
    broken: { type: 'boolean', default: false },
  },
});

const device = deviceNamed(values.device, values);
const cases = ALL_CASES.filter(({ clause, title }) => `${clause} ${title}`.includes(values.only ?? ''));
const started = performance.now();
const verdicts = await runSuite(device, cases, {
  tell(verdict) {
    if (!values.broken || verdict.verdict === 'broken') console.info(lineOf(verdict));
  },
});
const count = (wanted: Verdict['verdict']) => verdicts.filter(({ verdict }) => verdict === wanted).length;
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.info(
  `${device.name}: ${verdicts.length} cases, ${count('kept')} kept, ${count('broken')} broken, ` +
    `${count('left out')} left out, ${seconds} s`,
);
process.exitCode = count('broken') === 0 ? 0 : 1;

function lineOf(verdict: Verdict): string {
  const { clause, title } = verdict.case;
  const row = `${clause.padEnd(5)} ${verdict.verdict.padEnd(9)} ${title}`;
  if (verdict.verdict === 'kept') return row;
  const why = `\n      ${verdict.reason}`;
  return verdict.verdict === 'left out'
    ? row + why
    : row + why + verdict.transcript.map((line) => `\n      ${line}`).join('');
}
