// The keys of a data folder: those of its CAs and the station's own. What lies in files stands under one passphrase, so
// that a person types it once; a token asks for its PIN. Refuses a new key under another passphrase than the key that is
// there.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DataFolder } from '../db/data-folder.ts';
import { KeylineError } from '../domain/errors.ts';
import { PRACTICE_SECRET, PRACTICE_SECRET_NAME } from '../domain/practice-secret.ts';
import type { Clock, Random } from '../domain/seams.ts';
import { CA_FILES, type Ca, hasCa, refuseOtherKey, unlockCa } from '../station/identity/ca-folder.ts';
import { factorySecretNames, openFactorySecrets } from '../station/identity/factory-secrets.ts';
import type { Issuer } from '../station/identity/issuer.ts';
import { localIssuer } from '../station/identity/local-issuer.ts';
import { openTokenSigner } from '../station/identity/pkcs11/token-signer.ts';
import type { Secret } from '../station/identity/secret.ts';
import { createStationKey, openStationKey, type StationKey } from '../station/identity/station-key.ts';
import type { PassphraseSource } from './passphrase.ts';

export interface StationKeys {
  readonly issuers: readonly Issuer[];
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

export interface KeyOrder {
  readonly practice: boolean;
  /** CAs that are whole. */
  readonly cas: readonly Ca[];
  /** Of the CA that has to open: the active one, or the one that is to take over; null: none has to. */
  readonly neededId: string | null;
  readonly random: Random;
}

/**
 * Opens what stands under the passphrase; asks for none when nothing does. The needed CA's key has to open; another one
 * that does not is left closed: a retired CA's key may have been destroyed, an active one's lost. Throws as `unlockCa` and `openStationKey`.
 */
export async function unlockKeys(
  folder: DataFolder,
  passphrase: () => Promise<Secret>,
  { practice, cas, neededId, random }: KeyOrder,
): Promise<StationKeys> {
  const path = stationKeyPath(folder);
  const stationKey = existsSync(path) ? await openStationKey(path, await passphrase()) : null;
  const issuers: Issuer[] = [];
  for (const ca of cas) {
    const isNeeded = ca.chain.issuerId === neededId;
    if (ca.signer.kind !== 'file' || (!isNeeded && !existsSync(join(ca.folder, CA_FILES.issuingKey)))) continue;
    try {
      issuers.push(localIssuer(ca, await unlockCa(ca, await passphrase()), random));
    } catch (error) {
      if (isNeeded || !(error instanceof KeylineError)) throw error;
    }
  }
  const secrets = factorySecretNames(folder.keys).length > 0;
  const opened = secrets ? await openFactorySecrets(folder.keys, await passphrase()) : new Map<string, Uint8Array>();
  const factorySecrets = practice ? new Map([...opened, [PRACTICE_SECRET_NAME, PRACTICE_SECRET]]) : opened;
  return { issuers, stationKey, factorySecrets };
}

/** Opens the needed CA's token, where its key lies in one; null where not. Throws as `openTokenSigner`, CA_INVALID. */
export async function unlockToken(
  pin: (tokenLabel: string) => Promise<Secret>,
  { cas, neededId, random }: KeyOrder,
  clock: Clock,
): Promise<Issuer | null> {
  const ca = cas.find(({ chain }) => chain.issuerId === neededId);
  if (ca?.signer.kind !== 'pkcs11') return null;
  const secret = await pin(ca.signer.tokenLabel);
  try {
    const signer = await openTokenSigner(ca.signer, secret, clock);
    try {
      refuseOtherKey(ca, signer);
    } catch (error) {
      await signer.close();
      throw error;
    }
    return localIssuer(ca, signer, random);
  } finally {
    secret.wipe();
  }
}

/**
 * The passphrase of this folder's keys, tried on the station's own where there is one; else a fresh one. Makes nothing.
 * Throws PASSPHRASE_MISSING, PASSPHRASE_WRONG.
 */
export async function keyPassphrase(folder: DataFolder, from: PassphraseSource): Promise<Secret> {
  const path = stationKeyPath(folder);
  if (!existsSync(path)) return from.fresh();
  const passphrase = await from.known();
  await openStationKey(path, passphrase);
  return passphrase;
}

/**
 * The station's own key, made when it is not there, and the passphrase for whatever key is made next: the one of the
 * keys that are there, or a fresh one. Throws PASSPHRASE_MISSING, PASSPHRASE_WRONG.
 */
export async function ownKey(
  folder: DataFolder,
  from: PassphraseSource,
  random: Random,
): Promise<{ stationKey: StationKey; passphrase: Secret }> {
  const path = stationKeyPath(folder);
  if (existsSync(path)) {
    const passphrase = await from.known();
    return { stationKey: await openStationKey(path, passphrase), passphrase };
  }
  const passphrase = await from.fresh();
  return { stationKey: await createStationKey(path, passphrase, random), passphrase };
}
