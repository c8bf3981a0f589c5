// `keyline simulate`: N devices in N slots, for a station that somebody else starts. The same folder brings the same
// devices again, with what they kept. Ends with SIGINT or SIGTERM.
import { once } from 'node:events';
import { join } from 'node:path';
import type { Clock } from '../domain/seams.ts';
import type { FaultSelection } from './control-messages.ts';
import { planDevices } from './device-plan.ts';
import { slotName, type Transport } from './fixture.ts';
import type { Firmware } from './simulated-boards.ts';
import type { SimulatorEvent } from './simulator.ts';
import { type BoardKind, startSimulator } from './start-simulator.ts';
import { systemClock } from './system-clock.ts';

export interface SimulateOptions {
  /** Also the number of devices. */
  readonly slots: number;
  /** Folder of the ports; device files lie in `devices/` below it. */
  readonly dir: string;
  /** Bits a second; 0 is unthrottled. */
  readonly baud: number;
  readonly faults: FaultSelection;
  readonly seed: number;
  readonly model: string;
  readonly hardwareRevision: string;
  /** What devices carry at first; null: older firmware than any lot loads. */
  readonly firmware: Firmware | null;
  /** Absent: ptys where this machine has them, else TCP. */
  readonly transport?: Transport;
  /** Absent: virtual. */
  readonly boards?: BoardKind;
}

/** Settles after a signal, when all ports are gone. Throws USAGE, PORTS_INVALID, FILE_UNREADABLE. */
export async function runSimulator(
  options: SimulateOptions,
  say: (line: string) => void,
  clock: Clock = systemClock,
): Promise<void> {
  const { slots, dir, seed, faults } = options;
  const plan = planDevices(seed, slots, faults);
  // Heard from the start: a signal that comes with the last line said must not end the process with its ports left.
  const stopped = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  const simulator = startSimulator(
    options.boards ?? 'virtual',
    { ...options, plan, stateDir: join(dir, 'devices') },
    clock,
    (event) => say(eventText(event)),
  );
  try {
    await Promise.all(plan.map(({ index }) => simulator.insert(index + 1, index)));
    if (simulator.transport === 'tcp')
      say(`No ptys here: ${join(dir, slotName(1))}.tcp and so on name TCP ports instead.`);
    say(
      `${slots} ${options.boards === 'emulated' ? 'emulated' : 'simulated'} boards in ${dir}, ${slotName(1)} to ${slotName(slots)}. Stop with Ctrl+C.`,
    );
    await stopped;
  } finally {
    await simulator.close();
  }
}

function eventText(event: SimulatorEvent): string {
  switch (event.event) {
    case 'fault-fired':
      return `device ${event.device + 1}: ${event.fault}`;
    case 'swapped':
      return `${slotName(event.slot)}: device ${event.out + 1} out, device ${event.in + 1} in, without an unplug`;
    case 'unplugged':
    case 'replugged':
      return `${slotName(event.slot)}: device ${event.device + 1} ${event.event}`;
  }
}
