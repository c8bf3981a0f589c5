// Finds Node 24 and runs programs under it. Plain JavaScript without packages: it must run on Node 18 before set-up.
// Signals and exit codes pass through; a child that dies of a signal gives one line, never a bare crash.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join, resolve as resolvePath } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Type stripping without a flag and the better-sqlite3 binary both need it. */
const NEEDED_MAJOR = 24;

/** Exit code for "the station itself failed" (CLI contract). */
const STATION_FAILED = 3;

/** Signals that a terminal or a service supervisor sends to end a program. */
const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'];

export const root = fileURLToPath(new URL('..', import.meta.url));

/** One plain line on standard error; standard output belongs to the program that runs. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** True when this very process is new enough. */
export function runsOnNode24() {
  return Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR;
}

/** Path of a Node that is new enough, or null before set-up. */
export function findNode24() {
  if (runsOnNode24()) return process.execPath;
  const bundled = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(bundled) ? bundled : null;
}

/**
 * Runs `file` (a path from the repository's root) under Node 24 and settles with its exit code; 128 + n after signal n.
 * `stdio` and `env` as for spawn; `timeLimitMs` ends it with SIGTERM.
 */
export async function onNode24(file, args, { stdio = 'inherit', env = process.env, timeLimitMs } = {}) {
  const node = findNode24();
  if (node === null) {
    say(
      `Keyline needs Node ${NEEDED_MAJOR}, this is ${process.version}. Run npm start once, or install Node ${NEEDED_MAJOR}.`,
    );
    return STATION_FAILED;
  }
  return run(node, [resolvePath(root, file), ...args], { stdio, env, timeLimitMs });
}

/** Runs a program in the repository's folder or in `cwd`; settles with its exit code and says why it ended by a signal. */
export function run(command, args, { stdio = 'inherit', env = process.env, cwd, timeLimitMs, shell = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio,
      env,
      shell,
      ...(cwd && { cwd }),
      ...(timeLimitMs && { timeout: timeLimitMs }),
    });
    const stopPassing = passSignals(child);
    child.once('error', (cause) => {
      stopPassing();
      say(`${command} does not start (${cause.code ?? cause.message}).`);
      resolve(STATION_FAILED);
    });
    child.once('exit', (code, signal) => {
      stopPassing();
      if (signal !== null) sayWhy(command, signal, timeLimitMs);
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

/** A signal that this process passed on needs no word; a time limit and a crash do. */
function sayWhy(command, signal, timeLimitMs) {
  if (timeLimitMs !== undefined && signal === 'SIGTERM') {
    say(`${command} was stopped: it may take ${timeLimitMs / 1000} s at most.`);
  } else if (!PASSED_ON.includes(signal)) {
    say(`${command} was ended by ${signal}. What was recorded is safe. Run the same command again.`);
  }
}

/** Sends on what this process is told. A Ctrl+C in a terminal reaches the child by itself, so it is not sent twice. */
function passSignals(child) {
  const listeners = PASSED_ON.map((signal) => {
    const listener = () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    process.on(signal, listener);
    return [signal, listener];
  });
  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener);
  };
}
