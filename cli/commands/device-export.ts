// `device export`: devices with a live certificate, as PEM files, CSV or JSON (FORMATS.md). Row by row: a lot of a
// million devices needs no more memory than one of ten.
import { closeSync, fsyncSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { DeviceExportAnswer, ExportedDevice, ExportFormat } from '../../contract/cli.ts';
import { openQueries, type StationQueries } from '../../db/queries.ts';
import { clearAway, putInPlace } from '../../db/whole-file.ts';
import { csvRow } from '../../domain/csv.ts';
import { KeylineError } from '../../domain/errors.ts';
import { Name } from '../../domain/ids.ts';
import { toPem } from '../../pki/pem.ts';
import type { Ca } from '../../station/identity/ca-folder.ts';
import { usedCasOf } from '../ca-record.ts';
import { example, execute, fitting, type Registry } from '../command-line.ts';
import { type ExitCode, tell } from '../outcome.ts';
import type { CommonOptions, Use } from '../surroundings.ts';

interface ExportOptions extends CommonOptions {
  readonly format: ExportFormat;
  readonly out: string;
  readonly lot?: string;
}

export function registerDeviceExport(device: Command, registry: Registry): void {
  const command = device
    .command('export')
    .description('write all devices with a live certificate to files')
    .requiredOption('--out <dir>', 'folder of the files; made when it is not there')
    .option('--format <word>', 'pem, csv or json', fitting(ExportFormat, 'pem, csv or json'), 'pem')
    .option('--lot <name>', 'of this lot only', fitting(Name, 'the name of a lot'));
  example(command, 'device export --format pem --out certificates').action(() => {
    const options = command.optsWithGlobals<ExportOptions>();
    return execute(registry, options, (use) => exportDevices(use, options));
  });
}

async function exportDevices(use: Use, { format, out, lot }: ExportOptions): Promise<ExitCode> {
  const folder = resolve(out);
  const records = openQueries(use.folder.stationDatabase);
  try {
    const rows = exported(records, lot);
    const files = format === 'pem' ? await pemFiles(folder, await usedCasOf(use)) : [join(folder, `devices.${format}`)];
    const devices = writing(() => WRITERS[format](folder, rows));
    const lines = [`${devices} devices in ${folder}.`];
    tell(use, DeviceExportAnswer, { format, devices, files }, lines);
    return 0;
  } finally {
    records.close();
  }
}

function* exported(records: StationQueries, lot: string | undefined): IterableIterator<ExportedDevice> {
  for (const { certificate, ...row } of records.liveDevices(lot))
    yield { ...row, ...records.keyTerms(row.lotId), certificate: toPem('CERTIFICATE', certificate) };
}

const WRITERS: Record<ExportFormat, (folder: string, rows: Iterable<ExportedDevice>) => number> = {
  pem: writePem,
  csv: (folder, rows) => writeRows(folder, 'devices.csv', csvLines(rows)),
  json: (folder, rows) => writeRows(folder, 'devices.json', jsonLines(rows)),
};

/** Of every CA that has signed: devices of a retired one are devices still. */
async function pemFiles(folder: string, cas: readonly Ca[]): Promise<string[]> {
  const files = [join(folder, 'root.pem'), join(folder, 'issuing.pem'), join(folder, 'devices')] as const;
  writing(() => {
    mkdirSync(files[2], { recursive: true });
    writeFileSync(files[0], pemOf(cas.map(({ chain }) => chain.root)));
    writeFileSync(files[1], pemOf(cas.flatMap(({ chain }) => chain.intermediates)));
  });
  return [...files];
}

/** Each once. */
function pemOf(certificates: readonly Uint8Array[]): string {
  return [...new Set(certificates.map((der) => toPem('CERTIFICATE', der)))].join('');
}

function writePem(folder: string, rows: Iterable<ExportedDevice>): number {
  let devices = 0;
  for (const { deviceSerial, certificate } of rows) {
    // A device serial is letters, digits and `-`: it names no other folder.
    writeFileSync(join(folder, 'devices', `${deviceSerial}.pem`), certificate);
    devices++;
  }
  return devices;
}

interface Line {
  readonly text: string;
  /** The line is one device. */
  readonly device: boolean;
}

function* csvLines(rows: Iterable<ExportedDevice>): IterableIterator<Line> {
  const columns = ExportedDevice.keyof().options;
  yield { text: csvRow(columns), device: false };
  for (const row of rows) {
    const cells = { ...row, certificate: oneLine(row.certificate) };
    yield { text: csvRow(columns.map((column) => cells[column] ?? '')), device: true };
  }
}

/** PEM begins with a formula character, and behind an apostrophe it would be none: DER in Base64 instead. */
function oneLine(pem: string): string {
  return pem.replaceAll(/-----[A-Z ]+-----|\s/g, '');
}

function* jsonLines(rows: Iterable<ExportedDevice>): IterableIterator<Line> {
  let opening = '{"devices":[\n';
  for (const row of rows) {
    yield { text: `${opening}${JSON.stringify(row)}`, device: true };
    opening = ',\n';
  }
  yield { text: opening === ',\n' ? '\n]}\n' : `${opening}]}\n`, device: false };
}

/** Whole or not at all: a file of this name that somebody has is replaced by a whole one alone. */
function writeRows(folder: string, name: string, lines: Iterable<Line>): number {
  mkdirSync(folder, { recursive: true });
  const [file, partial] = [join(folder, name), join(folder, `${name}.partial`)];
  let devices = 0;
  try {
    const handle = openSync(partial, 'w');
    try {
      for (const { text, device } of lines) {
        // All of it: a disk that fills up may take some and say nothing.
        writeFileSync(handle, text);
        if (device) devices++;
      }
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    putInPlace(partial, file);
  } catch (cause) {
    clearAway(partial);
    throw cause;
  }
  return devices;
}

/** What a write to an open file refuses names no path. */
function writing<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw new KeylineError('FILE_UNWRITABLE', cause.message, {}, cause);
  }
}
