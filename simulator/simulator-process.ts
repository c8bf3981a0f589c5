// The other side of the control lines: starts a simulator as a process of its own and moves its boards.
// That process ends with this one: it stops when its standard input ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isErrorCode, KeylineError } from '../domain/errors.ts';
import {
  AdmissionResult,
  ControlAnswer,
  type ControlCommand,
  ControlEvent,
  ListResult,
  type SimulatorSettings,
  StartResult,
} from './control-messages.ts';

export type ListedDevice = ListResult['devices'][number];

export interface SimulatorProcess {
  readonly transport: 'pty' | 'tcp';
  /** Process id, for tests that end it the hard way. */
  readonly pid: number | undefined;
  /** Slots count from 1, devices from 0. Settles when the port can be found. Throws USAGE, PORTS_INVALID. */
  insert(slot: number, device: number): Promise<void>;
  /** Settles when the port is gone. */
  eject(slot: number): Promise<void>;
  /** Another device on the open port, without an unplug. */
  swap(slot: number, device: number): Promise<void>;
  authenticate(device: number, service: { host: string; port: number; ca: string }): Promise<AdmissionResult>;
  list(): Promise<ListedDevice[]>;
  /** Settles when all ports are gone and the process has ended. */
  stop(): Promise<void>;
}

type Order = ControlCommand extends infer C ? (C extends { id: number } ? Omit<C, 'id'> : never) : never;

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** Throws USAGE, PORTS_INVALID, FILE_UNREADABLE as the simulator says. `onEvent` hears what faults do. */
export async function startSimulatorProcess(
  settings: SimulatorSettings,
  onEvent: (event: ControlEvent) => void,
): Promise<SimulatorProcess> {
  const entry = fileURLToPath(new URL(`./control-process${extname(import.meta.url)}`, import.meta.url));
  const child = spawn(process.execPath, [entry], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const waiting = new Map<number, Waiting>();
  let over = false;
  const gone = () => {
    over = true;
    for (const { reject } of waiting.values()) reject(new KeylineError('PORTS_INVALID', 'the simulator has ended'));
    waiting.clear();
  };
  child.once('error', gone);
  child.once('close', gone);
  // A write to a process that has just died: `close` tells the rest.
  child.stdin.on('error', () => {});
  createInterface({ input: child.stdout }).on('line', (line) => hear(line, waiting, onEvent));
  let lastId = 0;
  const say = (order: Order): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (over) return reject(new KeylineError('PORTS_INVALID', 'the simulator has ended'));
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      child.stdin.write(`${JSON.stringify({ id, ...order })}\n`);
    });
  const stop = async (): Promise<void> => {
    await say({ do: 'stop' }).catch(() => {});
    await ended;
  };
  try {
    const { transport } = StartResult.parse(await say({ do: 'start', settings }));
    return { transport, pid: child.pid, ...hands(say), stop };
  } catch (error) {
    child.stdin.end();
    throw error;
  }
}

function hands(say: (order: Order) => Promise<unknown>): Omit<SimulatorProcess, 'transport' | 'pid' | 'stop'> {
  return {
    insert: async (slot, device) => void (await say({ do: 'insert', slot, device })),
    eject: async (slot) => void (await say({ do: 'eject', slot })),
    swap: async (slot, device) => void (await say({ do: 'swap', slot, device })),
    authenticate: async (device, service) =>
      AdmissionResult.parse(await say({ do: 'authenticate', device, ...service })),
    list: async () => ListResult.parse(await say({ do: 'list' })).devices,
  };
}

function hear(line: string, waiting: Map<number, Waiting>, onEvent: (event: ControlEvent) => void): void {
  const message: unknown = JSON.parse(line);
  const event = ControlEvent.safeParse(message);
  if (event.success) {
    onEvent(event.data);
    return;
  }
  const answer = ControlAnswer.parse(message);
  const asked = answer.id === null ? undefined : waiting.get(answer.id);
  if (answer.id === null || asked === undefined) return;
  waiting.delete(answer.id);
  if (answer.ok) asked.resolve(answer.result);
  else asked.reject(new KeylineError(isErrorCode(answer.code) ? answer.code : 'MESSAGE_INVALID', answer.detail));
}
