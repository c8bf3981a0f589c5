// A locked board of our own CA that these records do not know, as after a restore: it proves itself, and is recovered. It
// counts as signed in the lot that its serial belongs to, else in the lot that runs. A board that cannot be recovered so
// is told and kept apart (CERTAINTY.md, Plug-in: none x locked).
import { KeylineError } from '../../domain/errors.ts';
import type { Recipe } from '../../domain/recipe.ts';
import type { CertificateFacts } from '../../pki/certificate-facts.ts';
import type { DeviceDriver, IdentityBoard } from '../drivers/driver.ts';
import type { JobContext } from '../job/job-io.ts';
import { type JobFacts, NO_FACTS } from '../job/job-state.ts';
import { proofFault } from '../job/transition.ts';
import { adopt, keyMayCome } from '../records/adoption.ts';
import type { JobRecords } from '../records/job-records.ts';
import { lotHasRoom, lotOfSerial } from '../records/lot-of-serial.ts';
import { type Recorder, STATION_ACTOR } from '../records/recorder.ts';

export interface AdoptionParts {
  /** The lot that runs. */
  readonly lotId: string;
  readonly recipe: Recipe;
  /** What a board is measured against whose certificate is of that CA, one of the station's. */
  readonly contextUnder: (issuerId: string) => JobContext;
  readonly recorder: Recorder;
  readonly records: JobRecords;
}

/** Whose certificate is of the station's CA `issuerId`, active or not. The job of the board, which has passed; null where it cannot be recovered. Throws NO_ANSWER, PULLED_OUT, DISK_FULL. */
export async function adoptBoard(
  parts: AdoptionParts,
  slot: string,
  board: IdentityBoard,
  { driver, leaf, issuerId }: { driver: DeviceDriver; leaf: CertificateFacts; issuerId: string },
): Promise<number | null> {
  const { hardwareType } = parts.recipe.certificate;
  if (leaf.hwid !== board.hwid || leaf.hardwareType !== hardwareType || leaf.deviceSerial === null) return null;
  const facts = { ...NO_FACTS, hwid: board.hwid, spkiSha256: leaf.spkiSha256, leafSha256: leaf.fingerprint };
  const transcriptSha256 = await transcriptOf(facts, leaf.spki, driver, parts.contextUnder(issuerId));
  if (transcriptSha256 === null) return null;
  const { deviceSerial } = leaf;
  return parts.recorder.commit(STATION_ACTOR, (append, nowMs) => {
    const { store } = parts.recorder;
    // The service may have said so while the board proved itself.
    if (store.isVoidAtService(leaf.fingerprint)) return null;
    const lotId = lotOfSerial(store, deviceSerial) ?? parts.lotId;
    const known = store.deviceByHwid(hardwareType, board.hwid)?.deviceId ?? null;
    if (!lotHasRoom(store, lotId) || !keyMayCome(store, leaf.spkiSha256, known)) return null;
    const { hwid, model, revision, simulated } = board;
    const deviceId = parts.records.deviceId({ hardwareType, hwid, model, revision, simulated }, nowMs);
    // Another board with its hardware id began while this one proved itself: one of them is a copy.
    if (store.runningJobOf(deviceId)) return null;
    const own = store.device(deviceId)?.deviceSerial ?? null;
    if (own === null ? !store.bindSerial(lotId, deviceId, deviceSerial) : own !== deviceSerial) return null;
    const state = JSON.stringify({ at: 'ended', facts: { ...facts, deviceSerial }, outcome: 'passed', code: null });
    return adopt(store, append, nowMs, {
      ...{ lotId, deviceId, deviceSerial, slot, state, issuerId, leaf, transcriptSha256 },
    });
  });
}

/** Null for a board that does not prove, over its whole locked state, that it is what this lot makes. */
async function transcriptOf(
  facts: JobFacts,
  spki: Uint8Array,
  driver: DeviceDriver,
  context: JobContext,
): Promise<string | null> {
  try {
    const proof = await driver.prove(spki);
    const open = context.lockDebug && proof.debugOpen;
    return open || proofFault(facts, proof, context, 'locked') !== null ? null : proof.transcriptSha256;
  } catch (error) {
    if (error instanceof KeylineError && error.code === 'PROOF_FAILED') return null;
    throw error;
  }
}
