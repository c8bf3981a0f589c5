// `npm test`: set-up, then checks, unit, fuzz, fault, firmware, system and window tests, one after the other; with `--window` the
// checks and the window tests. Goes on after a failure so that one run shows everything; what failed is named again at the
// end, and the last line is `N passed, N failed, N skipped`.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onNode24, root } from './node-24.mjs';
import { setUp } from './set-up.mjs';
import { noReport, readReport } from './test-report.mjs';

/** [title, package, program, arguments]: each counts as one test. */
const CHECKS = [
  ['format and lint', '@biomejs/biome', 'biome', ['check', '--error-on-warnings', '.']],
  ['types', 'typescript', 'tsc', []],
  ['types of the screens', 'typescript', 'tsc', ['-p', 'renderer']],
  ['types of the window tests', 'typescript', 'tsc', ['-p', 'test/e2e']],
  ['dead code', 'knip', 'knip', ['--no-progress']],
];

const WINDOW = process.argv.includes('--window');
const PROJECTS = WINDOW ? ['window'] : ['unit', 'fuzz', 'faults', 'firmware', 'system', 'window'];

/** Twice the slowest phase on two busy cores: one that takes this long hangs. */
const PHASE_LIMIT_MS = 1_800_000;

async function main() {
  if (!(await setUp('test'))) return tell({ passed: 0, failed: 1, skipped: 0 }, ['set-up']);
  process.chdir(root);
  const total = { passed: 0, failed: 0, skipped: 0 };
  const failures = [];
  for (const [title, packageName, program, args] of CHECKS) {
    const code = await timed(title, () => onNode24(binOf(packageName, program), args, { timeLimitMs: PHASE_LIMIT_MS }));
    if (code !== 0) failures.push(`check: ${title}`);
    add(total, { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 });
  }
  const folder = mkdtempSync(join(tmpdir(), 'keyline-test-'));
  try {
    for (const project of PROJECTS) {
      add(total, await timed(`${project} tests`, () => runProject(project, folder, failures)));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  tell(total, failures);
}

async function timed(title, act) {
  process.stdout.write(`\n== ${title}\n`);
  const startMs = performance.now();
  const answer = await act();
  process.stdout.write(`== ${title}: ${((performance.now() - startMs) / 1000).toFixed(1)} s\n`);
  return answer;
}

/** The program's file as its package names it, from the repository's root. */
function binOf(packageName, program) {
  const folder = join('node_modules', packageName);
  return join(folder, JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).bin[program]);
}

/** Runs one project; says its counts, and adds what failed to `failures`. */
async function runProject(project, folder, failures) {
  const file = join(folder, `${project}.json`);
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await onNode24(binOf('vitest', 'vitest'), args, { timeLimitMs: PHASE_LIMIT_MS });
  const read = reportIn(file, project, code);
  failures.push(...read.failures);
  return read.counts;
}

function reportIn(file, project, code) {
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return noReport(project, code);
  }
  return readReport(project, report, code, root);
}

function add(total, counts) {
  for (const name of Object.keys(total)) total[name] += counts[name];
}

function tell({ passed, failed, skipped }, failures) {
  if (failures.length > 0) process.stdout.write(`\n== What failed\n\n${failures.join('\n\n')}\n`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
  process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped} skipped\n`);
}

await main();
