// Groups that could read a device's store (3 settings, 8 files, 9 shell): open before the lock, closed after it.
// Even open they hold nothing secret: the identity has a store of its own.
import {
  FILE_GROUP,
  SETTINGS_COMMAND,
  SETTINGS_GROUP,
  SHELL_COMMAND,
  SHELL_GROUP,
  SMP_RC,
} from '../protocol/standard-groups.ts';
import type { DeviceRequest } from './device-request.ts';
import type { DeviceState } from './device-state.ts';
import { ok, type Reply, smpError } from './reply.ts';

export const STORE_GROUPS: readonly number[] = [SETTINGS_GROUP, FILE_GROUP, SHELL_GROUP];

export function serveStore({ write, group, command, payload }: DeviceRequest, state: DeviceState): Reply {
  if (state.record.life === 'locked') return smpError(SMP_RC.NOT_SUPPORTED);
  if (group === SETTINGS_GROUP && command === SETTINGS_COMMAND.value && !write) {
    if (payload.name !== 'board/model') return smpError(SMP_RC.NO_ENTRY);
    return ok({ val: new TextEncoder().encode(state.record.model) });
  }
  if (group === FILE_GROUP) return smpError(SMP_RC.NO_ENTRY);
  if (group === SHELL_GROUP && command === SHELL_COMMAND.execute && write)
    return ok({ o: 'command not found', ret: -8 });
  return smpError(SMP_RC.NOT_SUPPORTED);
}
