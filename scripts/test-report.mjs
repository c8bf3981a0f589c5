// What Vitest's JSON report says of one project: its counts and, by name, what failed. The names are told again at the end
// of `npm test`, where somebody who has only the last lines of a long output finds them.
import { relative } from 'node:path';

/** Lines of a failure's message: the claim and where it broke in files of ours; the whole stands further up. */
const MESSAGE_LINES = 6;

/** The report of a project whose run left none to read. */
export function noReport(project, code) {
  return {
    counts: { passed: 0, failed: 1, skipped: 0 },
    failures: [`${project}: the run ended with ${code} and left no report`],
  };
}

/**
 * @param report Vitest's JSON report, parsed.
 * @param code The run's exit code. A run that fails beside its tests, or that holds none, is one failure more.
 * @param root The repository's root, absolute: files are named from it.
 * @returns `{ counts: { passed, failed, skipped }, failures }`, one text of a few lines per failure.
 */
export function readReport(project, report, code, root) {
  const failures = [];
  for (const file of report.testResults) {
    const path = relative(root, file.name);
    const failed = file.assertionResults.filter((test) => test.status === 'failed');
    for (const test of failed)
      failures.push(told(project, `${path} > ${test.fullName}`, test.failureMessages.join('\n')));
    if (failed.length === 0 && file.status === 'failed') failures.push(told(project, path, file.message));
  }
  const passed = report.numPassedTests;
  const failed = report.numFailedTests;
  const outside = failed === 0 && (code !== 0 || passed === 0);
  if (outside && failures.length === 0) failures.push(`${project}: ended with ${code} beside its ${passed} tests`);
  return {
    counts: { passed, failed: failed + (outside ? 1 : 0), skipped: report.numPendingTests + report.numTodoTests },
    failures,
  };
}

function told(project, what, message) {
  const lines = String(message ?? '')
    .split('\n')
    .filter((line) => !line.includes('node_modules'))
    .slice(0, MESSAGE_LINES);
  return [`${project}: ${what}`, ...lines.map((line) => `    ${line}`)].join('\n');
}
