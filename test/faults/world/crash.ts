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
