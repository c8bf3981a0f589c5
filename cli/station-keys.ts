// The keys of a data folder: the signing CA's and the station's own, both under one passphrase, so that a person types
// it once. Refuses a new key under another passphrase than the key that is there.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DataFolder } from '../db/data-folder.ts';
import { KeylineError } from '../domain/errors.ts';
import { PRACTICE_SECRET, PRACTICE_SECRET_NAME } from '../domain/practice-secret.ts';
import type { Random } from '../domain/seams.ts';
import { hasCa, loadCa, unlockCa } from '../station/identity/ca-folder.ts';
import { factorySecretNames, openFactorySecrets } from '../station/identity/factory-secrets.ts';
import type { Issuer } from '../station/identity/issuer.ts';
import { localIssuer } from '../station/identity/local-issuer.ts';
import { createStationKey, openStationKey, type StationKey } from '../station/identity/station-key.ts';
import type { PassphraseSource } from './passphrase.ts';

export interface StationKeys {
  /** Null without a CA. */
  readonly issuer: Issuer | null;
  /** Null before enrolment and CA. */
  readonly stationKey: StationKey | null;
  readonly factorySecrets: ReadonlyMap<string, Uint8Array>;
}

function stationKeyPath(folder: DataFolder): string {
  return join(folder.keys, 'station.key.pem');
}

/** Which keys the folder holds, without opening any. */
export function keysThere(folder: DataFolder): { readonly ca: boolean; readonly stationKey: boolean } {
  return { ca: hasCa(folder.keys), stationKey: existsSync(stationKeyPath(folder)) };
}

/** Names of the factory secrets that the folder's station holds. */
export function secretNames(folder: DataFolder, practice: boolean): readonly string[] {
  return [...(practice ? [PRACTICE_SECRET_NAME] : []), ...factorySecretNames(folder.keys)];
}

/** Opens what is there. Asks for no passphrase when nothing is. Throws as `unlockCa` and `openStationKey`. */
export async function unlockKeys(
  folder: DataFolder,
  practice: boolean,
  passphrase: () => Promise<string>,
  random: Random,
): Promise<StationKeys> {
  const ca = await loadCa(folder.keys).catch((error: unknown) => {
    if (error instanceof KeylineError && error.code === 'CA_MISSING') return null;
    throw error;
  });
  const path = stationKeyPath(folder);
  const stationKey = existsSync(path) ? await openStationKey(path, await passphrase()) : null;
  const issuer = ca && localIssuer(ca, await unlockCa(ca, await passphrase()), random);
  const secrets = factorySecretNames(folder.keys).length > 0;
  const opened = secrets ? await openFactorySecrets(folder.keys, await passphrase()) : new Map<string, Uint8Array>();
  const factorySecrets = practice ? new Map([...opened, [PRACTICE_SECRET_NAME, PRACTICE_SECRET]]) : opened;
  return { issuer, stationKey, factorySecrets };
}

/**
 * The station's own key, made when it is not there, and the passphrase for whatever key is made next: the one of the
 * keys that are there, or a fresh one. Throws PASSPHRASE_MISSING, PASSPHRASE_WRONG.
 */
export async function ownKey(
  folder: DataFolder,
  from: PassphraseSource,
  random: Random,
): Promise<{ stationKey: StationKey; passphrase: string }> {
  const path = stationKeyPath(folder);
  if (existsSync(path)) {
    const passphrase = await from.known();
    return { stationKey: await openStationKey(path, passphrase), passphrase };
  }
  const passphrase = await from.fresh();
  return { stationKey: await createStationKey(path, passphrase, random), passphrase };
}
