// Where the key of a new CA is made, as a command line says it: in a file under the station's passphrase, or in a token
// whose PIN is asked for. Refuses a token that is named by halves.
import type { Command } from 'commander';
import { KeylineError } from '../domain/errors.ts';
import type { KeyPlace } from '../station/identity/ca-making.ts';
import { makeTokenKey } from '../station/identity/pkcs11/token-signer.ts';
import type { Use } from './surroundings.ts';

export interface TokenOptions {
  readonly tokenModule?: string;
  readonly token?: string;
  readonly tokenKey?: string;
}

export function withTokenOptions(command: Command): Command {
  return command
    .option('--token <label>', 'make the key in this PKCS#11 token')
    .option('--token-module <file>', "the vendor's PKCS#11 module, absolute path")
    .option('--token-key <label>', 'label of the new key in the token');
}

/** Makes the key where it is to be, for as long as `work` takes. Throws USAGE, and as `makeTokenKey`. */
export async function withKeyPlace(
  use: Use,
  { token: tokenLabel, tokenModule: module, tokenKey: keyLabel }: TokenOptions,
  limit: number | null,
  work: (place: KeyPlace) => Promise<void>,
): Promise<void> {
  if (tokenLabel === undefined && module === undefined && keyLabel === undefined) return work({ token: null, limit });
  if (tokenLabel === undefined || module === undefined || keyLabel === undefined)
    throw new KeylineError('USAGE', 'a token takes --token, --token-module and --token-key together');
  const ref = { module, tokenLabel, keyLabel };
  const pin = await use.pin(tokenLabel);
  const signer = await makeTokenKey(ref, pin, use.clock).finally(() => pin.wipe());
  try {
    await work({ token: { signer, ref: { kind: 'pkcs11', ...ref } }, limit });
  } finally {
    await signer.close();
  }
}
