// The edge of the job machine: performs one effect and says how it came out, as the machine's next input.
import { fromHex } from '../../domain/bytes.ts';
import { assert, KeylineError } from '../../domain/errors.ts';
import type { Recipe } from '../../domain/recipe.ts';
import type { Clock } from '../../domain/seams.ts';
import { sha256Hex } from '../../pki/p256.ts';
import type { DeviceDriver, FirmwareFile, IdentityItem } from '../drivers/driver.ts';
import { devicePsk } from '../identity/injection/device-psk.ts';
import type { Seal } from '../identity/injection/seal-in-child.ts';
import type { IssuerSet } from '../identity/issuer.ts';
import type { RecordStore } from '../records/record-store.ts';
import type { Authority, Refused } from './authority.ts';
import type { JobEffect, JobInput } from './job-io.ts';

/** What an injected key is made with. */
export interface Sealing {
  readonly stationId: string;
  readonly seal: Seal;
  /** The secret that the recipe names; null where it names none. */
  readonly factorySecret: Uint8Array | null;
}

/** What a lot gives each of its jobs. */
export interface JobResources {
  readonly clock: Clock;
  readonly store: RecordStore;
  readonly issuers: IssuerSet;
  readonly sealing: Sealing;
  readonly authority: Authority;
  readonly recipe: Recipe;
  readonly firmware: FirmwareFile;
  /** Of a CA: `chain` and `anchor` as written to the device, concatenated DER. Throws SIGNER_UNREACHABLE. */
  readonly itemsOf: (issuerId: string) => Readonly<Record<Exclude<IdentityItem, 'leaf'>, Uint8Array>>;
  /** Share done of a firmware transfer, 0 to 1. */
  readonly onProgress: (jobId: number, share: number) => void;
}

/** Performs the effect. A KeylineError becomes a problem; anything else is a bug and is thrown. */
export async function perform(
  jobId: number,
  effect: JobEffect,
  driver: DeviceDriver,
  resources: JobResources,
): Promise<JobInput> {
  const input = await orProblem(() => answer(jobId, effect, driver, resources));
  return isVerdict(input) ? await orProblem(() => ofItsBoard(jobId, input, driver, resources.store)) : input;
}

async function orProblem(act: () => Promise<JobInput>): Promise<JobInput> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof KeylineError) return { type: 'problem', code: error.code, detail: error.detail };
    throw error;
  }
}

/** What ends a job, good or bad, by the answer to a call that names no board (device protocol, 5). */
function isVerdict(input: JobInput): boolean {
  if (input.type === 'problem') return input.code === 'PROOF_FAILED' || input.code === 'CSR_INVALID';
  return input.type === 'groups-checked';
}

/** On a port that stays open another board may have given it: believed only where the job's own is still there. */
async function ofItsBoard(
  jobId: number,
  verdict: JobInput,
  driver: DeviceDriver,
  store: RecordStore,
): Promise<JobInput> {
  const deviceId = store.job(jobId)?.deviceId ?? null;
  const device = deviceId === null ? null : store.device(deviceId);
  assert(device, 'only a board that said who it is gets so far');
  const here = await driver.identify();
  if (here.kind === 'identity' && here.hwid === device.hwid) return verdict;
  return { type: 'problem', code: 'DEVICE_SWAPPED', detail: 'another board gave the answer' };
}

async function answer(jobId: number, effect: JobEffect, driver: DeviceDriver, on: JobResources): Promise<JobInput> {
  switch (effect.do) {
    case 'identify':
      return { type: 'identified', board: await driver.identify() };
    case 'admit': {
      const admitted = on.authority.admit(jobId, effect.board);
      return 'refused' in admitted ? problem(admitted) : { type: 'admitted', ...admitted, board: effect.board };
    }
    case 'load-firmware':
      await driver.loadFirmware(on.firmware, (share) => on.onProgress(jobId, share));
      return { type: 'firmware-loaded' };
    case 'restart':
      return { type: 'restarted', board: await driver.restart() };
    case 'confirm-firmware':
      await driver.confirmFirmware(on.recipe.firmware.imageHash);
      return { type: 'firmware-confirmed' };
    case 'make-key':
      return makeKey(jobId, effect, driver, on.store);
    case 'seal-key':
      return sealKey(effect, driver, on);
    case 'inject-key':
      return { type: 'key-sent', end: await driver.injectKey(effect.hwid, effect.message) };
    case 'prove':
      return { type: 'proved', proof: await driver.prove(spkiOf(on.store, effect.spkiSha256)) };
    case 'read-request':
      return { type: 'request-read', request: await driver.readRequest(effect.deviceSerial) };
    case 'intend-certificate':
      return intend(jobId, effect, on);
    case 'sign': {
      const row = on.store.certificate(effect.certificateId);
      assert(row, 'a certificate is signed from its record');
      const certificate = await on.issuers.of(row.issuerId).sign(row.tbs);
      return { type: 'signed', certificate, fingerprint: sha256Hex(certificate) };
    }
    case 'install':
      await driver.install(effect.hwid, effect.item, itemBytes(effect.item, effect.certificateId, on));
      return { type: 'installed' };
    case 'read-lock-plan':
      return { type: 'lock-plan-read', plan: await driver.readLockPlan() };
    case 'lock': {
      const { hwid, deviceSerial, leafSha256 } = effect;
      return {
        type: 'lock-answered',
        result: await driver.lock({ hwid, deviceSerial, leafSha256, debug: on.recipe.lock.debug }),
      };
    }
    case 'check-groups':
      return { type: 'groups-checked', open: await driver.openGroups() };
  }
}

function problem(refused: Refused): JobInput {
  return { type: 'problem', code: refused.refused, detail: refused.detail };
}

/**
 * A key that another board showed before is no random key: that board's source is not to be trusted. One that this
 * board showed before, or was told to discard, is no new one.
 */
async function makeKey(
  jobId: number,
  effect: Extract<JobEffect, { do: 'make-key' }>,
  driver: DeviceDriver,
  store: RecordStore,
): Promise<JobInput> {
  const made = await driver.makeKey({ hwid: effect.hwid, nonce: fromHex(effect.nonce), was: effect.was });
  if (made === 'stale') return { type: 'key-stale' };
  const spkiSha256 = sha256Hex(made.spki);
  const owner = store.keyOwner(spkiSha256);
  if (owner !== null && owner !== store.job(jobId)?.deviceId) {
    return { type: 'problem', code: 'WEAK_ENTROPY', detail: 'another board showed the same key' };
  }
  if (owner !== null || spkiSha256 === effect.was) {
    return { type: 'problem', code: 'KEY_NOT_MADE', detail: 'the board shows an old key' };
  }
  return { type: 'key-made', spki: made.spki, spkiSha256 };
}

/** The board's session first: the key is made only for a board that waits for it. */
async function sealKey(
  { hwid, nonce, was }: Extract<JobEffect, { do: 'seal-key' }>,
  driver: DeviceDriver,
  { store, sealing }: JobResources,
): Promise<JobInput> {
  const { stationId, seal, factorySecret } = sealing;
  const session = await driver.openInjection({ hwid, nonce: fromHex(nonce), stationId, was });
  if (session === 'stale') return { type: 'key-stale' };
  const { recipient, info, aad, pskId, pskInfo, deviceNonce } = session;
  const psk = factorySecret && { key: devicePsk(factorySecret, pskInfo), id: pskId };
  try {
    const { spki, enc, ct } = await seal({ recipient, info, aad, psk });
    const spkiSha256 = sha256Hex(spki);
    if (store.keyOwner(spkiSha256) !== null) {
      return { type: 'problem', code: 'KEY_NOT_SEALED', detail: 'the sealing program made a key twice' };
    }
    return { type: 'key-sealed', spki, spkiSha256, deviceNonce, message: { enc, ct } };
  } finally {
    psk?.key.fill(0);
  }
}

async function intend(
  jobId: number,
  { request, spkiSha256 }: Extract<JobEffect, { do: 'intend-certificate' }>,
  on: JobResources,
): Promise<JobInput> {
  const job = on.store.job(jobId);
  const device = job?.deviceId ? on.store.device(job.deviceId) : null;
  assert(device?.deviceSerial, 'a request comes from an admitted device');
  const intent = await on.issuers.active.intend({
    request,
    deviceSerial: device.deviceSerial,
    hwid: device.hwid,
    certificate: on.recipe.certificate,
    nowMs: on.clock.nowMs(),
  });
  if (intent.spkiSha256 !== spkiSha256) {
    return { type: 'problem', code: 'CSR_INVALID', detail: 'the request is for another key than the board proved' };
  }
  const recorded = on.authority.intend(jobId, intent);
  return 'refused' in recorded ? problem(recorded) : { type: 'certificate-intended', ...recorded };
}

function spkiOf(store: RecordStore, spkiSha256: string): Uint8Array {
  const spki = store.keySpki(spkiSha256);
  assert(spki, 'a proof is asked for a recorded key');
  return spki;
}

function itemBytes(item: IdentityItem, certificateId: number, on: JobResources): Uint8Array {
  const row = on.store.certificate(certificateId);
  assert(row?.certificate, 'a leaf is installed after it was signed and recorded');
  return item === 'leaf' ? row.certificate : on.itemsOf(row.issuerId)[item];
}
