// `service`: the reference security service as a process of its own, and `service token`: one station's way in.
import { join } from 'node:path';
import type { Command } from 'commander';
import { issueEnrolmentToken } from '../../cloud/enrolment.ts';
import { startService } from '../../cloud/service.ts';
import { openAuthority } from '../../cloud/service-authority.ts';
import { serviceClock, serviceRandom } from '../../cloud/service-clock.ts';
import { openSqliteStore } from '../../cloud/sqlite-store.ts';
import { ServiceAnswer, TokenAnswer } from '../../contract/cli.ts';
import { example, execute, type Registry, wholeNumber } from '../command-line.ts';
import { type ExitCode, tell } from '../outcome.ts';
import { serviceFolder } from '../service-folder.ts';
import type { CommonOptions, Use } from '../surroundings.ts';
import { registerServiceCarry } from './service-carry.ts';
import { registerUnclaimed } from './service-unclaimed.ts';

const PORT = 8443;

interface ServiceOptions extends CommonOptions {
  readonly port: number;
  readonly host: string;
  readonly practice?: boolean;
}

export function registerService(root: Command, registry: Registry): void {
  const service = root
    .command('service')
    .description('the security service, until Ctrl+C')
    .option('--port <n>', 'port; 0: any that is free', wholeNumber(0, 65_535), PORT)
    .option('--host <address>', 'address to listen on', 'localhost')
    .option('--practice', 'takes practice stations and simulated boards, and nothing else');
  example(service, 'service --practice --data cloud').action(() => {
    const options = service.optsWithGlobals<ServiceOptions>();
    return execute(registry, options, (use) => serve(use, options));
  });
  const token = service.command('token').description('print a new one-time token for one station');
  example(token, 'service token --practice --data cloud').action(() => {
    const options = token.optsWithGlobals<ServiceOptions>();
    return execute(registry, options, (use) => printToken(use, options.practice ?? false));
  });
  registerUnclaimed(service, registry);
  registerServiceCarry(service, registry);
}

async function serve(use: Use, { port, host, practice = false }: ServiceOptions): Promise<ExitCode> {
  const { promise: interrupted, resolve: interrupt } = Promise.withResolvers<void>();
  const stopListening = use.onInterrupt(interrupt);
  try {
    const dataDir = serviceFolder(use);
    const service = await startService({ dataDir, port, host, practice });
    const { url } = service;
    const caFile = caFileOf(dataDir);
    tell(use, ServiceAnswer, { url, caFile, practice }, [
      `Security service${practice ? ' for practice' : ''} at ${url}, its CA in ${caFile}. Stop with Ctrl+C.`,
    ]);
    await interrupted;
    await service.close();
    return 0;
  } finally {
    stopListening();
  }
}

async function printToken(use: Use, practice: boolean): Promise<ExitCode> {
  const dataDir = serviceFolder(use);
  const seams = { clock: serviceClock, random: serviceRandom };
  const authority = await openAuthority(dataDir, practice, seams);
  const store = openSqliteStore(join(dataDir, 'service.db'));
  try {
    const token = issueEnrolmentToken({ store, authority, practice, ...seams });
    tell(use, TokenAnswer, { token, caFile: caFileOf(dataDir) }, [token]);
    return 0;
  } finally {
    store.close();
  }
}

function caFileOf(dataDir: string): string {
  return join(dataDir, 'keys', 'service-ca.pem');
}
