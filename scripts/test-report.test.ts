import { describe, expect, test } from 'vitest';
import { noReport, readReport } from './test-report.mjs';

const passedTest = { status: 'passed', fullName: 'a board passes', failureMessages: [] };
const failedTest = {
  status: 'failed',
  fullName: 'a board that fails is told',
  failureMessages: [
    'AssertionError: expected green to be red\n    at /r/station/slot.test.ts:9:3\n2\n3\n4\n5\n6\n7\n8',
  ],
};

function reportOf(...tests: readonly { status: string; fullName: string; failureMessages: string[] }[]) {
  const failed = tests.filter((one) => one.status === 'failed').length;
  return {
    numPassedTests: tests.length - failed,
    numFailedTests: failed,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [
      {
        name: '/r/station/slot.test.ts',
        status: failed === 0 ? 'passed' : 'failed',
        message: '',
        assertionResults: tests,
      },
    ],
  };
}

describe('what the end of a test run tells', () => {
  test('counts, and nothing else, when all passed', () => {
    expect(readReport('unit', reportOf(passedTest), 0, '/r')).toEqual({
      counts: { passed: 1, failed: 0, skipped: 0 },
      failures: [],
    });
  });

  test('the file, the name and the claim of a test that failed', () => {
    const read = readReport('unit', reportOf(passedTest, failedTest), 1, '/r');
    expect(read.counts).toEqual({ passed: 1, failed: 1, skipped: 0 });
    expect(read.failures).toHaveLength(1);
    expect(read.failures[0]).toContain('unit: station/slot.test.ts > a board that fails is told');
    expect(read.failures[0]).toContain('expected green to be red');
    expect(read.failures[0]?.split('\n')).toHaveLength(7);
  });

  test('a file that could not be loaded', () => {
    const report = {
      ...reportOf(),
      testResults: [{ ...reportOf().testResults[0], status: 'failed', message: 'no such module' }],
    };
    const read = readReport('system', report, 1, '/r');
    expect(read.counts.failed).toBe(1);
    expect(read.failures).toEqual(['system: station/slot.test.ts\n    no such module']);
  });

  test('a run that fails beside its tests, that holds none, or that leaves no report', () => {
    expect(readReport('unit', reportOf(passedTest), 1, '/r').counts.failed).toBe(1);
    expect(readReport('unit', reportOf(passedTest), 1, '/r').failures).toEqual([
      'unit: ended with 1 beside its 1 tests',
    ]);
    expect(readReport('unit', reportOf(), 0, '/r').counts.failed).toBe(1);
    expect(noReport('unit', 137).failures).toEqual(['unit: the run ended with 137 and left no report']);
  });
});
