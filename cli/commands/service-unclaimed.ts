// `service unclaimed list|adopt|revoke`: devices with a good chain that nobody registered, decided one by one by the
// service's officer. Works beside a service that runs.
import { join } from 'node:path';
import type { Command } from 'commander';
import { serviceClock } from '../../cloud/service-clock.ts';
import { openSqliteStore } from '../../cloud/sqlite-store.ts';
import { adoptUnclaimed, listUnclaimed, revokeUnclaimed } from '../../cloud/unclaimed.ts';
import { UnclaimedAnswer, UnclaimedListAnswer } from '../../contract/cli.ts';
import { KeylineError } from '../../domain/errors.ts';
import { Sha256Hex } from '../../domain/ids.ts';
import { example, execute, fitting, type Registry } from '../command-line.ts';
import { type ExitCode, tell } from '../outcome.ts';
import { serviceFolder } from '../service-folder.ts';
import type { CommonOptions, Use } from '../surroundings.ts';

/** As many as a person looks through at once; the last one shown leads to the next. */
const PAGE = 200;

export function registerUnclaimed(service: Command, registry: Registry): void {
  const unclaimed = service.command('unclaimed').description('devices with a good chain that nobody registered');
  example(unclaimed, 'service unclaimed list --data cloud');
  const list = unclaimed
    .command('list')
    .description('list them')
    .option('--after <fingerprint>', 'after this one', fitting(Sha256Hex, 'a fingerprint, 64 hex digits'));
  example(list, 'service unclaimed list --data cloud').action(() => {
    const options = list.optsWithGlobals<CommonOptions & { after?: string }>();
    return execute(registry, options, (use) => show(use, options.after ?? ''));
  });
  registerDecision(unclaimed, registry, 'adopt', 'let this one enter: the station that made it lost its record');
  registerDecision(unclaimed, registry, 'revoke', 'never let this one enter');
}

type Decision = 'adopt' | 'revoke';

function registerDecision(unclaimed: Command, registry: Registry, decision: Decision, says: string): void {
  const command = unclaimed
    .command(decision)
    .description(says)
    .argument('<fingerprint>', 'of its certificate', fitting(Sha256Hex, 'a fingerprint, 64 hex digits'))
    .requiredOption('--because <text>', 'why, for the record');
  example(command, `service unclaimed ${decision} FINGERPRINT --because "order 7"`).action((fingerprint: string) => {
    const options = command.optsWithGlobals<CommonOptions & { because: string }>();
    return execute(registry, options, (use) => decide(use, decision, fingerprint, options.because));
  });
}

async function show(use: Use, after: string): Promise<ExitCode> {
  return withStore(use, (store) => {
    const rows = listUnclaimed({ store }, after, PAGE);
    const certificates = rows.map(({ fingerprint, deviceSerial, hwid, hardwareType, stationId, firstSeenMs }) => ({
      ...{ fingerprint, deviceSerial, hwid, hardwareType, stationId, firstSeenMs },
    }));
    const lines = certificates.map((row) => `${row.fingerprint}  ${row.deviceSerial}  ${row.hwid}  ${row.stationId}`);
    tell(use, UnclaimedListAnswer, { certificates }, lines.length === 0 ? ['There is none.'] : lines);
    return 0;
  });
}

async function decide(use: Use, decision: Decision, fingerprint: string, because: string): Promise<ExitCode> {
  if (because.length < 1 || because.length > 200) throw new KeylineError('USAGE', '--because has 1 to 200 letters');
  return withStore(use, (store) => {
    const work = decision === 'adopt' ? adoptUnclaimed : revokeUnclaimed;
    work({ store, clock: serviceClock }, fingerprint, because);
    const state = decision === 'adopt' ? 'registered' : 'void';
    tell(use, UnclaimedAnswer, { fingerprint, state }, [`${fingerprint} is ${state} now.`]);
    return 0;
  });
}

function withStore(use: Use, work: (store: ReturnType<typeof openSqliteStore>) => ExitCode): ExitCode {
  const store = openSqliteStore(join(serviceFolder(use), 'service.db'));
  try {
    return work(store);
  } finally {
    store.close();
  }
}
