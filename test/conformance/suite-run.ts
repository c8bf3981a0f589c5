// Runs the list against one device and says of each case: kept, broken or left out, and why.
import { BoardPool } from './board-pool.ts';
import { type Case, STAGES } from './case.ts';
import type { DeviceUnderTest } from './device-under-test.ts';
import { LeftOut } from './left-out.ts';
import { SingleBoard } from './single-board.ts';

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

/** One verdict a case, in their order; a device of one board has them stage by stage. The device is closed at the end. */
export async function runSuite(
  device: DeviceUnderTest,
  cases: readonly Case[],
  { tell = () => {}, toFirstBroken = false }: RunOptions = {},
): Promise<Verdict[]> {
  const boards = device.oneBoard ? new SingleBoard(device) : new BoardPool(device);
  const inOrder = device.oneBoard ? cases.toSorted((a, b) => rankOf(a) - rankOf(b)) : cases;
  const verdicts: Verdict[] = [];
  try {
    for (const next of inOrder) {
      const verdict = await verdictOn(next, device, boards);
      verdicts.push(verdict);
      tell(verdict);
      if (toFirstBroken && verdict.verdict === 'broken') break;
    }
  } finally {
    await boards.close();
    await device.close();
  }
  return verdicts;
}

/** A board goes from stage to stage; what changes a blank one, and what locks one for good, comes last. */
function rankOf({ stage, keeps, burns }: Case): number {
  if (stage === 'blank' && !keeps) return STAGES.length;
  return burns ? STAGES.length + 1 : STAGES.indexOf(stage);
}

async function verdictOn(next: Case, device: DeviceUnderTest, boards: BoardPool | SingleBoard): Promise<Verdict> {
  const leftOut = whyLeftOut(next, device);
  if (leftOut !== null) return { case: next, verdict: 'left out', reason: leftOut };
  let transcript: readonly string[] = [];
  const startedMs = performance.now();
  try {
    await boards.run(next, (lines) => {
      transcript = [...lines];
    });
    return { case: next, verdict: 'kept', tookMs: performance.now() - startedMs };
  } catch (reason) {
    if (reason instanceof LeftOut) return { case: next, verdict: 'left out', reason: reason.message };
    const text = reason instanceof Error ? reason.message : String(reason);
    return { case: next, verdict: 'broken', reason: text, transcript };
  }
}

function whyLeftOut({ kind, stage, keeps, cuts, burns, firmware }: Case, device: DeviceUnderTest): string | null {
  return (
    device.lacks[kind] ??
    (cuts ? device.noPowerCut : null) ??
    (burns ? device.noBurning : null) ??
    (firmware ? device.noFirmware : null) ??
    (stage === 'blank' && !keeps ? device.oneBoard?.noOther : null) ??
    null
  );
}
