// How Electron's main starts the station and the practice bench: the one place that decides on what they run. Electron's
// own Node where it can load the database binary (Node-API 10), else Node 24 from the packages.
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { app, utilityProcess } from 'electron';

/** Node-API version that the better-sqlite3 binary is built for. */
const NEEDED_NAPI = 10;

export interface ChildProgram {
  send(message: unknown): void;
  /** Process id, for the log and for tests that end it the hard way. */
  readonly pid: number | undefined;
  /** At once; what is recorded is recorded. */
  kill(): void;
}

export interface ChildEnds {
  readonly hear: (message: unknown) => void;
  readonly ended: () => void;
}

/** Starts the program in `file`; `ended` is called exactly once. */
export function startChild(file: string, args: readonly string[], ends: ChildEnds): ChildProgram {
  return Number(process.versions.napi) >= NEEDED_NAPI ? inElectron(file, args, ends) : onNode24(file, args, ends);
}

function inElectron(file: string, args: readonly string[], { hear, ended }: ChildEnds): ChildProgram {
  const child = utilityProcess.fork(file, [...args], { serviceName: 'Keyline station' });
  child.on('message', hear);
  child.once('exit', ended);
  return { send: (message) => child.postMessage(message), pid: child.pid, kill: () => void child.kill() };
}

/** Also for the practice bench in every runtime: it starts programs of its own, and Electron is no Node for those. */
export function onNode24(file: string, args: readonly string[], { hear, ended }: ChildEnds): ChildProgram {
  const child = fork(file, args, { execPath: node24(), execArgv: [], serialization: 'advanced', stdio: 'inherit' });
  let over = false;
  const once = () => {
    if (!over) ended();
    over = true;
  };
  child.on('message', hear);
  child.once('error', once);
  child.once('exit', once);
  return {
    // A child that has just died: `ended` tells the rest.
    send: (message) => void (child.connected && child.send(message as object, () => {})),
    pid: child.pid,
    kill: () => void child.kill('SIGKILL'),
  };
}

/** Path of Node 24: beside the app's archive in a package, else from the packages. */
export function node24(): string {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  if (app.isPackaged) return join(process.resourcesPath, 'node', name);
  return join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', name);
}
