import { defineConfig } from 'vitest/config';

/** Projects run one after the other in `npm test`; their time budgets are in CONTRIBUTING.md. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{domain,pki,protocol,contract,station,db,cloud,simulator,cli,electron,renderer,scripts}/**/*.test.ts',
            'test/*.test.ts',
          ],
          // The default leaves one core to Vitest itself, which is half of two.
          maxWorkers: '100%',
          // A PIN is digested slowly on purpose, some tests a dozen times: a busy machine takes seconds for it.
          testTimeout: 20_000,
        },
      },
      { test: { name: 'fuzz', include: ['test/fuzz/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          // Boards take their seconds whatever waits for them: two files at a time fill two cores.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'firmware',
          include: ['test/{firmware,conformance}/**/*.test.ts'],
          globalSetup: ['test/firmware/firmware-set-up.ts'],
          testTimeout: 600_000,
          hookTimeout: 180_000,
          // An emulator has one busy thread: two files at a time fill two cores.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'system',
          include: ['test/system/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'window',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/window-set-up.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          // As long as Playwright waits for what it looks for: one second is too short on two busy cores.
          expect: { poll: { timeout: 30_000 } },
          maxWorkers: 2,
        },
      },
    ],
  },
});
