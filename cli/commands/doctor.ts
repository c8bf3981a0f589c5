// `doctor`: looks at what a line needs, and with --bundle writes what a person far away needs to help: the checks and
// the logs, as gzipped JSON. Keys, tokens and records stay where they are.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Command } from 'commander';
import { DoctorAnswer } from '../../contract/cli.ts';
import { KeylineError } from '../../domain/errors.ts';
import { example, execute, type Registry } from '../command-line.ts';
import { type Check, examine } from '../doctor-checks.ts';
import { type ExitCode, tell } from '../outcome.ts';
import { redacted } from '../redaction.ts';
import type { CommonOptions, Use } from '../surroundings.ts';

const SIGNS = { ok: 'ok  ', look: 'look', bad: 'BAD ' } as const;

export function registerDoctor(root: Command, registry: Registry): void {
  const command = root
    .command('doctor')
    .description('check records, disk, clock, signing CA, ports and service')
    .option('--bundle <file>', 'write checks and logs, without secrets, to this file (.json.gz)');
  example(command, 'doctor --bundle report.json.gz').action(() => {
    const options = command.optsWithGlobals<CommonOptions & { bundle?: string }>();
    return execute(registry, options, (use) => doctor(use, options.bundle));
  });
}

async function doctor(use: Use, bundle: string | undefined): Promise<ExitCode> {
  const checks = await examine(use);
  const ok = checks.every(({ verdict }) => verdict !== 'bad');
  const file = bundle === undefined ? undefined : writeBundle(use, resolve(bundle), checks);
  const lines = checks.map(({ check, verdict, detail }) => `${SIGNS[verdict]}  ${check.padEnd(10)}  ${detail}`);
  tell(use, DoctorAnswer, { ok, checks, ...(file !== undefined && { bundle: file }) }, [
    ...lines,
    ...(file === undefined ? [] : [`Written to ${file}.`]),
  ]);
  return ok ? 0 : 3;
}

function writeBundle({ folder, around }: Use, file: string, checks: readonly Check[]): string {
  const { platform } = around;
  const names = existsSync(folder.logs) ? readdirSync(folder.logs).filter((name) => name.endsWith('.log')) : [];
  const logs = Object.fromEntries(names.map((name) => [name, logLines(join(folder.logs, name))]));
  const text = JSON.stringify({ platform, node: process.version, checks, logs });
  try {
    writeFileSync(file, gzipSync(text), { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    throw new KeylineError('FILE_UNWRITABLE', cause instanceof Error ? cause.message : file, {}, cause);
  }
  return file;
}

/** Redacted again, as a whole: another version of Keyline may have written them, with a key over many lines. */
function logLines(path: string): string[] {
  return redacted(readFileSync(path, 'utf8'))
    .split('\n')
    .filter((line) => line !== '');
}
