// What a job does next with the board in front of it: the recorded facts against what the board says (CERTAINTY.md,
// Plug-in). New jobs, retries and resumes all come through here, so there is one answer to "where were we".
import type { Board, IdentityBoard } from '../drivers/driver.ts';
import type { JobFact } from '../records/job-fact.ts';
import type { JobContext, Transition } from './job-io.ts';
import type { JobFacts, JobStep } from './job-state.ts';
import { afterProblem, isSpentBySilence } from './problem.ts';
import { end, go, known, wait } from './transition.ts';

/** Goes on from a fresh look at the board. */
export function proceed(facts: JobFacts, board: Board, context: JobContext, freshNonce: string): Transition {
  if (isAnother(facts, board)) return swapped('identifying', facts);
  if (board.kind === 'bare') {
    if (board.firmware.activeHash === context.imageHash) return end(facts, 'KEY_MODE_UNSUPPORTED', 'no identity group');
    return loadFirmware(facts, board.firmware.activeHash, context, []);
  }
  const seen = { ...facts, hwid: board.hwid };
  if (facts.deviceSerial === null) return go('admitting', seen, { do: 'admit', board }, []);
  return byLife(seen, board, context, freshNonce);
}

/** Goes on from a look that a failed step led to. A lock that was ordered and never read back is treated as open. */
export function lookedAgain(facts: JobFacts, board: Board, context: JobContext, freshNonce: string): Transition {
  if (!isSpentBySilence(facts) || isAnother(facts, board)) return proceed(facts, board, context, freshNonce);
  const code = facts.lockIntended ? 'LOCK_FAILED' : 'NO_ANSWER_THRICE';
  return end(facts, code, 'it is there, and leaves its work unanswered');
}

/**
 * Whether it is not the board that the job is for. A fixture's adapter stays when boards are changed, and a fresh board
 * names nobody: bare is the job's own only before it said who it is, and while its new firmware is on trial.
 */
function isAnother(facts: JobFacts, board: Board): boolean {
  if (board.kind === 'bare') return facts.firmwareMeasured || facts.certificateId !== null;
  return facts.hwid !== null && facts.hwid !== board.hwid;
}

function swapped(at: JobStep, facts: JobFacts): Transition {
  return afterProblem({ at, facts }, 'DEVICE_SWAPPED', '');
}

/**
 * Why a board with the job's hardware id is not taken for the one that the job's certificate was made for; null where it
 * may be. It may be a copy, and what a board only says voids nothing: the job waits, and a person decides.
 */
export function doubtOf(facts: JobFacts, board: IdentityBoard): 'STORE_LOST' | 'DUPLICATE_HWID' | null {
  if (facts.certificateId === null) return null;
  const { life, locking, leafSha256, spkiSha256 } = board;
  if (life === 'blank') return 'STORE_LOST';
  if (life === 'keyed') return spkiSha256 === facts.spkiSha256 ? null : 'STORE_LOST';
  if (facts.leafSha256 === null || leafSha256 !== facts.leafSha256) return 'DUPLICATE_HWID';
  return life === 'locked' || !locking || facts.lockIntended ? null : 'DUPLICATE_HWID';
}

function byLife(facts: JobFacts, board: IdentityBoard, context: JobContext, freshNonce: string): Transition {
  const doubt = doubtOf(facts, board);
  if (doubt) return wait({ at: 'identifying', facts }, doubt);
  const spent = facts.certificateId !== null;
  if (board.life === 'locked' || board.locking)
    return spent ? restartLocked(facts) : end(facts, 'FOREIGN_IDENTITY', 'a lock that we did not begin');
  if (board.life === 'enrolled') {
    if (spent) return verify(facts);
    // Re-work: the new key discards the old one by name, and wipes what was made for it (device protocol, 7.3).
    const isVoid = facts.voidLeaf !== null && board.leafSha256 === facts.voidLeaf;
    return isVoid
      ? firmwareThenKey(facts, board, context, freshNonce)
      : end(facts, 'FOREIGN_IDENTITY', 'another certificate is on it');
  }
  return spent ? deliver(facts) : firmwareThenKey(facts, board, context, freshNonce);
}

function firmwareThenKey(facts: JobFacts, board: IdentityBoard, context: JobContext, freshNonce: string): Transition {
  const { activeHash, confirmed } = board.firmware;
  if (activeHash !== context.imageHash) return loadFirmware(facts, activeHash, context, []);
  if (!confirmed) return go('confirming-firmware', facts, { do: 'confirm-firmware' }, []);
  const unfit = keyModeFault(board, context);
  if (unfit) return end(facts, 'KEY_MODE_UNSUPPORTED', unfit);
  const measured: JobFact[] = facts.firmwareMeasured
    ? []
    : [{ type: 'firmware-measured', imageHash: context.imageHash, confirmed: true }];
  const now = { ...facts, firmwareMeasured: true };
  return context.cableGuard === null
    ? makeKey(now, board.spkiSha256, freshNonce, measured)
    : takeKey(now, board.spkiSha256, freshNonce, measured);
}

/** Why the board cannot have its key as the recipe says, or null. */
function keyModeFault(board: IdentityBoard, { cableGuard }: JobContext): string | null {
  if (cableGuard === null) return board.canGenerate ? null : 'the board cannot make a key';
  if (!board.canInject) return 'the board takes no key';
  // It would open nothing that is sealed the other way: nobody may choose the weaker one for it.
  if (cableGuard === 'psk') return board.takesPsk ? null : 'the board has no factory secret';
  return board.takesPsk ? 'the board takes keys with its factory secret only' : null;
}

/** A sealed key that is on the board: go on. One that is not, and might have been: void for ever, and a new session. */
function takeKey(
  facts: JobFacts,
  present: string | null,
  freshNonce: string,
  recorded: readonly JobFact[],
): Transition {
  const { spkiSha256, sealedSha256 } = facts;
  if (sealedSha256 !== null && sealedSha256 === present) return keyInjected(facts, recorded);
  if (spkiSha256 !== null && spkiSha256 === present) return proveKey(facts, recorded);
  const lost = sealedSha256 ?? spkiSha256;
  const voided: JobFact[] =
    lost === null ? [] : [{ type: 'key-voided', spkiSha256: lost, because: 'not on the board' }];
  const intended = { ...facts, keyNonce: freshNonce, keyWas: present, spkiSha256: null, sealedSha256: null };
  const order = { do: 'seal-key', hwid: known(facts.hwid), nonce: freshNonce, was: present } as const;
  return go('sealing-key', intended, order, [...recorded, ...voided]);
}

/** The board has the key that was sealed for it; now it has to prove that. */
export function keyInjected(facts: JobFacts, recorded: readonly JobFact[]): Transition {
  const spkiSha256 = known(facts.sealedSha256);
  const injected: JobFact[] = [{ type: 'key-injected', spkiSha256 }];
  if (facts.keyWas !== null) injected.unshift({ type: 'key-discarded', spkiSha256: facts.keyWas });
  return proveKey({ ...facts, spkiSha256, sealedSha256: null }, [...recorded, ...injected]);
}

/** Same key as recorded: go on. A recorded intent without its answer: the same nonce again. Anything else: a new key. */
function makeKey(
  facts: JobFacts,
  present: string | null,
  freshNonce: string,
  recorded: readonly JobFact[],
): Transition {
  if (facts.spkiSha256 !== null && facts.spkiSha256 === present) return proveKey(facts, recorded);
  const hwid = known(facts.hwid);
  if (facts.keyNonce !== null && facts.spkiSha256 === null) {
    return go('making-key', facts, { do: 'make-key', hwid, nonce: facts.keyNonce, was: facts.keyWas }, recorded);
  }
  const intended = { ...facts, keyNonce: freshNonce, keyWas: present, spkiSha256: null };
  return go('making-key', intended, { do: 'make-key', hwid, nonce: freshNonce, was: present }, [
    ...recorded,
    { type: 'key-intended', nonce: freshNonce, was: present },
  ]);
}

/** The first proof: the key that was just shown signs. */
export function proveKey(facts: JobFacts, recorded: readonly JobFact[]): Transition {
  return go('proving-key', facts, { do: 'prove', spkiSha256: known(facts.spkiSha256) }, recorded);
}

function deliver(facts: JobFacts): Transition {
  const certificateId = known(facts.certificateId);
  if (facts.leafSha256 === null) return go('signing', facts, { do: 'sign', certificateId }, []);
  return go('installing-chain', facts, { do: 'install', item: 'chain', hwid: known(facts.hwid), certificateId }, []);
}

function verify(facts: JobFacts): Transition {
  const effect = { do: 'prove', spkiSha256: known(facts.spkiSha256) } as const;
  return go('verifying', { ...facts, installed: true }, effect, installedNow(facts));
}

function restartLocked(facts: JobFacts): Transition {
  return go('restarting-locked', { ...facts, installed: true }, { do: 'restart' }, installedNow(facts));
}

/** The board holds the leaf: recorded now where the answer to its delivery was lost. */
function installedNow({ installed, certificateId }: JobFacts): readonly JobFact[] {
  return installed ? [] : [{ type: 'certificate-installed', certificateId: known(certificateId) }];
}

function loadFirmware(
  facts: JobFacts,
  from: string | null,
  context: JobContext,
  recorded: readonly JobFact[],
): Transition {
  return go('loading-firmware', facts, { do: 'load-firmware' }, [
    ...recorded,
    { type: 'firmware-intended', from, to: context.imageHash },
  ]);
}

/** After the restart that tries the new image: it must be the one that runs, on the same board. */
export function firmwareAfterRestart(
  facts: JobFacts,
  board: Board,
  context: JobContext,
  freshNonce: string,
): Transition {
  if (isAnother(facts, board)) return swapped('restarting-firmware', facts);
  if (board.firmware.activeHash !== context.imageHash) {
    return afterProblem({ at: 'restarting-firmware', facts }, 'FIRMWARE_DIFFERS', 'another image runs than was sent');
  }
  return proceed(facts, board, context, freshNonce);
}

/** After the new image was made permanent: it must run, and stay. */
export function firmwareMeasured(facts: JobFacts, board: Board, context: JobContext, freshNonce: string): Transition {
  if (isAnother(facts, board)) return swapped('measuring-firmware', facts);
  if (board.firmware.activeHash !== context.imageHash || !board.firmware.confirmed) {
    return afterProblem({ at: 'measuring-firmware', facts }, 'FIRMWARE_DIFFERS', 'the new image is not permanent');
  }
  return proceed(facts, board, context, freshNonce);
}

/** After the restart behind the lock: same board, same firmware, still locked; then the third proof. */
export function verifyLock(facts: JobFacts, board: Board, context: JobContext): Transition {
  if (board.kind === 'bare' || isAnother(facts, board)) return swapped('restarting-locked', facts);
  if (board.firmware.activeHash !== context.imageHash) return end(facts, 'FIRMWARE_REVERTED', '');
  if (board.life !== 'locked') return end(facts, 'LOCK_FAILED', `the board says ${board.life} after its restart`);
  return go('proving-lock', facts, { do: 'prove', spkiSha256: known(facts.spkiSha256) }, []);
}
