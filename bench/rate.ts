// Rates of two things that are measured in turn, so that what else the machine does meets both alike.

export interface Work {
  /** One piece after the other; the number of pieces done. */
  run(): Promise<number> | number;
}

export interface Rates {
  /** Pieces a second, one value a run. */
  readonly ours: readonly number[];
  readonly peer: readonly number[];
  /** Ours as a share of the peer's, per cent, run by run. */
  readonly percent: readonly number[];
}

/** One run of each that does not count, then `runs` of each in turn. */
export async function sideBySide(runs: number, ours: Work, peer: Work): Promise<Rates> {
  await rate(ours);
  await rate(peer);
  const rates = { ours: [] as number[], peer: [] as number[] };
  for (let run = 0; run < runs; run++) {
    rates.ours.push(await rate(ours));
    rates.peer.push(await rate(peer));
  }
  const percent = rates.ours.map((value, run) => (100 * value) / (rates.peer[run] ?? Number.NaN));
  return { ...rates, percent };
}

async function rate(work: Work): Promise<number> {
  const startedMs = performance.now();
  const pieces = await work.run();
  return (1000 * pieces) / (performance.now() - startedMs);
}
