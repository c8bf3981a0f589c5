// A token that is pulled out in mid-lot, put back later and logged into again, as a person would: what is nothing lost and
// nothing twice when signing stops at any moment.
import { setTimeout as delay } from 'node:timers/promises';
import { SeededRandom } from '../../simulator/seeded-random.ts';
import type { TokenStation, Verdict } from '../system/token-station.ts';

/** Boards of a lot, all at once. */
export const BOARDS = 24;

/** When a lot's token is pulled out, and for how long. */
export interface Pull {
  /** Once so many certificates are on record, signed or only intended. */
  readonly signatures: number;
  /** And so many milliseconds later. */
  readonly afterMs: number;
  readonly awayMs: number;
}

export interface PulledLot extends Verdict {
  readonly lotId: string;
  readonly pull: Pull;
  /** The line stopped for it; false when every board had its certificate before. */
  readonly stopped: boolean;
  /** Certificates on record that waited for the token. */
  readonly waited: number;
  /** Each of these was signed over exactly its recorded bytes. */
  readonly asIntended: boolean;
  readonly exitCode: number | null;
}

export function pulls(seed: number, lots: number): Pull[] {
  const random = new SeededRandom(seed, 'pull-out');
  return Array.from({ length: lots }, () => ({
    signatures: random.between(1, BOARDS),
    afterMs: random.between(0, 30),
    awayMs: random.between(0, 1_500),
  }));
}

/** Every board passed with one live certificate over the bytes that were recorded first, and every signature is accounted for. */
export function wentWell(lot: PulledLot): boolean {
  const { passed, signatures, live, inWork, twice, otherBytes, asIntended, exitCode } = lot;
  const accounted = signatures === live + lot.void + inWork;
  return (
    passed === BOARDS &&
    live === BOARDS &&
    accounted &&
    inWork + twice + otherBytes + (exitCode ?? 1) === 0 &&
    asIntended
  );
}

export async function pulledLot(station: TokenStation, pull: Pull): Promise<PulledLot> {
  const lot = await station.begin(BOARDS);
  const { lotId } = lot;
  await station.until(lot, () => station.signatures(lotId) >= pull.signatures);
  await delay(pull.afterMs);
  station.token.pullOut();
  const stopped = await station.until(lot, async () => (await station.stoppedBy()) === 'SIGNER_UNREACHABLE');
  const intended = station.intended(lotId);
  await delay(pull.awayMs);
  station.token.putBack();
  if (stopped) {
    // It is seen by itself; the PIN takes a person.
    await station.until(lot, async () => (await station.stoppedBy()) === 'SIGNER_LOCKED');
    await station.login();
  }
  const exitCode = await lot.ended;
  await station.end(lot);
  const asIntended = station.signedAsIntended(intended, lotId);
  return { lotId, pull, stopped, waited: intended.size, asIntended, exitCode, ...station.verdict(lotId) };
}
