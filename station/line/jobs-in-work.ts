// Which jobs the slots work on now. Claimed in the same breath as a job is opened or found open, so that two boards with
// one hardware id never share it.
import { assert } from '../../domain/errors.ts';

export class JobsInWork {
  readonly #jobs = new Set<number>();

  get any(): boolean {
    return this.#jobs.size > 0;
  }

  has(jobId: number): boolean {
    return this.#jobs.has(jobId);
  }

  claim(jobId: number): void {
    assert(!this.#jobs.has(jobId), 'one slot works on a job');
    this.#jobs.add(jobId);
  }

  release(jobId: number): void {
    this.#jobs.delete(jobId);
  }
}
