// Runs the list against one device and says of each case: kept, broken or left out, and why.
import { BoardPool } from './board-pool.ts';
import type { Case } from './case.ts';
import type { DeviceUnderTest } from './device-under-test.ts';

export type Verdict =
  | { readonly case: Case; readonly verdict: 'kept'; readonly tookMs: number }
  | { readonly case: Case; readonly verdict: 'broken'; readonly reason: string; readonly transcript: readonly string[] }
  | { readonly case: Case; readonly verdict: 'left out'; readonly reason: string };

export interface RunOptions {
  /** Hears each verdict as it falls. */
  readonly tell?: (verdict: Verdict) => void;
  /** Ends at the first broken case. */
  readonly toFirstBroken?: boolean;
}

/** One verdict a case, in their order. The device is closed at the end. */
export async function runSuite(
  device: DeviceUnderTest,
  cases: readonly Case[],
  { tell = () => {}, toFirstBroken = false }: RunOptions = {},
): Promise<Verdict[]> {
  const pool = new BoardPool(device);
  const verdicts: Verdict[] = [];
  try {
    for (const next of cases) {
      const verdict = await verdictOn(next, device, pool);
      verdicts.push(verdict);
      tell(verdict);
      if (toFirstBroken && verdict.verdict === 'broken') break;
    }
  } finally {
    await pool.close();
    await device.close();
  }
  return verdicts;
}

async function verdictOn(next: Case, device: DeviceUnderTest, pool: BoardPool): Promise<Verdict> {
  const leftOut = whyLeftOut(next, device);
  if (leftOut !== null) return { case: next, verdict: 'left out', reason: leftOut };
  let transcript: readonly string[] = [];
  const startedMs = performance.now();
  try {
    await pool.run(next, (lines) => {
      transcript = [...lines];
    });
    return { case: next, verdict: 'kept', tookMs: performance.now() - startedMs };
  } catch (reason) {
    const text = reason instanceof Error ? reason.message : String(reason);
    return { case: next, verdict: 'broken', reason: text, transcript };
  }
}

function whyLeftOut({ kind, cuts, burns, firmware }: Case, device: DeviceUnderTest): string | null {
  return (
    device.lacks[kind] ??
    (cuts ? device.noPowerCut : null) ??
    (burns ? device.noBurning : null) ??
    (firmware ? device.noFirmware : null)
  );
}
