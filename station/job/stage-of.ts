// Which of the six stages a step belongs to: what a tile and a progress line show.
import type { Stage } from '../../domain/job.ts';
import type { JobStep } from './job-state.ts';

const STAGE: Record<JobStep, Stage> = {
  identifying: 'connect',
  admitting: 'connect',
  'loading-firmware': 'firmware',
  'restarting-firmware': 'firmware',
  'confirming-firmware': 'firmware',
  'measuring-firmware': 'firmware',
  'making-key': 'key',
  'sealing-key': 'key',
  'injecting-key': 'key',
  'proving-key': 'key',
  requesting: 'key',
  'intending-certificate': 'certificate',
  signing: 'certificate',
  'installing-chain': 'certificate',
  'installing-anchor': 'certificate',
  'installing-leaf': 'certificate',
  verifying: 'verify',
  'planning-lock': 'lock',
  locking: 'lock',
  'restarting-locked': 'lock',
  'proving-lock': 'lock',
  'checking-groups': 'lock',
};

export function stageOf(step: JobStep): Stage {
  return STAGE[step];
}
