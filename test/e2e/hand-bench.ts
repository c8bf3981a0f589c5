// A bench in the test's own hands under the real window: a station's folder made by the command line, its window, and
// simulated boards that the test itself puts in and pulls out, as a technician does.
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { type StationApiClient, socketClient } from '../../cli/station-client.ts';
import { CaAnswer } from '../../contract/cli.ts';
import type { NewPerson } from '../../contract/people-api.ts';
import { dataFolderAt } from '../../db/data-folder.ts';
import type { StationQueries } from '../../db/queries.ts';
import type { AuditEvent } from '../../domain/audit-event.ts';
import { ERRORS, type ErrorCode, type ErrorRow } from '../../domain/error-table.ts';
import { assert, KeylineError } from '../../domain/errors.ts';
import { planDevices } from '../../simulator/device-plan.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../../simulator/simulator-process.ts';
import { socketAddress } from '../../station/api/socket-address.ts';
import type { CertificateRow, JobRow } from '../../station/records/record-store.ts';
import { keyline, keylineJson, RECIPE } from '../system/keyline-process.ts';
import { onRecord } from './on-record.ts';
import { BENCH_MS, openWindowApp, type WindowApp } from './window-app.ts';

/** One plan for every run: which board has which fault, and when it strikes. */
const SEED = 1;
/** As the practice bench's boards. */
const BAUD = 921_600;
export const SLOTS = 16;
/** Boards of a lot, and serials to spare for those that fail. */
const LOT_BOARDS = 200;

interface HandBenchOrder {
  /** One board each, beside healthy ones. */
  readonly faults: readonly string[];
  readonly devices: number;
  /** Of a real station's keys; absent: a practice station, whose passphrase everybody knows. */
  readonly passphrase?: string;
  /** Name of a second CA of a practice station, on standby. */
  readonly standby?: string;
  /** Security service that the station is enrolled at; absent: none. */
  readonly service?: { readonly url: string; readonly caFile: string; readonly token: string };
}

export interface HandBench {
  readonly window: WindowApp;
  readonly page: Page;
  readonly boards: SimulatorProcess;
  /** Folder of the boards' ports: one name a slot. */
  readonly ports: string;
  /** Index of the board with this fault; of the n-th healthy one. */
  readonly board: (fault: string | number) => number;
  /** Makes and releases a lot; absent: of 200 boards. */
  readonly makeLot: (lotId: string, quantity?: number) => Promise<void>;
  readonly startLine: (lotId: string) => Promise<void>;
  readonly stopLine: () => Promise<void>;
  readonly holdLot: (lotId: string) => Promise<void>;
  /** One call of the station, as the officer who was added first, or its operator while there is nobody. */
  readonly ask: (call: (api: StationApiClient) => Promise<unknown>) => Promise<void>;
  /** The first one is an officer, who signs in at the terminal from then on. */
  readonly addPeople: (people: readonly Omit<NewPerson, 'badge'>[]) => Promise<void>;
  readonly read: <T>(look: (records: StationQueries) => T) => T;
  /** Certificates of the board, void ones included. */
  readonly certificates: (board: number) => readonly CertificateRow[];
  readonly jobs: (board: number) => readonly JobRow[];
  readonly audit: (type: AuditEvent['type']) => { readonly actorId: string; readonly body: Record<string, unknown> }[];
  readonly close: () => Promise<void>;
}

/** The window is open on the station; no lot runs. */
export async function openHandBench(order: HandBenchOrder): Promise<HandBench> {
  const dir = mkdtempSync(join(tmpdir(), 'keyline-hands-'));
  const { dataDir, practice } = await makeStation(dir, order);
  const window = await openWindowApp({ mode: 'real', dataDir });
  const ports = join(dir, 'ports');
  const boards = await startBoards(dir, ports, order);
  const { page } = window;
  await page.getByRole('heading', { name: 'Scan a work order' }).waitFor({ timeout: BENCH_MS });
  const terminal: Terminal = { officer: null };
  const ask = (call: (api: StationApiClient) => Promise<unknown>) => askStation(dataDir, call, terminal);
  const plan = planDevices(SEED, order.devices, order.faults);
  const board = (fault: string | number) => {
    const found =
      typeof fault === 'string'
        ? plan.find((each) => each.fault === fault)
        : plan.filter((each) => each.fault === null)[fault];
    if (!found) throw new Error(`there is no board ${fault}`);
    return found.index;
  };
  const read: HandBench['read'] = (look) => onRecord(dataDir, look);
  await ask((api) => api.bench.set({ ports, slots: SLOTS }));
  const hwid = (index: number) => plan[index]?.hwid ?? '';
  const devices = (records: StationQueries, index: number) => records.devicesByHwid(hwid(index));
  return {
    ...{ window, page, boards, ports, board, ask, read },
    async addPeople(people) {
      for (const person of people) {
        await ask((api) => api.people.add({ ...person, badge: null }));
        terminal.officer ??= person;
      }
    },
    certificates: (index) =>
      read((records) => devices(records, index).flatMap(({ deviceId }) => records.certificatesOf(deviceId))),
    jobs: (index) => read((records) => devices(records, index).flatMap(({ deviceId }) => records.jobsOf(deviceId))),
    async makeLot(lotId, quantity = LOT_BOARDS) {
      const serialRange = `${lotId}-0001..${lotId}-${String(quantity + LOT_BOARDS).padStart(4, '0')}`;
      const counts = { quantity, spare: LOT_BOARDS, stopAfter: 0 };
      const order = { lotId, orderId: lotId, practice, serialRange, recipePath: RECIPE, release: true };
      await ask((api) => api.lot.create({ ...order, ...counts }));
    },
    startLine: (lotId) => ask((api) => api.line.start({ lotId, bench: null })),
    stopLine: () => ask((api) => api.line.stop()),
    holdLot: (lotId) => ask((api) => api.lot.command({ lotId, command: 'hold', because: null, writeOff: false })),
    audit: (type) =>
      read((records) =>
        [...records.auditEvents()]
          .filter((event) => event.type === type)
          .map(({ actorId, body }) => ({ actorId, body: JSON.parse(body) })),
      ),
    async close() {
      await window.close();
      await boards.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function makeStation(dir: string, { passphrase, standby, service }: HandBenchOrder) {
  const dataDir = join(dir, 'station');
  const where = ['--data', dataDir];
  const practice = passphrase === undefined;
  const init = practice ? ['--practice'] : ['--organization', 'Example Devices', '--passphrase-fd', '3'];
  await keylineJson(CaAnswer, ['ca', 'init', ...init, ...where], practice ? {} : { secrets: [passphrase] });
  if (standby !== undefined) await keylineJson(CaAnswer, ['ca', 'init', standby, '--practice', ...where]);
  if (service !== undefined) {
    const { url, caFile, token } = service;
    const order = ['station', 'enrol', '--service', url, '--ca', caFile, '--token-fd', '3', '--practice', ...where];
    const { exitCode, said } = await keyline(order, { secrets: [token] });
    assert(exitCode === 0, said.join(' '));
  }
  return { dataDir, practice };
}

/** A board that a fault throws out of its slot stays out until the test puts it in again. */
async function startBoards(dir: string, ports: string, { faults, devices }: HandBenchOrder): Promise<SimulatorProcess> {
  const boards = await startSimulatorProcess(
    {
      ...{ slots: SLOTS, devices, dir: ports, stateDir: join(dir, 'devices'), baud: BAUD, seed: SEED },
      ...{ faults: [...faults], model: 'AQ-200', hardwareRevision: 'C', firmware: null },
    },
    (event) => {
      if (event.event === 'unplugged') void boards.eject(event.slot);
    },
  );
  return boards;
}

interface Terminal {
  officer: { readonly name: string; readonly pin: string } | null;
}

/** One call over the folder's socket, as another terminal makes it. Throws what the station says no with. */
async function askStation(
  dataDir: string,
  call: (api: StationApiClient) => Promise<unknown>,
  { officer }: Terminal,
): Promise<void> {
  const address = socketAddress({ path: dataFolderAt(dataDir).socket, platform: process.platform });
  const station = socketClient(address ?? '', async () => {
    if (officer === null) throw new KeylineError('NOT_SIGNED_IN');
    return { badge: null, name: officer.name, pin: officer.pin };
  });
  try {
    await call(station.api);
  } finally {
    await station.close();
  }
}

/** A slot's tile: its name for who cannot see it, and the word that is drawn. */
export function tile(page: Page, slot: number): Locator {
  return page.getByRole('button', { name: new RegExp(`^Slot ${slot}: `) });
}

/** The card of a slot, or of the line. */
export function cardAt(page: Page, place: string): Locator {
  return page.getByRole('article').filter({ hasText: new RegExp(`^${place} · `) });
}

interface CardSaid {
  readonly title: string;
  readonly meaning: string;
  readonly todo: string;
  /** Its own first; without those behind the dots. */
  readonly buttons: readonly string[];
}

/** What a card says; where it is not written out, after a touch that writes it out. */
export async function readCard(page: Page, place: string): Promise<CardSaid> {
  const card = cardAt(page, place);
  await card.waitFor({ timeout: BENCH_MS });
  const folded = card.getByRole('button', { name: /^Show what to do: / });
  if ((await folded.count()) > 0) await folded.click();
  const text = async (place: string) => (await card.locator(place).textContent()) ?? '';
  return {
    title: await text('.hd b'),
    meaning: await text('.hd b + span'),
    todo: await text('p'),
    buttons: (await card.getByRole('button').allTextContents()).filter((name) => name !== ''),
  };
}

/** What a card must say, from the table; `known` is what stands in place of its sentence. */
export function cardOf(place: string, code: ErrorCode, known?: string): CardSaid {
  const { tile, happened, todo, button }: ErrorRow = ERRORS[code];
  const meaning = known ?? happened.split('. ').at(-1)?.replace(/\.$/, '') ?? '';
  return { title: `${place} · ${tile}`, meaning, todo, buttons: button === '' ? [] : [button] };
}

/** What a station finds in place of a board: something that says back what it hears. The answer takes it out. */
export async function plugInEcho(ports: string, slot: number): Promise<() => void> {
  const echo = createServer((socket) => void socket.on('error', () => {}).pipe(socket));
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  const { port } = echo.address() as AddressInfo;
  const file = `${portOf(ports, slot)}.tcp`;
  writeFileSync(file, `127.0.0.1:${port}`);
  return () => {
    rmSync(file);
    echo.close();
  };
}

/** Where the simulator puts a slot's port. */
export function portOf(ports: string, slot: number): string {
  return join(ports, `slot-${String(slot).padStart(2, '0')}`);
}

/** Settles when the slot's tile begins so. */
export async function tileSays(page: Page, slot: number, words: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^Slot ${slot}: (${words})`) }).waitFor({ timeout: BENCH_MS });
}

/** Types the right passphrase into the card that asks for it; settles when it asks no more. */
export async function unlock(page: Page, passphrase: string): Promise<void> {
  const card = cardAt(page, 'Line');
  await card.getByLabel('Passphrase of the signing key').fill(passphrase);
  await card.getByRole('button', { name: 'Unlock' }).click();
  await card.waitFor({ state: 'detached' });
}
