// `station enrol`: trades a one-time token for this station's certificate at a security service.
import { readFileSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { EnrolAnswer } from '../../contract/cli.ts';
import { KeylineError } from '../../domain/errors.ts';
import { pause } from '../../domain/seams.ts';
import { fromPem } from '../../pki/pem.ts';
import { Secret } from '../../station/identity/secret.ts';
import { type EnrolmentOrder, enrolStation } from '../../station/outbox/connectors/security-service.ts';
import type { Enrolment } from '../../station/outbox/enrolment.ts';
import { example, execute, type Registry, wholeNumber } from '../command-line.ts';
import { officerAt } from '../folder-person.ts';
import { openFolder } from '../open-folder.ts';
import { type ExitCode, tell } from '../outcome.ts';
import { readSecret, textOf } from '../passphrase.ts';
import { ownKey } from '../station-keys.ts';
import type { CommonOptions, Use } from '../surroundings.ts';

/** A service that starts at the same moment listens within this time. */
const SERVICE_STARTS_MS = 10_000;
const TRY_AGAIN_MS = 250;
/** Bytes: a PEM file of a few certificates; a token is shorter. */
const MAX_FILE_BYTES = 65_536;

interface EnrolOptions extends CommonOptions {
  readonly service: string;
  readonly ca: string;
  readonly tokenFile?: string;
  readonly tokenFd?: number;
  readonly practice?: boolean;
}

export function registerStation(root: Command, registry: Registry): void {
  const station = example(root.command('station').description('this station itself'), 'help station enrol');
  const enrol = station
    .command('enrol')
    .description('enrol this station with a security service; the token is asked for, or comes from a file')
    .requiredOption('--service <url>', 'https://host:port')
    .requiredOption('--ca <file>', "the service's CA, PEM")
    .option('--token-file <file>', 'one-time token of the service')
    .option(
      '--token-fd <n>',
      'read the token from this open file descriptor; 0 is standard input',
      wholeNumber(0, 1023),
    )
    .option('--practice', 'this station is for practice');
  example(enrol, 'station enrol --service https://localhost:8443 --ca service-ca.pem --token-file token').action(() => {
    const options = enrol.optsWithGlobals<EnrolOptions>();
    return execute(registry, options, (use) => enrolThis(use, options));
  });
}

async function enrolThis(use: Use, options: EnrolOptions): Promise<ExitCode> {
  const { practice = false } = options;
  const serviceUrl = originOf(options.service);
  const serviceCaPem = readText(options.ca);
  if (fromPem('CERTIFICATE', serviceCaPem) === null)
    throw new KeylineError('USAGE', '--ca is a PEM file of certificates and nothing else');
  const token = await tokenOf(use, options);
  const open = openFolder(use, practice);
  const { folder, recorder, store, station, close } = open;
  try {
    refuseOther(store.enrolment(), serviceUrl);
    const actorId = await officerAt(use, open);
    const passphrase = use.passphrase(practice);
    const { stationKey } = await ownKey(folder, passphrase, use.random).finally(passphrase.wipe);
    const { stationId } = station;
    const request = await stationKey.csr(stationId);
    const order = { serviceUrl, serviceCaPem, token, stationId, practice, request, spki: stationKey.spki };
    const enrolment = await enrolSoon(use, order);
    recorder.commit(actorId, (append) => {
      store.saveEnrolment(enrolment);
      append('station-enrolled', { stationId, serviceUrl, spkiSha256: stationKey.spkiSha256 });
    });
    tell(use, EnrolAnswer, { stationId, practice, serviceUrl }, [`Station ${stationId} is enrolled at ${serviceUrl}.`]);
    return 0;
  } finally {
    close();
  }
}

/** Enrols; waits a little for a service that is not there yet. */
async function enrolSoon(use: Use, order: EnrolmentOrder): Promise<Enrolment> {
  const endMs = use.clock.monotonicMs() + SERVICE_STARTS_MS;
  for (;;) {
    try {
      return await enrolStation(order);
    } catch (error) {
      const away = error instanceof KeylineError && error.code === 'SERVICE_UNREACHABLE';
      if (!away || use.clock.monotonicMs() >= endMs) throw error;
    }
    await pause(use.clock, TRY_AGAIN_MS);
  }
}

function refuseOther(known: Enrolment | null, serviceUrl: string): void {
  if (known && known.serviceUrl !== serviceUrl) throw new KeylineError('ALREADY_ENROLLED', known.serviceUrl);
}

function originOf(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' || url.pathname !== '/' || url.search !== '' || url.username !== '')
    throw new KeylineError('USAGE', '--service is written https://host:port');
  return url.origin;
}

async function tokenOf(use: Use, { tokenFile, tokenFd }: EnrolOptions): Promise<string> {
  const text =
    tokenFile !== undefined
      ? readText(tokenFile)
      : tokenFd !== undefined
        ? textOf(readSecret(tokenFd))
        : await typedToken(use);
  const token = text.trim();
  if (token === '' || token.length > 128) throw new KeylineError('TOKEN_REFUSED', 'there is none, or it is too long');
  return token;
}

async function typedToken(use: Use): Promise<string> {
  const typed = await use.terminal.readHidden('Enrolment token: ');
  return typed === null ? '' : textOf(new Secret(typed));
}

function readText(path: string): string {
  try {
    if (statSync(path).size > MAX_FILE_BYTES) throw new Error('it is too long');
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new KeylineError('FILE_UNREADABLE', cause instanceof Error ? cause.message : path, {}, cause);
  }
}
