// `npm run bench [-- --json]`: every figure, one line each, with run count, spread and limit. Exit 1 when a limit is
// broken, 2 for arguments that are none.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measureDeviceFind } from './device-find.ts';
import { measureDurableCloses } from './durable-closes.ts';
import { type Figure, figureAnswer, figureText, isKept } from './figure.ts';
import { measureIssueRate } from './issue-rate.ts';
import { measureLotPage } from './lot-page.ts';
import { measureRegistrations } from './registrations.ts';
import { measureStationProcess } from './station-process.ts';
import { measureStationTime } from './station-time.ts';
import { measureTransfer } from './transfer.ts';
import { measureWindow } from './window.ts';

const COMMAND = 'npm run bench';

const { json } = argumentsOf(process.argv.slice(2));
const out = json ? process.stderr : process.stdout;
const say = (line: string) => void out.write(`${line}\n`);

const machine = { node: process.version, cores: cpus().length, processor: cpus()[0]?.model ?? '' };
say(`${COMMAND}: median of each figure, then its spread. Node ${machine.node}, ${machine.cores} cores.`);
const figures: Figure[] = [];
for (const measure of [
  measureTransfer,
  measureStationTime,
  measureIssueRate,
  measureDurableCloses,
  measureDeviceFind,
  measureRegistrations,
  measureLotPage,
  measureStationProcess,
  measureWindow,
]) {
  for (const figure of await measure()) {
    figures.push(figure);
    say(figureText(figure));
  }
}
const broken = figures.filter((figure) => !isKept(figure));
say('');
for (const { name, means } of figures) say(`${name}: ${means}`);
say('');
say(broken.length === 0 ? 'Every limit is kept.' : `Broken: ${broken.map(({ name }) => name).join('; ')}.`);
if (json) {
  const answer = { command: COMMAND, ...machine, ok: broken.length === 0, figures: figures.map(figureAnswer) };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exitCode = broken.length === 0 ? 0 : 1;

function argumentsOf(args: string[]): { json: boolean } {
  try {
    return { json: parseArgs({ args, options: { json: { type: 'boolean', default: false } } }).values.json };
  } catch {
    process.stderr.write(`Usage: ${COMMAND} [-- --json]\n`);
    process.exit(2);
  }
}
