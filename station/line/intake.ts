// What happens to a board that has just said who it is: a new job, its open job again, or a plain answer. The decision
// is job/plug-in.ts; here it is looked up and recorded.
import type { ErrorCode } from '../../domain/error-table.ts';
import { errorRow, KeylineError } from '../../domain/errors.ts';
import type { Outcome } from '../../domain/job.ts';
import { Recipe } from '../../domain/recipe.ts';
import type { StageTime } from '../../domain/station-event.ts';
import { type CertificateFacts, readCertificate } from '../../pki/certificate-facts.ts';
import type { Board, DeviceDriver, IdentityBoard } from '../drivers/driver.ts';
import { chainItems } from '../identity/chain-items.ts';
import { chainOf } from '../identity/chain-of.ts';
import type { IssuerChain } from '../identity/issuer.ts';
import { doubtOf } from '../job/board-decision.ts';
import { type JobFacts, JobState, NO_FACTS } from '../job/job-state.ts';
import { decidePlugIn } from '../job/plug-in.ts';
import { end } from '../job/transition.ts';
import type { JobFact } from '../records/job-fact.ts';
import type { CertificateRow, JobRow, LotRow } from '../records/record-store.ts';
import { STATION_ACTOR } from '../records/recorder.ts';
import { readStages } from '../records/stage-text.ts';
import { type AdoptionParts, adoptBoard } from './adoption.ts';
import { boardRecord } from './board-record.ts';
import type { JobsInWork } from './jobs-in-work.ts';
import type { Look } from './slot-loop.ts';
import { stateFaults } from './state-faults.ts';

export interface Answer {
  readonly jobId: number | null;
  readonly outcome: Outcome | null;
  /** Null for a board that was recovered: it has passed. */
  readonly code: ErrorCode | null;
}

export type Intake =
  /** Claimed: whoever gets it releases it. */
  | {
      readonly job: number;
      readonly facts: JobFacts;
      readonly opening: readonly JobFact[];
      /** Time in each stage until it was left. */
      readonly stages: readonly StageTime[];
    }
  | { readonly answer: Answer }
  | { readonly waitsFor: ErrorCode };

export interface IntakeParts extends AdoptionParts {
  /** Of every CA of this station. */
  readonly chains: readonly IssuerChain[];
  readonly inWork: JobsInWork;
}

/** Throws KeylineError when the board cannot be asked: PULLED_OUT, NO_ANSWER. */
export async function takeIn(parts: IntakeParts, slot: string, look: Look): Promise<Intake> {
  const { board, driver } = look;
  const record = board.kind === 'identity' ? recordOf(parts, board) : null;
  const decision = decidePlugIn(board, record, look.leave);
  switch (decision.go) {
    case 'new-job':
      return newJob(parts, slot, board);
    case 'resume':
      return resume(parts, slot, board, decision.jobId);
    case 'refuse':
      return {
        answer: decision.counts ? endedJob(parts, slot, board, decision.code) : seenAgain(parts, board, decision.code),
      };
    case 'prove-done': {
      const fault = await doneFault(parts, driver, decision.standing, board);
      if (fault === null) return { answer: seenAgain(parts, board, decision.code) };
      return { answer: endedJob(parts, slot, board, fault) };
    }
    case 'prove-lost': {
      const lost = await provesUnlocked(parts, driver, decision.spkiSha256, board);
      return { answer: endedJob(parts, slot, board, lost ? 'LOCK_LOST' : 'DUPLICATE_HWID') };
    }
    case 'inspect':
      return { answer: await inspect(parts, slot, board, driver) };
  }
}

function recordOf({ lotId, recipe, recorder, inWork }: IntakeParts, { hwid }: IdentityBoard) {
  return boardRecord({ store: recorder.store, inWork, lotId, hardwareType: recipe.certificate.hardwareType, hwid });
}

function newJob(parts: IntakeParts, slot: string, board: Board): Intake {
  const lot = parts.recorder.store.lot(parts.lotId);
  if (lot?.state !== 'released') return { waitsFor: 'LOT_HELD' };
  const job = parts.records.open({ lotId: parts.lotId, slot, device: deviceOf(parts, board), state: firstState() });
  parts.inWork.claim(job);
  return { job, facts: NO_FACTS, opening: [], stages: [] };
}

function resume(parts: IntakeParts, slot: string, board: Board, jobId: number): Intake {
  const row = parts.recorder.store.job(jobId);
  // Another lot's recipe and quota belong to that lot's own run.
  if (row?.lotId !== parts.lotId) return { waitsFor: 'LOT_HELD' };
  const state = JobState.safeParse(JSON.parse(row.state));
  if (!state.success) throw new KeylineError('RECORDS_DAMAGED', `job ${jobId} cannot be read`);
  const life = board.kind === 'identity' ? board.life : 'bare';
  const facts = withIntended(parts, row, state.data.facts);
  const doubt = board.kind === 'identity' ? doubtOf(facts, board) : null;
  if (doubt) return { answer: seenAgain(parts, board, doubt) };
  parts.inWork.claim(jobId);
  return { job: jobId, facts, opening: [{ type: 'job-resumed', life, slot }], stages: readStages(row.stages) ?? [] };
}

/** A cut may fall between the recorded to-be-signed and the state that knows of it: exactly those bytes are signed. */
function withIntended(parts: IntakeParts, { jobId, deviceId }: JobRow, facts: JobFacts): JobFacts {
  const standing = deviceId === null ? null : parts.recorder.store.standingCertificate(deviceId);
  return standing?.jobId === jobId ? { ...facts, certificateId: standing.certificateId } : facts;
}

/** A job that is over as soon as it is opened: nothing was written to the board. */
function endedJob(parts: IntakeParts, slot: string, board: Board, code: ErrorCode): Answer {
  const row = errorRow(code);
  // A copied id must not count against the board that carries it rightly.
  const device = code === 'DUPLICATE_HWID' ? null : deviceOf(parts, board);
  const { state, facts } = end(NO_FACTS, code, board.kind === 'identity' ? board.hwid : '');
  const jobId = parts.records.openEnded({ lotId: parts.lotId, slot, device, state: JSON.stringify(state) }, facts);
  return { jobId, outcome: row.outcome, code };
}

/** A board that gets no job, and spends no quota, though its record stays as it is: only the fact that it was here. */
function seenAgain(parts: IntakeParts, board: Board, code: ErrorCode): Answer {
  const hwid = board.kind === 'identity' ? board.hwid : null;
  parts.recorder.commit(STATION_ACTOR, (append) => append('device-seen-again', { hwid, code }));
  return { jobId: null, outcome: null, code };
}

/**
 * Why a board with the leaf of one that passed is not that one as it passed; null where it is. LOCK_LOST makes its
 * certificate void for ever, so it takes the board's own signature over what its lot's recipe forbids: its key can be read
 * out, in this board or in the one that it was copied from. Another chain or anchor is kept apart and voids nothing: those
 * are compared with files of a folder. Firmware is not asked for: it is no part of the lock, and is renewed in the field.
 */
async function doneFault(
  { recorder: { store }, chains }: IntakeParts,
  driver: DeviceDriver,
  standing: CertificateRow,
  board: Board,
): Promise<'LOCK_LOST' | 'DUPLICATE_HWID' | null> {
  const spki = store.keySpki(standing.spkiSha256);
  if (!spki || board.kind !== 'identity') return 'DUPLICATE_HWID';
  const recipe = recipeOf(store.lot(standing.lotId));
  const ca = chains.find(({ issuerId }) => issuerId === standing.issuerId);
  try {
    const { hwid } = board;
    const chain = ca ? chainItems(ca) : null;
    const faults = stateFaults(await driver.prove(spki), { hwid, certificate: standing, recipe, chain });
    if (faults.includes('hardware-id') || faults.includes('certificate')) return 'DUPLICATE_HWID';
    if (faults.includes('debug') || faults.includes('life')) return 'LOCK_LOST';
    return faults.includes('chain') || faults.includes('anchor') ? 'DUPLICATE_HWID' : null;
  } catch (error) {
    if (error instanceof KeylineError && error.code === 'PROOF_FAILED') return 'DUPLICATE_HWID';
    throw error;
  }
}

/** As it was released. */
function recipeOf(lot: LotRow | null): Recipe {
  const recipe = Recipe.safeParse(JSON.parse(lot?.recipe ?? 'null'));
  if (!recipe.success) throw new KeylineError('RECORDS_DAMAGED', 'the recipe of a lot cannot be read');
  return recipe.data;
}

/**
 * Only the key on record can say that its board is open: what voids an identity for ever is never taken from a status,
 * which anybody can write who has read the certificate.
 */
async function provesUnlocked(
  { recorder }: IntakeParts,
  driver: DeviceDriver,
  spkiSha256: string,
  board: Board,
): Promise<boolean> {
  const spki = recorder.store.keySpki(spkiSha256);
  if (!spki || board.kind !== 'identity') return false;
  try {
    const proof = await driver.prove(spki);
    return proof.hwid === board.hwid && proof.life === 'enrolled' && proof.leafSha256 === board.leafSha256;
  } catch (error) {
    if (error instanceof KeylineError && error.code === 'PROOF_FAILED') return false;
    throw error;
  }
}

/** Whose identity is it that we have no record of? A locked board of our own CA is recovered where it proves itself. */
async function inspect(parts: IntakeParts, slot: string, board: Board, driver: DeviceDriver): Promise<Answer> {
  const leaf = await driver.readItem('leaf');
  const reading = leaf ? readCertificate(leaf) : null;
  const facts = reading?.ok ? reading.facts : null;
  const chain = facts && chainOf(parts.chains, facts);
  const code = facts ? whose(parts, facts, chain) : 'FOREIGN_IDENTITY';
  if (code === 'UNRECORDED_IDENTITY' && facts && chain && board.kind === 'identity' && board.life === 'locked') {
    const { issuerId } = chain;
    const jobId = await adoptBoard(parts, slot, board, { driver, leaf: facts, issuerId });
    if (jobId !== null) return { jobId, outcome: 'passed', code: null };
  }
  return endedJob(parts, slot, board, isOvertaken(parts, board) ? 'DUPLICATE_HWID' : code);
}

/** While it was asked, another board with its hardware id came into another slot, whose job has begun: it may wait by now. */
function isOvertaken(parts: IntakeParts, board: Board): boolean {
  return board.kind === 'identity' && (recordOf(parts, board)?.openJob ?? null) !== null;
}

function whose(parts: IntakeParts, { fingerprint }: CertificateFacts, chain: IssuerChain | null): ErrorCode {
  const { store } = parts.recorder;
  const known = store.certificateByFingerprint(fingerprint);
  if (known?.state === 'void' || store.isVoidAtService(fingerprint)) return 'BOARD_VOID';
  return chain ? 'UNRECORDED_IDENTITY' : 'FOREIGN_IDENTITY';
}

function deviceOf(parts: IntakeParts, board: Board) {
  if (board.kind === 'bare') return null;
  const { hwid, model, revision, simulated } = board;
  return { hardwareType: parts.recipe.certificate.hardwareType, hwid, model, revision, simulated };
}

function firstState(): string {
  return JSON.stringify({ at: 'identifying', facts: NO_FACTS });
}
