// What ends a program of the world from inside: thrown where it struck, and by whatever the dead program still calls.

/** The process is gone: power, SIGKILL. */
export class Crash extends Error {
  constructor() {
    super('this program is dead');
  }
}

/** A fault of our own that the world planted: the process says so, ends, and is started again. */
export class PlannedBug extends Error {
  constructor() {
    super('a planted fault of our own');
  }
}

/** What a dead program still says to nobody must not end the process that the worlds run in. */
export function ignoreTheDead(): void {
  process.on('unhandledRejection', (reason) => {
    if (!(reason instanceof Crash)) throw reason;
  });
}
