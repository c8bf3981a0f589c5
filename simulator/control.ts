// The simulator's side of its control lines: reads commands, answers each by its id, tells events. Ends with `stop` or
// with its input, since nobody is left then to eject a board.

import { KeylineError } from '../domain/errors.ts';
import type { Clock } from '../domain/seams.ts';
import { type ControlAnswer, ControlCommand, type ControlEvent, MAX_LINE_BYTES } from './control-messages.ts';
import { planDevices } from './device-plan.ts';
import { expectedEnd } from './faults/fault-list.ts';
import type { Simulator } from './simulator.ts';
import { startSimulator } from './start-simulator.ts';

export interface ControlLines {
  readonly input: AsyncIterable<Uint8Array>;
  say(line: string): void;
}

/** Settles when all ports are gone. */
export async function serveControl({ input, say }: ControlLines, clock: Clock): Promise<void> {
  const tell = (message: ControlAnswer | ControlEvent) => say(`${JSON.stringify(message)}\n`);
  const session = new Session(clock, tell);
  try {
    for await (const line of linesOf(input)) {
      const command = ControlCommand.safeParse(parseJson(line));
      if (!command.success) {
        tell({ id: null, ok: false, code: 'MESSAGE_INVALID', detail: command.error.issues[0]?.message ?? '' });
      } else if (command.data.do === 'stop') {
        await session.close();
        tell({ id: command.data.id, ok: true, result: {} });
        return;
      } else void session.answer(command.data);
    }
  } finally {
    await session.close();
  }
}

class Session {
  readonly #clock: Clock;
  readonly #tell: (message: ControlAnswer | ControlEvent) => void;
  #simulator: Simulator | null = null;

  constructor(clock: Clock, tell: (message: ControlAnswer | ControlEvent) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** Never rejects; a bug ends the process, an error of the table is an answer. */
  async answer(command: ControlCommand): Promise<void> {
    try {
      this.#tell({ id: command.id, ok: true, result: await this.#act(command) });
    } catch (error) {
      if (!(error instanceof KeylineError)) throw error;
      this.#tell({ id: command.id, ok: false, code: error.code, detail: error.detail });
    }
  }

  async close(): Promise<void> {
    await this.#simulator?.close();
  }

  async #act(command: ControlCommand): Promise<object> {
    if (command.do === 'start') return this.#start(command);
    const simulator = this.#simulator;
    if (simulator === null) throw new KeylineError('USAGE', 'the first command is start');
    switch (command.do) {
      case 'insert':
        await simulator.insert(command.slot, command.device);
        return {};
      case 'eject':
        await simulator.eject(command.slot);
        return {};
      case 'swap':
        simulator.swap(command.slot, command.device);
        return {};
      case 'authenticate':
        return simulator.authenticate(command.device, command);
      case 'list':
        return { devices: simulator.list().map((device) => ({ ...device, expected: expectedEnd(device.fault) })) };
      case 'stop':
        return {};
    }
  }

  #start({ settings }: Extract<ControlCommand, { do: 'start' }>): object {
    if (this.#simulator !== null) throw new KeylineError('USAGE', 'the simulator runs already');
    const { devices, seed, faults, transport, boards = 'virtual', ...rest } = settings;
    const plan = planDevices(seed, devices, faults);
    const simulator = startSimulator(
      boards,
      { ...rest, plan, ...(transport && { transport }) },
      this.#clock,
      this.#tell,
    );
    this.#simulator = simulator;
    return { transport: simulator.transport };
  }
}

/** Lines of at most `MAX_LINE_BYTES`; a longer one comes out cut, and is no command then. */
async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of input) {
    text += decoder.decode(bytes, { stream: true });
    const lines = text.split('\n');
    text = (lines.pop() ?? '').slice(0, MAX_LINE_BYTES);
    yield* lines.filter((line) => line.trim() !== '');
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
