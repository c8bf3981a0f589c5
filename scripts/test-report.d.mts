// The types of test-report.mjs, which Node 20 must be able to start.
interface Read {
  readonly counts: { readonly passed: number; readonly failed: number; readonly skipped: number };
  readonly failures: readonly string[];
}
export function noReport(project: string, code: number): Read;
export function readReport(project: string, report: object, code: number, root: string): Read;
