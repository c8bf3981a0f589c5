// English: First run and the practice bench.

export const firstRun = {} as const;
