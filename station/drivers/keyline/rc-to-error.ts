// Which of our errors a device's refusal is, by command: the table of codes in docs/device-protocol.md.
// Codes that a command expects (STALE, ABSENT, LOCK_PENDING, ...) are handled where that command is.

import type { ErrorCode } from '../../../domain/error-table.ts';
import { type ErrorContext, KeylineError } from '../../../domain/errors.ts';
import { type IDENTITY_COMMAND, IDENTITY_GROUP, IDENTITY_RC } from '../../../protocol/identity-group.ts';
import { SMP_RC } from '../../../protocol/standard-groups.ts';

export type IdentityCommand = keyof typeof IDENTITY_COMMAND;

interface Refusal {
  readonly group: number | null;
  readonly rc: number;
}

/** Codes that mean the same after every command. What is not here is outside the protocol. */
const BY_RC: Readonly<Record<number, ErrorCode>> = {
  [IDENTITY_RC.FAULT]: 'DEVICE_FAULT',
  [IDENTITY_RC.INVALID]: 'PROTOCOL_VIOLATION',
  [IDENTITY_RC.STATE]: 'PROTOCOL_VIOLATION',
  [IDENTITY_RC.WRONG_DEVICE]: 'DEVICE_SWAPPED',
  [IDENTITY_RC.STALE]: 'PROTOCOL_VIOLATION',
  [IDENTITY_RC.DIGEST]: 'PROTOCOL_VIOLATION',
  [IDENTITY_RC.SIZE]: 'DEVICE_TOO_SMALL',
  [IDENTITY_RC.KEY_MISMATCH]: 'KEY_MISMATCH',
  [IDENTITY_RC.LEAF_MISMATCH]: 'LEAF_MISMATCH',
  [IDENTITY_RC.ENTROPY]: 'WEAK_ENTROPY',
  [IDENTITY_RC.UNSUPPORTED]: 'KEY_MODE_UNSUPPORTED',
  [IDENTITY_RC.NO_SESSION]: 'KEY_REFUSED',
  [IDENTITY_RC.DECRYPT]: 'KEY_REFUSED',
  [IDENTITY_RC.BAD_KEY]: 'KEY_REJECTED',
  [IDENTITY_RC.STORE]: 'DEVICE_STORE_FAILED',
  [IDENTITY_RC.LOCK_FAILED]: 'LOCK_FAILED',
  [IDENTITY_RC.LOCK_PENDING]: 'PROTOCOL_VIOLATION',
  [IDENTITY_RC.ABSENT]: 'PROTOCOL_VIOLATION',
  [IDENTITY_RC.BUSY]: 'DEVICE_FAULT',
};

/** Where a command gives a code a meaning of its own. */
const BY_COMMAND: Partial<Record<IdentityCommand, Readonly<Record<number, ErrorCode>>>> = {
  keygen: { [IDENTITY_RC.STATE]: 'KEY_NOT_MADE' },
  injectOpen: { [IDENTITY_RC.STATE]: 'KEY_REFUSED' },
  inject: { [IDENTITY_RC.STATE]: 'KEY_REFUSED' },
  item: {
    [IDENTITY_RC.STATE]: 'CERTIFICATE_REFUSED',
    [IDENTITY_RC.STALE]: 'CERTIFICATE_REFUSED',
    [IDENTITY_RC.DIGEST]: 'CERTIFICATE_REFUSED',
  },
  prove: { [IDENTITY_RC.STATE]: 'PROOF_FAILED' },
};

/** Codes of SMP itself, whatever group was asked. */
const BY_SMP_RC: Readonly<Record<number, ErrorCode>> = {
  [SMP_RC.UNKNOWN]: 'DEVICE_FAULT',
  [SMP_RC.NO_MEMORY]: 'DEVICE_FAULT',
  [SMP_RC.BUSY]: 'DEVICE_FAULT',
  [SMP_RC.TOO_LARGE]: 'DEVICE_TOO_SMALL',
};

const NAME_OF = new Map<number, string>(Object.entries(IDENTITY_RC).map(([name, rc]) => [rc, name]));

/** The error that ends a call of the identity group. `detail` names the command and the device's code. */
export function rcToError(command: IdentityCommand, refusal: Refusal, context: ErrorContext = {}): KeylineError {
  const { group, rc } = refusal;
  if (group === IDENTITY_GROUP) {
    const code = BY_COMMAND[command]?.[rc] ?? BY_RC[rc] ?? 'PROTOCOL_VIOLATION';
    return new KeylineError(code, `${command}: rc ${rc} ${NAME_OF.get(rc) ?? 'unknown'}`, context);
  }
  return new KeylineError(BY_SMP_RC[rc] ?? 'PROTOCOL_VIOLATION', `${command}: SMP rc ${rc}`, context);
}
