// A practice data folder made ready: service, enrolment and test CA, by the same commands that a person would type.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KeylineError } from '../../domain/errors.ts';
import { openFolder } from '../open-folder.ts';
import type { Use } from '../surroundings.ts';
import { freshToken, type ServiceProcess, startServiceProcess } from './service-process.ts';

const KEYLINE = fileURLToPath(new URL('../bin.mjs', import.meta.url));

/** Parts of a practice folder that are not a station's. */
export function practicePaths(dataDir: string) {
  return { service: join(dataDir, 'service'), devices: join(dataDir, 'devices'), ports: join(dataDir, 'ports') };
}

/** Starts the folder's service; a folder that is new gets its station, enrolled, with a test CA. */
export async function openPracticeFolder(use: Use): Promise<ServiceProcess> {
  const dataDir = use.folder.path;
  const { service: serviceDir } = practicePaths(dataDir);
  if (existsSync(use.folder.stationDatabase)) return startServiceProcess(serviceDir, enrolledPort(use));
  const service = await startServiceProcess(serviceDir, 0);
  try {
    const token = await freshToken(serviceDir);
    const where = ['--practice', '--data', dataDir];
    await keyline(
      ['station', 'enrol', '--service', service.url, '--ca', service.caFile, '--token-fd', '0', ...where],
      token,
    );
    await keyline(['ca', 'init', ...where], '');
    return service;
  } catch (error) {
    await service.stop();
    throw error;
  }
}

/** The port that the station of this folder knows its service by. */
function enrolledPort(use: Use): number {
  const { store, close } = openFolder(use, true);
  try {
    const enrolment = store.enrolment();
    if (!enrolment) throw new KeylineError('NOT_ENROLLED', 'this folder was left half made; use another one');
    return Number(new URL(enrolment.serviceUrl).port);
  } finally {
    close();
  }
}

/** Runs one command to its end; `input` goes to its standard input. Throws what it said when it did not succeed. */
async function keyline(args: readonly string[], input: string): Promise<void> {
  const child = spawn(process.execPath, [KEYLINE, ...args], { stdio: ['pipe', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-1000);
  });
  child.stdin.end(`${input}\n`);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new KeylineError('SERVICE_REFUSED', `keyline ${args.slice(0, 2).join(' ')}: ${said.trim()}`);
}
