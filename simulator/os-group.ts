// Group 0 of a virtual device: echo, reset, params, info (device protocol, standard groups).
import { EchoRequest, InfoRequest, OS_COMMAND, ResetRequest, SMP_RC } from '../protocol/standard-groups.ts';
import type { DeviceRequest } from './device-request.ts';
import type { DeviceState } from './device-state.ts';
import { ok, type Reply, smpError } from './reply.ts';

export function serveOs({ write, command, payload }: DeviceRequest, state: DeviceState): Reply {
  if (command === OS_COMMAND.echo) {
    const echo = EchoRequest.safeParse(payload);
    return echo.success ? ok({ r: echo.data.d }) : smpError(SMP_RC.INVALID);
  }
  if (command === OS_COMMAND.reset && write) {
    return ResetRequest.safeParse(payload).success ? { payload: {}, restart: true } : smpError(SMP_RC.INVALID);
  }
  if (command === OS_COMMAND.params && !write) {
    return ok({ buf_size: state.traits.bufSize, buf_count: state.traits.bufCount });
  }
  if (command === OS_COMMAND.info && !write) {
    if (!InfoRequest.safeParse(payload).success) return smpError(SMP_RC.INVALID);
    const { model, running } = state.record;
    return ok({ output: `Keyline simulated device ${model} ${running.version}` });
  }
  return smpError(SMP_RC.NOT_SUPPORTED);
}
