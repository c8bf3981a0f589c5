// The station of before beside the restored one: the same name and key, older records of its own, another computer. It
// asks its service again and again; from the moment that the new epoch is pinned it must be refused.
import { KeylineError } from '../../../domain/errors.ts';
import { Crash } from './crash.ts';
import type { Fault } from './fault-lanes.ts';
import type { WorldClock } from './world-clock.ts';
import type { Factory } from './world-factory.ts';
import type { WorldService } from './world-service.ts';
import { type Computer, Program, type ProgramWorld } from './world-station.ts';

export interface CloneParts {
  readonly seed: number;
  readonly factory: Factory;
  readonly clock: WorldClock;
  readonly service: WorldService;
  readonly chance: ProgramWorld['chance'];
  readonly files: ProgramWorld['files'];
  say(line: string): void;
  violation(rule: string, ids: string): void;
  outside<T>(work: () => Promise<T>): Promise<T>;
}

const ASKS_MS = 1_500;

/** `epoch`: of the restored station. Settles when the service has refused it. */
export function goOn(computer: Computer, epoch: number, fault: Fault, parts: CloneParts): Promise<void> {
  const { seed, clock, service, say, violation } = parts;
  const order = { computer, clock: clock.view(), name: `${seed}/clone` };
  const program = new Program(order, quietWorld(parts));
  say('clone starts');
  return new Promise((resolve) => {
    const ask = () => {
      const pinned = (service.epoch ?? 0) >= epoch;
      void program.station.sync().then(
        () => {
          if (pinned) violation('oldEpochIsRefused', 'the service took a clone for the restored station');
          clock.after(ASKS_MS, ask);
        },
        (error: unknown) => {
          if (!(error instanceof KeylineError)) violation('noBugOfOurs', `clone: ${String(error)}`);
          else if (error.code === 'STATION_FORKED') {
            say('clone is refused');
            fault.observed();
            program.die();
            program.bury();
            return resolve();
          }
          clock.after(ASKS_MS, ask);
        },
      );
    };
    ask();
  });
}

/** Nothing strikes it, and nobody looks at it. */
function quietWorld(parts: CloneParts): ProgramWorld {
  const { factory, chance, files, service, violation, outside } = parts;
  const never = () => {
    throw new Crash();
  };
  return {
    ...{ factory, chance, files, copies: [], outside },
    ports: () => ({ list: async () => [], watch: () => () => {}, open: async () => never() }),
    http: (program) => service.http(() => program.alive),
    commitFault: () => null,
    effectFault: () => null,
    ...{ crash: never, stall: never, bugged: never, full: never },
    heard() {},
    signing() {},
    copied() {},
    bug: (_, bug) => violation('noBugOfOurs', `clone: ${String(bug)}`),
  };
}
