// One virtual device: an SMP request in, its answer out, with the memory of a real board. Knows no frames and no time.
// Refuses nothing silently but what is no request: everything else has its code (device protocol, results).
import { holdsFloat } from '../protocol/cbor-scan.ts';
import { IDENTITY_GROUP, IDENTITY_RC } from '../protocol/identity-group.ts';
import { SMP_HEADER_BYTES, SMP_OP, type SmpHeader } from '../protocol/smp-header.ts';
import { decodeSmpMessage, encodeSmpMessage } from '../protocol/smp-message.ts';
import { IMAGE_GROUP, OS_GROUP, SMP_RC } from '../protocol/standard-groups.ts';
import type { DeviceRequest } from './device-request.ts';
import { type DeviceState, nothingVolatile, PowerCut } from './device-state.ts';
import { serveIdentity } from './identity-group/identity-group.ts';
import { finishLock } from './identity-group/lock.ts';
import { bootImage, serveImage } from './image-group.ts';
import { serveOs } from './os-group.ts';
import { identityError, type Reply, smpError } from './reply.ts';
import { STORE_GROUPS, serveStore } from './store-groups.ts';

export interface DeviceAnswer {
  /** SMP message, or null where the device stays silent. */
  readonly message: Uint8Array | null;
  /** `after` the answer by request, or `now` because the power was cut in the middle. */
  readonly restart: 'no' | 'after' | 'now';
  readonly delayMs: number;
}

const SILENCE: DeviceAnswer = { message: null, restart: 'no', delayMs: 0 };

/** SMP versions of the header: 0 is the legacy one, which the identity group does not speak. */
const VERSION_2 = 1;

export class VirtualDevice {
  readonly state: DeviceState;

  constructor(state: DeviceState) {
    this.state = state;
  }

  get hwid(): string {
    return this.state.record.hwid;
  }

  /** Power off and on. What was in RAM is gone; the boot loader acts; a begun lock is finished. */
  restart(): void {
    const { state } = this;
    // A fault cuts the power at most once a commit; a device has fewer commits than this at one start.
    for (let cuts = 0; cuts < 8; cuts++) {
      try {
        state.volatile = nothingVolatile();
        bootImage(state);
        if (state.locking) finishLock(state);
        state.hooks.onRestart?.(state);
        return;
      } catch (cut) {
        if (!(cut instanceof PowerCut)) throw cut;
      }
    }
  }

  /** Answer to one SMP message. The caller restarts the device as told. */
  handle(message: Uint8Array): DeviceAnswer {
    const decoded = decodeSmpMessage(message);
    const { header } = decoded;
    if (header === undefined || (header.op !== SMP_OP.read && header.op !== SMP_OP.write)) return SILENCE;
    if (message.length > this.state.messageBytes) return this.#answer(header, smpError(SMP_RC.TOO_LARGE), 0);
    if ('refused' in decoded) return this.#answer(header, smpError(SMP_RC.INVALID), 0);
    const { group, command, op, version } = decoded.header;
    const request = { write: op === SMP_OP.write, group, command, payload: decoded.payload };
    try {
      const reply = this.#reply(request, version, message);
      if (reply === null) return SILENCE;
      return this.#answer(header, reply, this.state.hooks.delayMs?.(request) ?? 0);
    } catch (cut) {
      if (cut instanceof PowerCut) return { message: null, restart: 'now', delayMs: 0 };
      throw cut;
    }
  }

  #reply(request: DeviceRequest, version: number, message: Uint8Array): Reply | null {
    const { hooks } = this.state;
    const instead = hooks.onRequest?.(request, this.state) ?? 'serve';
    if (instead === 'ignore') return null;
    const reply = instead === 'serve' ? this.#serve(request, version, message) : instead;
    return hooks.onReply?.(request, reply, this.state) ?? reply;
  }

  #serve(request: DeviceRequest, version: number, message: Uint8Array): Reply {
    const { state } = this;
    if (request.group === OS_GROUP) return serveOs(request, state);
    if (request.group === IMAGE_GROUP) return serveImage(request, state);
    if (STORE_GROUPS.includes(request.group)) return serveStore(request, state);
    if (request.group !== IDENTITY_GROUP || !state.record.running.identity) return smpError(SMP_RC.NOT_SUPPORTED);
    if (version !== VERSION_2) return smpError(SMP_RC.VERSION_TOO_OLD);
    // No number of the group is a float (section 6, rc 2); behind the decoder 0.0 looks like 0.
    if (holdsFloat(message.subarray(SMP_HEADER_BYTES))) return identityError(IDENTITY_RC.INVALID);
    return serveIdentity(request, state);
  }

  #answer(header: SmpHeader, reply: Reply, delayMs: number): DeviceAnswer {
    const { version, group, sequence, command } = header;
    const answered = { op: header.op + 1, version, group, sequence, command };
    let message = encodeSmpMessage(answered, reply.payload);
    if (message.length > this.state.messageBytes)
      message = encodeSmpMessage(answered, smpError(SMP_RC.TOO_LARGE).payload);
    return { message, restart: reply.restart ? 'after' : 'no', delayMs };
  }
}
