import { MAX_ATTEMPTS } from '../../domain/job.ts';
import type { InjectionEnd, Proof } from '../drivers/driver.ts';
import type { JobFact } from '../records/job-fact.ts';
import {
  firmwareAfterRestart,
  firmwareMeasured,
  keyInjected,
  lookedAgain,
  proceed,
  proveKey,
  verifyLock,
} from './board-decision.ts';
import type { JobContext, JobEffect, JobInput, Transition } from './job-io.ts';
import type { JobFacts, JobStep, WorkingState } from './job-state.ts';
import { afterProblem, again } from './problem.ts';
import { end, go, known, proofFault } from './transition.ts';

/** The one input, besides a problem, that each step can take. */
const ANSWERS: Record<JobStep, JobInput['type'] | readonly JobInput['type'][]> = {
  identifying: 'identified',
  admitting: 'admitted',
  'loading-firmware': 'firmware-loaded',
  'restarting-firmware': 'restarted',
  'confirming-firmware': 'firmware-confirmed',
  'measuring-firmware': 'identified',
  'making-key': ['key-made', 'key-stale'],
  'sealing-key': ['key-sealed', 'key-stale'],
  'injecting-key': 'key-sent',
  'proving-key': 'proved',
  requesting: 'request-read',
  'intending-certificate': 'certificate-intended',
  signing: 'signed',
  'installing-chain': 'installed',
  'installing-anchor': 'installed',
  'installing-leaf': 'installed',
  verifying: 'proved',
  'planning-lock': 'lock-plan-read',
  locking: 'lock-answered',
  'restarting-locked': 'restarted',
  'proving-lock': 'proved',
  'checking-groups': 'groups-checked',
};

/** Whether this input may follow this step. */
export function accepts(step: JobStep, type: JobInput['type']): boolean {
  return type === 'problem' || [ANSWERS[step]].flat().includes(type);
}

/**
 * The next transition, or `refused` for an input that does not belong to the step.
 * `freshNonce` is 16 random bytes in hex, new for each call; used only where a key is intended.
 */
export function step(
  state: WorkingState,
  input: JobInput,
  context: JobContext,
  freshNonce: string,
): Transition | 'refused' {
  const { at, facts } = state;
  if (!accepts(at, input.type)) return 'refused';
  switch (input.type) {
    case 'problem':
      return afterProblem(state, input.code, input.detail);
    case 'identified':
      return at === 'measuring-firmware'
        ? firmwareMeasured(facts, input.board, context, freshNonce)
        : lookedAgain(facts, input.board, context, freshNonce);
    case 'admitted':
      return proceed(
        { ...facts, deviceSerial: input.deviceSerial, voidLeaf: input.voidLeaf },
        input.board,
        context,
        freshNonce,
      );
    case 'firmware-loaded':
      return go('restarting-firmware', facts, { do: 'restart' }, [
        { type: 'firmware-loaded', imageHash: context.imageHash },
      ]);
    case 'restarted':
      return at === 'restarting-firmware'
        ? firmwareAfterRestart(facts, input.board, context, freshNonce)
        : verifyLock(facts, input.board, context);
    case 'firmware-confirmed':
      return go('measuring-firmware', facts, { do: 'identify' }, []);
    case 'key-made':
      return keyMade(facts, input.spki, input.spkiSha256);
    case 'key-stale':
      return afterProblem(
        { at, facts: { ...facts, keyNonce: null, keyWas: null } },
        'KEY_NOT_MADE',
        'the board holds another key',
      );
    case 'key-sealed':
      return keySealed(facts, input, context);
    case 'key-sent':
      return keySent(facts, input.end);
    case 'request-read': {
      const spkiSha256 = known(facts.spkiSha256);
      return go('intending-certificate', facts, { do: 'intend-certificate', request: input.request, spkiSha256 }, []);
    }
    case 'proved':
      return proved(at, facts, input.proof, context);
    case 'certificate-intended': {
      const { certificateId } = input;
      return go('signing', { ...facts, certificateId }, { do: 'sign', certificateId }, []);
    }
    case 'signed':
      return signed(facts, input.certificate, input.fingerprint);
    case 'installed':
      return installed(at, facts);
    case 'lock-plan-read':
      return lockPlanned(facts, input.plan);
    case 'lock-answered':
      return go('restarting-locked', facts, { do: 'restart' }, []);
    case 'groups-checked': {
      const open = input.open.filter((group) => !context.allowGroups.includes(group));
      return open.length > 0 ? end(facts, 'GROUP_OPEN', `groups ${open.join(', ')}`) : end(facts, null, '');
    }
  }
}

function keyMade(facts: JobFacts, spki: Uint8Array, spkiSha256: string): Transition {
  const discarded = facts.keyWas !== null && facts.keyWas !== spkiSha256 ? facts.keyWas : null;
  const made: JobFact[] = [{ type: 'key-made', spki, spkiSha256 }];
  if (discarded) made.unshift({ type: 'key-discarded', spkiSha256: discarded });
  return proveKey({ ...facts, spkiSha256 }, made);
}

/** The intent is on record before the first byte of the message leaves; the message itself is nowhere but in the effect. */
function keySealed(
  facts: JobFacts,
  { spki, spkiSha256, deviceNonce, message }: Extract<JobInput, { type: 'key-sealed' }>,
  { cableGuard }: JobContext,
): Transition {
  const [hwid, nonce] = [known(facts.hwid), known(facts.keyNonce)];
  const intent = { spki, spkiSha256, hwid, nonce, deviceNonce, was: facts.keyWas, cableGuard: known(cableGuard) };
  return go('injecting-key', { ...facts, sealedSha256: spkiSha256 }, { do: 'inject-key', hwid, message }, [
    { type: 'injection-intended', ...intent },
  ]);
}

/** Whatever else the board says, its status tells at the next look whether it has the key. */
function keySent(facts: JobFacts, how: InjectionEnd): Transition {
  if (typeof how === 'object') {
    if (how.spkiSha256 === facts.sealedSha256) return keyInjected(facts, []);
    return afterProblem({ at: 'injecting-key', facts }, 'KEY_REFUSED', 'the board names another key');
  }
  const detail = how === 'stale' ? 'the board holds another key' : 'the board has forgotten its session';
  return facts.attempt < MAX_ATTEMPTS ? again(facts, 'KEY_REFUSED', detail) : end(facts, 'KEY_REFUSED', detail);
}

function proved(at: JobStep, facts: JobFacts, proof: Proof, context: JobContext): Transition {
  if (at === 'proving-key') {
    const fault = proofFault(facts, proof, context, 'keyed');
    if (fault) return afterProblem({ at, facts }, fault.code, fault.detail);
    return go('requesting', facts, { do: 'read-request', deviceSerial: known(facts.deviceSerial) }, []);
  }
  if (at === 'verifying') {
    const fault = proofFault(facts, proof, context, 'enrolled');
    if (fault) return afterProblem({ at, facts }, fault.code, fault.detail);
    const verified: JobFact = { type: 'identity-verified', transcriptSha256: proof.transcriptSha256 };
    return go('planning-lock', { ...facts, verified: true }, { do: 'read-lock-plan' }, [verified]);
  }
  const fault = proofFault(facts, proof, context, 'locked');
  if (fault) return afterProblem({ at, facts }, fault.code, fault.detail);
  if (context.lockDebug && proof.debugOpen) return end(facts, 'LOCK_FAILED', 'the debug port is open');
  const locked: JobFact = {
    type: 'device-locked',
    transcriptSha256: proof.transcriptSha256,
    debugOpen: proof.debugOpen,
  };
  return go('checking-groups', facts, { do: 'check-groups' }, [locked]);
}

function signed(facts: JobFacts, certificate: Uint8Array, fingerprint: string): Transition {
  const certificateId = known(facts.certificateId);
  return go(
    'installing-chain',
    { ...facts, leafSha256: fingerprint },
    { do: 'install', item: 'chain', hwid: known(facts.hwid), certificateId },
    [{ type: 'certificate-signed', certificateId, certificate, fingerprint }],
  );
}

function installed(at: JobStep, facts: JobFacts): Transition {
  const certificateId = known(facts.certificateId);
  const install = (item: 'anchor' | 'leaf'): JobEffect => ({
    do: 'install',
    item,
    hwid: known(facts.hwid),
    certificateId,
  });
  if (at === 'installing-chain') return go('installing-anchor', facts, install('anchor'), []);
  if (at === 'installing-anchor') return go('installing-leaf', facts, install('leaf'), []);
  return go('verifying', { ...facts, installed: true }, { do: 'prove', spkiSha256: known(facts.spkiSha256) }, [
    { type: 'certificate-installed', certificateId },
  ]);
}

function lockPlanned(facts: JobFacts, plan: readonly string[]): Transition {
  const order: JobEffect = {
    do: 'lock',
    hwid: known(facts.hwid),
    deviceSerial: known(facts.deviceSerial),
    leafSha256: known(facts.leafSha256),
  };
  return go('locking', { ...facts, lockIntended: true }, order, [{ type: 'lock-intended', plan }]);
}
