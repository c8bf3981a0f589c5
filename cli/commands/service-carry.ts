// `service carry read`: a bundle that was carried to the service, and the receipt that is carried back. Works beside a
// service that runs.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ORPCError } from '@orpc/server';
import type { Command } from 'commander';
import { takeBundle } from '../../cloud/carry.ts';
import { openAuthority } from '../../cloud/service-authority.ts';
import { serviceClock, serviceRandom } from '../../cloud/service-clock.ts';
import { openSqliteStore } from '../../cloud/sqlite-store.ts';
import { CarryReadAnswer } from '../../contract/cli.ts';
import { isErrorCode, KeylineError } from '../../domain/errors.ts';
import { example, execute, type Registry } from '../command-line.ts';
import { type ExitCode, tell } from '../outcome.ts';
import { serviceFolder } from '../service-folder.ts';
import type { CommonOptions, Use } from '../surroundings.ts';

/** Bytes: 20,000 entries of 1.5 KB, their checkpoints, and room to spare. */
const MOST_BYTES = 64 * 1024 * 1024;

interface ReadOptions extends CommonOptions {
  readonly receipt: string;
  readonly practice?: boolean;
}

export function registerServiceCarry(service: Command, registry: Registry): void {
  const carry = service.command('carry').description('registrations by file');
  example(carry, 'service carry read out.bundle --receipt in.receipt');
  const read = carry
    .command('read')
    .description('take the registrations of a file')
    .argument('<file>', 'file that carry write wrote')
    .requiredOption('--receipt <file>', 'where the answer goes');
  example(read, 'service carry read out.bundle --receipt in.receipt').action((file: string) => {
    const options = read.optsWithGlobals<ReadOptions>();
    return execute(registry, options, (use) => readBundle(use, resolve(file), options));
  });
}

async function readBundle(use: Use, file: string, { receipt, practice = false }: ReadOptions): Promise<ExitCode> {
  const text = readText(file);
  const dataDir = serviceFolder(use);
  const seams = { clock: serviceClock, random: serviceRandom };
  const authority = await openAuthority(dataDir, practice, seams);
  const store = openSqliteStore(join(dataDir, 'service.db'));
  try {
    const taken = takeBundle({ store, authority, practice, ...seams }, text);
    const out = resolve(receipt);
    writeReceipt(out, taken.receipt);
    const { stationId, accepted, refused } = taken;
    tell(use, CarryReadAnswer, { stationId, accepted, refused, receipt: out }, [
      `${accepted} registered, ${refused} refused, of station ${stationId}. Carry ${out} back to it.`,
    ]);
    return 0;
  } catch (error) {
    throw plain(error);
  } finally {
    store.close();
  }
}

/** The service's own refusals, as a person at its terminal reads them. */
function plain(error: unknown): unknown {
  if (!(error instanceof ORPCError)) return error;
  const code = String(error.code);
  return isErrorCode(code) ? new KeylineError(code) : new KeylineError('CARRY_REFUSED', `${code}: ${error.message}`);
}

function readText(file: string): string {
  try {
    if (statSync(file).size > MOST_BYTES) throw new Error('it is too long');
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new KeylineError('FILE_UNREADABLE', cause instanceof Error ? cause.message : file, {}, cause);
  }
}

function writeReceipt(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600 });
  } catch (cause) {
    throw new KeylineError('FILE_UNWRITABLE', cause instanceof Error ? cause.message : file, {}, cause);
  }
}
