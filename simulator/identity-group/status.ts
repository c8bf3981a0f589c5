// Command 0: who and how the device is. A virtual device always says that it is one.

import { LIVES } from '../../domain/job.ts';
import { type DeviceState, sha256 } from '../device-state.ts';
import { ok, type Reply } from '../reply.ts';

export function readStatus(state: DeviceState): Reply {
  const { model, hardwareRevision, running, life, fuses, lock } = state.record;
  const { spki } = state;
  const leaf = state.item('leaf');
  return ok({
    v: 1,
    hwid: state.hwidBytes,
    model,
    hwrev: hardwareRevision,
    fw: running.version,
    life: LIVES.indexOf(life),
    ...(state.locking && { locking: true }),
    caps: capsOf(state),
    alg: ['P-256'],
    dbg: !fuses.debug,
    ...(lock && { sn: lock.deviceSerial }),
    ...(spki && { spkiSha256: sha256(spki) }),
    ...(leaf && { leafSha256: sha256(leaf) }),
    sim: true,
  });
}

function capsOf({ traits }: DeviceState): string[] {
  const injects = traits.takesKeys ? ['inj', ...(traits.psk ? ['psk'] : [])] : [];
  return [...(traits.generates ? ['gen'] : []), ...injects, 'blink'];
}
