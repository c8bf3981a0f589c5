// `device show|list`: records of devices. Reads only, also while a station writes. What decides is beside it.
import type { Command } from 'commander';
import type { z } from 'zod';
import { DeviceAnswer, DeviceListAnswer, ListedOutcome } from '../../contract/cli.ts';
import type { ListedDevice } from '../../db/device-queries.ts';
import { openQueries, type StationQueries } from '../../db/queries.ts';
import type { ErrorCode } from '../../domain/error-table.ts';
import { assert, errorRow, KeylineError } from '../../domain/errors.ts';
import { DeviceSerial, HardwareId, Name } from '../../domain/ids.ts';
import type { Outcome } from '../../domain/job.ts';
import { type KeyTerms, keyTermsText } from '../../domain/recipe.ts';
import type { DeviceRow } from '../../station/records/record-store.ts';
import { example, execute, fitting, type Registry } from '../command-line.ts';
import { type ExitCode, tell } from '../outcome.ts';
import type { CommonOptions, Use } from '../surroundings.ts';
import { registerDeviceDecide } from './device-decide.ts';
import { registerDeviceExport } from './device-export.ts';

/** Devices read at once. */
const PAGE = 1000;

interface ListOptions extends CommonOptions {
  readonly lot?: string;
  readonly outcome?: ListedOutcome;
}

export function registerDevice(root: Command, registry: Registry): void {
  const device = example(root.command('device').description('records of devices'), 'help device export');
  const show = device
    .command('show')
    .description('all about one device')
    .argument('<device>', 'device serial or hardware id');
  example(show, 'device show AQ-0001').action((name: string) =>
    execute(registry, show.optsWithGlobals(), (use) => showDevice(use, name)),
  );
  const list = device
    .command('list')
    .description('list devices, each by its last job')
    .option('--lot <name>', 'of this lot only', fitting(Name, 'the name of a lot'))
    .option(
      '--outcome <word>',
      'with this outcome only',
      fitting(ListedOutcome, 'passed, failed, errored, aborted or running'),
    );
  example(list, 'device list --lot L-1 --json').action(() => {
    const options = list.optsWithGlobals<ListOptions>();
    return execute(registry, options, (use) => listDevices(use, options));
  });
  registerDeviceExport(device, registry);
  registerDeviceDecide(device, registry);
}

async function listDevices(use: Use, { lot, outcome }: ListOptions): Promise<ExitCode> {
  const records = openQueries(use.folder.stationDatabase);
  try {
    const devices: z.infer<typeof DeviceListAnswer>['devices'] = [];
    const filter = { limit: PAGE, ...(lot !== undefined && { lotId: lot }), ...(outcome !== undefined && { outcome }) };
    for (let after: number | null = 0; after !== null; ) {
      const page: ReturnType<StationQueries['devices']> = records.devices({ ...filter, after });
      devices.push(...page.devices.map((row) => listed(row, records.keyTerms(row.lotId))));
      after = page.next;
    }
    const lines = devices.map(
      (row) =>
        `${(row.deviceSerial ?? '–').padEnd(12)}  ${row.hwid}  ${outcomeText(row.outcome, row.code)}  ${row.registration ?? ''}`,
    );
    tell(use, DeviceListAnswer, { devices }, lines.length === 0 ? ['There is no such device.'] : lines);
    return 0;
  } finally {
    records.close();
  }
}

function listed(row: ListedDevice, terms: KeyTerms): z.infer<typeof DeviceListAnswer>['devices'][number] {
  const { deviceSerial, hwid, hardwareType, model, revision, simulated } = row;
  const { lotId, slot, outcome, code, fingerprint, registration } = row;
  return {
    ...{ deviceSerial, hwid, hardwareType, model, revision, simulated },
    ...{ lotId, slot, outcome, code, fingerprint, registration, ...terms },
  };
}

async function showDevice(use: Use, name: string): Promise<ExitCode> {
  const records = openQueries(use.folder.stationDatabase);
  try {
    const found = records.together(() => {
      const row = deviceNamed(records, name);
      const certificates = records.certificatesOf(row.deviceId);
      const terms = certificates.map(({ lotId }) => records.keyTerms(lotId));
      return { row, jobs: records.jobsOf(row.deviceId), certificates, terms };
    });
    const { deviceSerial, hwid, hardwareType, model, revision, simulated, firstSeenMs } = found.row;
    const device = {
      ...{ deviceSerial, hwid, hardwareType, model, revision, simulated, firstSeenMs },
      jobs: found.jobs.map(({ jobId, lotId, slot, outcome, code, startedMs, endedMs }) => {
        return { jobId, lotId, slot, outcome, code, startedMs, endedMs };
      }),
      certificates: found.certificates.map((row, index) => {
        const { certificateSerialNumber, state, reason, fingerprint, spkiSha256, issuerId } = row;
        const terms = found.terms[index];
        assert(terms, 'each certificate has its lot');
        return { certificateSerialNumber, state, ...terms, reason, fingerprint, spkiSha256, issuerId };
      }),
    };
    tell(use, DeviceAnswer, { device }, [
      `${deviceSerial ?? 'No serial yet'}, ${model} revision ${revision}, hardware id ${hwid}${simulated ? ', simulated' : ''}`,
      ...device.jobs.map(
        (job) => `Job ${job.jobId}, lot ${job.lotId}, slot ${job.slot}: ${outcomeText(job.outcome, job.code)}`,
      ),
      ...device.certificates.map(
        (row) =>
          `Certificate ${row.certificateSerialNumber}: ${row.state}${row.reason ? `, ${row.reason}` : ''}; ${keyTermsText(row)}`,
      ),
    ]);
    return 0;
  } finally {
    records.close();
  }
}

/** By serial, else by hardware id; two hardware types with one id are told apart by the serial only. */
function deviceNamed(records: StationQueries, name: string): DeviceRow {
  const bySerial = DeviceSerial.safeParse(name).success ? records.deviceBySerial(name) : null;
  const row = bySerial ?? (HardwareId.safeParse(name).success ? records.devicesByHwid(name)[0] : undefined);
  if (!row) throw new KeylineError('DEVICE_UNKNOWN', name.slice(0, 64));
  return row;
}

function outcomeText(outcome: Outcome | null, code: ErrorCode | null): string {
  const word = outcome ?? 'in work';
  return code === null ? word : `${word} (${errorRow(code).tile})`;
}
