// Boards that should not be here, or not as they are: other model, other past, somebody else's id.

import type { DeviceHooks } from '../device-state.ts';
import { foreignIdentity } from '../foreign-identity.ts';
import { abortsWith, type Fault, type FaultTools, RECOVERS } from './fault.ts';
import { isRead } from './request.ts';

/** The fault struck once the board told who it is. */
function whenIdentified(tools: FaultTools): DeviceHooks {
  return {
    onReply(request, reply) {
      if (isRead(request, 'status')) tools.fired();
      return reply;
    },
  };
}

export const BOARD_FAULTS: readonly Fault[] = [
  {
    name: 'wrong-model',
    does: 'is another model than the lot',
    end: abortsWith('WRONG_MODEL'),
    alter: (description) => ({ ...description, model: `${description.model}-X` }),
    hooks: whenIdentified,
  },
  {
    name: 'wrong-revision',
    does: 'has another hardware revision than the lot needs',
    end: abortsWith('WRONG_REVISION'),
    alter: (description) => ({ ...description, hardwareRevision: 'Z' }),
    hooks: whenIdentified,
  },
  {
    name: 'done-by-us',
    does: 'is put in again after it passed; whoever moves the boards has to do it',
    end: RECOVERS,
    hooks: (tools) => ({
      onInsert(record) {
        if (record.life === 'locked') tools.fired();
      },
    }),
  },
  {
    name: 'done-by-others',
    does: 'has an identity from another factory, and is locked',
    end: abortsWith('FOREIGN_IDENTITY'),
    prepare: foreignIdentity,
    hooks: whenIdentified,
  },
  {
    name: 'duplicate-hwid',
    does: 'has the hardware id of another board of the run',
    end: abortsWith('DUPLICATE_HWID'),
    hooks: whenIdentified,
  },
];
