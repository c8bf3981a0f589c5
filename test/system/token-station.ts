// A practice station whose signing key lies in a software token, with its service and a bench of virtual boards. Every
// program is a process of its own, started as a person starts it; the PIN goes over a descriptor. Verdicts are read from
// the station's database by plain SQL.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { type StationApiClient, socketClient } from '../../cli/station-client.ts';
import { EnrolAnswer, ServiceAnswer, SyncAnswer, TokenAnswer } from '../../contract/cli.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../../simulator/simulator-process.ts';
import { socketAddress } from '../../station/api/socket-address.ts';
import { keyline, keylineJson, keylineServing, RECIPE, type Serving } from './keyline-process.ts';
import { makeSoftToken, type SoftToken } from './soft-token.ts';

const KEYLINE = fileURLToPath(new URL('../../cli/bin.mjs', import.meta.url));
/** Any one wait, milliseconds: thrice the slowest lot that was seen on two busy cores. */
const WAIT_MS = 120_000;
const LOOK_MS = 10;

export interface Verdict {
  readonly passed: number;
  readonly signatures: number;
  readonly live: number;
  readonly void: number;
  readonly inWork: number;
  /** Keys or devices that more than one certificate stands for. */
  readonly twice: number;
  /** Certificates whose signed bytes are not those that were recorded before. */
  readonly otherBytes: number;
}

/** A lot whose line runs in a process of its own, all boards in their slots. */
export interface RunningLot {
  readonly lotId: string;
  readonly line: ChildProcess;
  readonly simulator: SimulatorProcess;
  /** Its exit code. */
  readonly ended: Promise<number | null>;
  /** What it said to people. */
  readonly said: string[];
}

export class TokenStation {
  readonly dir = mkdtempSync(join(tmpdir(), 'keyline-token-line-'));
  readonly folder = join(this.dir, 'station');
  readonly serviceFolder = join(this.dir, 'service');
  readonly token: SoftToken = makeSoftToken();
  #service: Serving<z.infer<typeof ServiceAnswer>> | null = null;
  #lots = 0;

  async setUp(): Promise<void> {
    const { token } = this;
    const service = ['--practice', '--data', this.serviceFolder];
    this.#service = await keylineServing(ServiceAnswer, ['service', ...service, '--port', '0']);
    const { url, caFile } = this.#service.answer;
    const enrolment = await keylineJson(TokenAnswer, ['service', 'token', ...service]);
    const mine = ['--practice', '--data', this.folder];
    const enrol = ['station', 'enrol', '--service', url, '--ca', caFile, '--token-fd', '3', ...mine];
    await keylineJson(EnrolAnswer, enrol, { secrets: [enrolment.answer.token] });
    const key = ['--token', token.label, '--token-module', token.module, '--token-key', 'issuing'];
    const made = await keyline(['ca', 'init', ...key, '--pin-fd', '3', ...mine], { secrets: [token.pin] });
    if (made.exitCode !== 0) throw new Error(made.said.join(' '));
  }

  /** Where boards ask to be let in. */
  get service(): { readonly host: string; readonly port: number; readonly ca: string } {
    if (!this.#service) throw new Error('the service was not started');
    const { url, caFile } = this.#service.answer;
    const { hostname, port } = new URL(url);
    return { host: hostname, port: Number(port), ca: readFileSync(caFile, 'utf8') };
  }

  /**
   * Starts a lot and its line; `quantity` above `boards` keeps the line running after the last. `before` is called before
   * any board is in its slot.
   */
  async begin(boards: number, quantity = boards, before?: (lot: RunningLot) => Promise<void>): Promise<RunningLot> {
    const lotId = `T${++this.#lots}`;
    const bench = join(this.dir, `bench-${lotId}`);
    const simulator = await startSimulatorProcess(
      {
        ...{ slots: boards, devices: boards, dir: bench, stateDir: join(this.dir, `devices-${lotId}`), baud: 0 },
        ...{ seed: this.#lots, faults: [], model: 'AQ-200', hardwareRevision: 'C', firmware: null },
      },
      () => {},
    );
    const range = `${lotId}-001..${lotId}-${String(2 * quantity).padStart(3, '0')}`;
    const order = ['--quantity', String(quantity), '--spare', String(quantity), '--range', range, '--stop-after', '0'];
    const create = ['lot', 'create', lotId, '--recipe', RECIPE, '--practice', '--release', ...order];
    const created = await keyline([...create, '--data', this.folder]);
    if (created.exitCode !== 0) throw new Error(created.said.join(' '));
    const run = ['run', '--lot', lotId, '--ports', bench, '--slots', String(boards), '--data', this.folder];
    const line = spawn(process.execPath, [KEYLINE, ...run, '--json', '--pin-fd', '3'], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    line.stderr?.setEncoding('utf8').on('data', (text: string) => said.push(text.trimEnd()));
    const pin = line.stdio[3];
    if (pin && 'end' in pin) pin.end(`${this.token.pin}\n`);
    const ended = once(line, 'close').then(([code]) => code);
    const lot = { lotId, line, simulator, ended, said };
    await before?.(lot);
    for (let slot = 1; slot <= boards; slot++) await simulator.insert(slot, slot - 1);
    return lot;
  }

  /** Settles when it holds, or the line has ended; whether it holds. */
  async until({ line, said }: RunningLot, holds: () => Promise<boolean> | boolean): Promise<boolean> {
    for (let tries = WAIT_MS / LOOK_MS; tries > 0; tries--) {
      if (await holds()) return true;
      if (line.exitCode !== null || line.signalCode !== null) return holds();
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    throw new Error(`it never came: ${said.slice(-5).join(' | ')}`);
  }

  /** Settles when the line runs, so that its keys are open. */
  async open(lot: RunningLot): Promise<void> {
    await this.until(lot, async () => (await this.#ask((api) => api.status()).catch(() => null))?.lineRunning === true);
  }

  /** Why the running line is stopped, or null; also null while it cannot be asked. */
  async stoppedBy(): Promise<string | null> {
    const asked = await this.#ask((api) => api.status()).catch(() => null);
    return asked?.stoppedBy ?? null;
  }

  async #ask<T>(call: (api: StationApiClient) => Promise<T>): Promise<T | null> {
    const address = socketAddress({ path: join(this.folder, 'socket'), platform: process.platform });
    if (address === null) return null;
    const client = socketClient(address);
    try {
      return await call(client.api);
    } finally {
      await client.close();
    }
  }

  /** `keyline signing login` from another terminal. */
  async login(): Promise<void> {
    const { exitCode, said } = await keyline(['signing', 'login', '--data', this.folder, '--pin-fd', '3'], {
      secrets: [this.token.pin],
    });
    if (exitCode !== 0) throw new Error(said.join(' '));
  }

  /** Ends the bench and closes the lot. */
  async end({ lotId, simulator }: RunningLot): Promise<void> {
    await simulator.stop();
    const closed = await keyline(['lot', 'close', lotId, '--data', this.folder, '--pin-fd', '3'], {
      secrets: [this.token.pin],
    });
    if (closed.exitCode !== 0) throw new Error(closed.said.join(' '));
  }

  async sync(): Promise<z.infer<typeof SyncAnswer>> {
    const order = ['sync', '--once', '--data', this.folder, '--pin-fd', '3'];
    return (await keylineJson(SyncAnswer, order, { secrets: [this.token.pin] })).answer;
  }

  signatures(lotId: string): number {
    return this.#count('SELECT count(*) AS n FROM certificate WHERE lot_id = ?', lotId);
  }

  passed(lotId: string): number {
    return this.#count("SELECT count(DISTINCT device_id) AS n FROM job WHERE lot_id = ? AND outcome = 'passed'", lotId);
  }

  /** Ids of certificates that are recorded and not signed, with their to-be-signed bytes in hex. */
  intended(lotId: string): ReadonlyMap<number, string> {
    const rows = this.#rows(
      'SELECT certificate_id AS id, hex(tbs) AS tbs FROM certificate WHERE lot_id = ? AND certificate IS NULL',
      lotId,
    );
    const Row = z.object({ id: z.number(), tbs: z.string() });
    return new Map(rows.map((row) => Row.parse(row)).map(({ id, tbs }) => [id, tbs]));
  }

  /** Whether these very bytes were signed after all. */
  signedAsIntended(intended: ReadonlyMap<number, string>, lotId: string): boolean {
    const Row = z.object({ id: z.number(), certificate: z.string().nullable() });
    const rows = this.#rows(
      'SELECT certificate_id AS id, hex(certificate) AS certificate FROM certificate WHERE lot_id = ?',
      lotId,
    ).map((row) => Row.parse(row));
    const certificates = new Map(rows.map(({ id, certificate }) => [id, certificate ?? '']));
    return [...intended].every(([id, tbs]) => certificates.get(id)?.includes(tbs) === true);
  }

  verdict(lotId: string): Verdict {
    const certificates = (where: string) =>
      this.#count(`SELECT count(*) AS n FROM certificate WHERE lot_id = ? AND ${where}`, lotId);
    const twice = (column: string, where: string) =>
      this.#count(
        `SELECT count(*) AS n FROM (SELECT 1 FROM certificate WHERE lot_id = ? AND ${where}
          GROUP BY ${column} HAVING count(*) > 1)`,
        lotId,
      );
    return {
      passed: this.passed(lotId),
      signatures: this.signatures(lotId),
      live: certificates("state = 'live'"),
      void: certificates("state = 'void'"),
      inWork: certificates("state NOT IN ('live', 'void')"),
      twice: twice('spki_sha256', '1') + twice('device_id', "state <> 'void'"),
      otherBytes: certificates('certificate IS NOT NULL AND instr(certificate, tbs) = 0'),
    };
  }

  #count(sql: string, lotId: string): number {
    return z.object({ n: z.number() }).parse(this.#rows(sql, lotId)[0] ?? { n: 0 }).n;
  }

  #rows(sql: string, lotId: string): unknown[] {
    const file = join(this.folder, 'station.db');
    if (!existsSync(file)) return [];
    const database = new Database(file, { readonly: true });
    try {
      return database.prepare(sql).all(lotId);
    } finally {
      database.close();
    }
  }

  async tearDown(): Promise<void> {
    await this.#service?.stop();
    this.token.dispose();
    rmSync(this.dir, { recursive: true, force: true });
  }
}
