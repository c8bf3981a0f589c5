// Which request a fault waits for.
import { IDENTITY_COMMAND, IDENTITY_GROUP, type IdentityItemName } from '../../protocol/identity-group.ts';
import { IMAGE_COMMAND, IMAGE_GROUP } from '../../protocol/standard-groups.ts';
import type { DeviceRequest } from '../device-request.ts';

type Command = keyof typeof IDENTITY_COMMAND;

export function isRead(request: DeviceRequest, command: Command): boolean {
  return !request.write && isIdentity(request, command);
}

export function isWrite(request: DeviceRequest, command: Command): boolean {
  return request.write && isIdentity(request, command);
}

function isIdentity({ group, command: id }: DeviceRequest, command: Command): boolean {
  return group === IDENTITY_GROUP && id === IDENTITY_COMMAND[command];
}

export function isItemWrite(request: DeviceRequest, item: IdentityItemName): boolean {
  return isWrite(request, 'item') && request.payload.item === item;
}

export function isUpload({ write, group, command }: DeviceRequest): boolean {
  return write && group === IMAGE_GROUP && command === IMAGE_COMMAND.upload;
}
