// What the tests of the job machine share: one board, its facts at each point, one input of each kind.
import type { BareBoard, IdentityBoard, Proof } from '../drivers/driver.ts';
import type { JobContext, JobInput, Transition } from './job-io.ts';
import { type JobFacts, NO_FACTS } from './job-state.ts';

export const digest = (digit: string) => digit.repeat(64);
export const NONCE = 'ab'.repeat(16);
export const CONTEXT: JobContext = {
  imageHash: digest('1'),
  cableGuard: null,
  chainSha256: digest('2'),
  anchorSha256: digest('3'),
  lockDebug: true,
  allowGroups: [],
};
export const BOARD: IdentityBoard = {
  ...{ kind: 'identity', hwid: '0102030405060708', model: 'AQ-200', revision: 'C', firmwareVersion: '1.0.0' },
  firmware: { activeHash: CONTEXT.imageHash, confirmed: true },
  ...{
    life: 'blank',
    locking: false,
    canGenerate: true,
    canInject: false,
    takesPsk: false,
    canAttest: false,
    debugOpen: true,
  },
  ...{ deviceSerial: null, spkiSha256: null, leafSha256: null, simulated: true },
};
/** Before its first firmware: it cannot say who it is. */
export const BARE: BareBoard = { kind: 'bare', firmware: { activeHash: null, confirmed: false } };
export const SPKI = digest('4');
export const LEAF = digest('5');
export const FACTS: JobFacts = { ...NO_FACTS, hwid: BOARD.hwid, deviceSerial: 'AQ-1' };
export const SPENT: JobFacts = { ...FACTS, spkiSha256: SPKI, certificateId: 7, keyNonce: NONCE };
export const SIGNED: JobFacts = { ...SPENT, leafSha256: LEAF };
const PROOF: Proof = {
  ...{ hwid: BOARD.hwid, life: 'keyed', debugOpen: true, firmwareHash: CONTEXT.imageHash, spkiSha256: SPKI },
  ...{ leafSha256: null, chainSha256: null, anchorSha256: null, transcriptSha256: digest('9') },
};
export const FULL_PROOF: Proof = { ...PROOF, leafSha256: LEAF, chainSha256: digest('2'), anchorSha256: digest('3') };

/** Where a transition leads, in one word: the step, the end with its code, or what it waits for. */
export function target(transition: Transition | 'refused'): string {
  if (transition === 'refused') return 'refused';
  if (transition.waitsFor) return `waits ${transition.waitsFor}`;
  const { state } = transition;
  return state.at === 'ended' ? `${state.outcome} ${state.code ?? ''}`.trim() : state.at;
}

export const INPUTS: { readonly [type in JobInput['type']]: Extract<JobInput, { type: type }> } = {
  identified: { type: 'identified', board: BOARD },
  admitted: { type: 'admitted', deviceSerial: 'AQ-1', voidLeaf: null, board: BOARD },
  'firmware-loaded': { type: 'firmware-loaded' },
  restarted: { type: 'restarted', board: BOARD },
  'firmware-confirmed': { type: 'firmware-confirmed' },
  'key-made': { type: 'key-made', spki: new Uint8Array(91), spkiSha256: SPKI },
  'key-stale': { type: 'key-stale' },
  'key-sealed': {
    ...{ type: 'key-sealed', spki: new Uint8Array(91), spkiSha256: SPKI, deviceNonce: NONCE },
    message: { enc: new Uint8Array(65), ct: new Uint8Array(48) },
  },
  'key-sent': { type: 'key-sent', end: { spkiSha256: SPKI } },
  'request-read': { type: 'request-read', request: new Uint8Array(226) },
  proved: { type: 'proved', proof: PROOF },
  'certificate-intended': { type: 'certificate-intended', certificateId: 7 },
  signed: { type: 'signed', certificate: new Uint8Array(600), fingerprint: LEAF },
  installed: { type: 'installed' },
  'lock-plan-read': { type: 'lock-plan-read', plan: ['identity', 'debug'] },
  'lock-answered': { type: 'lock-answered', result: 'locked' },
  'groups-checked': { type: 'groups-checked', open: [] },
  problem: { type: 'problem', code: 'NO_ANSWER', detail: '' },
};

/** The same where keys are injected: another step makes them. */
export const INJECTED: JobContext = { ...CONTEXT, cableGuard: 'risk-accepted' };
export const TAKES_KEYS: Partial<IdentityBoard> = { canGenerate: false, canInject: true };
export const SENT: JobFacts = { ...FACTS, keyNonce: NONCE, sealedSha256: SPKI };
