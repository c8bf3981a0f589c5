// Command 7: journal the intent, burn, read back, and only then say locked. Never burns what reads burnt,
// nor anything after a fuse that did not hold.
import type { z } from 'zod';
import { sameBytes, toHex } from '../../domain/bytes.ts';
import { LIVES } from '../../domain/job.ts';
import { readCertificate } from '../../pki/certificate-facts.ts';
import { IDENTITY_RC, type LockRequest } from '../../protocol/identity-group.ts';
import type { DeviceRecord } from '../device-record.ts';
import { type DeviceState, sha256 } from '../device-state.ts';
import { identityError, ok, type Reply } from '../reply.ts';

type Fuse = keyof DeviceRecord['fuses'];

/** In the order in which they burn: a board must not lose its debug port before its identity is held. */
const PLAN: readonly { fuse: Fuse; says: string }[] = [
  { fuse: 'identity', says: 'identity store closed for writing' },
  { fuse: 'debug', says: 'debug port closed' },
];

/** What is left to burn, in words. */
export function lockPlan({ record }: DeviceState): Reply {
  return ok({ plan: PLAN.filter(({ fuse }) => !record.fuses[fuse]).map(({ says }) => says) });
}

export function lock(request: z.infer<typeof LockRequest>, state: DeviceState): Reply {
  const { life, lock: journal } = state.record;
  const leaf = state.item('leaf');
  if (leaf === null || life === 'blank' || life === 'keyed') return identityError(IDENTITY_RC.STATE);
  if (journal !== null) {
    const same =
      journal.deviceSerial === request.sn &&
      journal.leafSha256 === toHex(request.leaf) &&
      journal.debug === request.dbg;
    if (life === 'locked') return same ? ok({ life: LIVES.indexOf('locked') }) : identityError(IDENTITY_RC.STATE);
    if (!same) return identityError(IDENTITY_RC.LEAF_MISMATCH);
  } else {
    const certificate = readCertificate(leaf);
    const isOwnSerial = certificate.ok && certificate.facts.deviceSerial === request.sn;
    if (!isOwnSerial || !sameBytes(request.leaf, sha256(leaf))) return identityError(IDENTITY_RC.LEAF_MISMATCH);
    state.commit({ lock: { deviceSerial: request.sn, leafSha256: toHex(request.leaf), debug: request.dbg } });
  }
  if (state.traits.locksAtRestart && !journal?.failed) return identityError(IDENTITY_RC.LOCK_PENDING);
  return finishLock(state) ? ok({ life: LIVES.indexOf('locked') }) : identityError(IDENTITY_RC.LOCK_FAILED);
}

/** Goes on with a journaled lock wherever it stands. False when a fuse was burnt, now or before, and reads otherwise. */
export function finishLock(state: DeviceState): boolean {
  for (const { fuse } of PLAN) {
    const { fuses, lock: journal } = state.record;
    if (fuses[fuse] || (fuse === 'debug' && !journal?.debug)) continue;
    if (journal?.failed) return false;
    if (state.hooks.holds?.(fuse) === false) {
      if (journal !== null) state.commit({ lock: { ...journal, failed: true } });
      return false;
    }
    state.commit({ fuses: { ...fuses, [fuse]: true } });
  }
  state.commit({ life: 'locked' });
  return true;
}
