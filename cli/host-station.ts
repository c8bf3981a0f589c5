// The composition root of a station in this process: data folder, keys, log, ports and cloud become one Station, served
// on the folder's socket and to this process alike.
import { copyMaker } from '../db/backup-folder.ts';
import { bundleFile } from '../db/bundle-file.ts';
import { appendCheckpoint } from '../db/checkpoint-copies.ts';
import { boardsFit, freeBytes, spaceVerdict } from '../db/disk-space.ts';
import { exportFile } from '../db/export-file.ts';
import { journalReader } from '../db/journal-reading.ts';
import { lotFiles } from '../db/lot-files.ts';
import { reportFiles } from '../db/report-files.ts';
import { serveLocalSocket } from '../station/api/local-socket.ts';
import { type StationRouter, stationRouter } from '../station/api/station-router.ts';
import { type CaShelf, loadCas } from '../station/identity/ca-folder.ts';
import { sealInChild } from '../station/identity/injection/seal-in-child.ts';
import type { Secret } from '../station/identity/secret.ts';
import type { LabelPrinters } from '../station/labels/label-printers.ts';
import { zplPrinter } from '../station/labels/zpl-printer.ts';
import type { Print } from '../station/lots/report-desk.ts';
import { connectSecurityService } from '../station/outbox/connectors/security-service.ts';
import type { Enrolment } from '../station/outbox/enrolment.ts';
import { portSourceFrom } from '../station/port/port-source.ts';
import { adoptCas } from '../station/records/ca-records.ts';
import { activeCa } from '../station/records/ca-store.ts';
import { Checkpoints } from '../station/records/checkpoints.ts';
import { Station } from '../station/station.ts';
import type { OpenKeys, StationParts } from '../station/station-parts.ts';
import { type OpenFolder, openFolder } from './open-folder.ts';
import { routerClient, type StationClient } from './station-client.ts';
import { type KeyOrder, keysThere, type StationKeys, secretNames, unlockKeys, unlockToken } from './station-keys.ts';
import { openStationLog, type StationLog } from './station-log.ts';
import { supportFiles } from './support-files.ts';
import type { Use } from './surroundings.ts';
import { boundYoungGeneration } from './young-generation.ts';

/**
 * Longest that a call from outside is waited for once the line stands: a PIN, a report, a pass of the outbox. A copy of
 * all records may take longer; the station finishes it by itself, and only its caller is not told.
 */
const CALLS_MS = 30_000;

export interface HostOrder {
  /** As `openFolder`. */
  readonly practice: boolean | null;
  /** Asks for the passphrase of the keys and opens them; else they stay locked until somebody unlocks them. */
  readonly unlock: boolean;
  /**
   * Name of the CA whose key has to open, and whose PIN is asked for, as one that takes over from a lost one; null: none
   * has to, as where nothing is signed. Absent: the active CA.
   */
  readonly ca?: string | null;
  /** Prints on this computer's printers; absent where no window is there to reach them. */
  readonly systemPrinter?: LabelPrinters['system'];
  /** Prints lots' reports; absent where there is no window. */
  readonly print?: Print;
  /** Opens the window on the practice bench in place of this station; absent where there is no window. */
  readonly practise?: () => void;
}

export interface HostedStation {
  readonly client: StationClient;
  /** For whoever serves it over a wire of its own. */
  readonly router: StationRouter;
  readonly log: StationLog['log'];
  /** Rejects when a bug shows: the process is to end at once, be started again and resume. */
  readonly fault: Promise<never>;
  /** Boards in work are finished first. */
  close(): Promise<void>;
}

/** Throws as `openFolder`, as `unlockKeys`, and what the station's start refuses. */
export async function hostStation(use: Use, order: HostOrder): Promise<HostedStation> {
  boundYoungGeneration();
  const open = openFolder(use, order.practice);
  const log = openStationLog(open.folder.logs);
  try {
    const shelf = await loadCas(open.folder.keys);
    adoptCas(open.recorder, shelf.whole);
    const parts = { shelf, systemPrinter: order.systemPrinter ?? null, ...(await keysOf(use, open, shelf, order)) };
    const { print, practise } = order;
    return await serve(use, open, log, { ...parts, ...(print && { print }), ...(practise && { practise }) });
  } catch (error) {
    log.close();
    open.close();
    throw error;
  }
}

type Keys = Pick<StationParts, 'keys' | 'lockedKeys' | 'shelf'>;
/** What the host hands to the station beside the folder's own. */
type Handed = Keys & Pick<StationParts, 'print' | 'practise'> & { readonly systemPrinter: LabelPrinters['system'] };

const NO_KEYS: StationKeys = { issuers: [], stationKey: null, factorySecrets: new Map() };

async function keysOf(
  use: Use,
  open: OpenFolder,
  { whole: cas }: CaShelf,
  { unlock, ca }: HostOrder,
): Promise<Omit<Keys, 'shelf'>> {
  const { folder, station, store } = open;
  const order: KeyOrder = {
    practice: station.practice,
    cas,
    neededId:
      (ca === undefined ? activeCa(store)?.issuerId : cas.find(({ name }) => name === ca)?.chain.issuerId) ?? null,
    random: use.random,
  };
  if (unlock) {
    const from = use.passphrase(station.practice);
    const opened = await unlockKeys(folder, from.known, order).finally(from.wipe);
    const token = await unlockToken(use.pin, order, use.clock);
    const issuers = token ? [...opened.issuers, token] : opened.issuers;
    return { keys: openKeys(open, { ...opened, issuers }), lockedKeys: null };
  }
  const known = keysThere(folder);
  const unlocked = async (passphrase: Secret) =>
    openKeys(open, await unlockKeys(folder, async () => passphrase, order));
  const lockedKeys = known.ca || known.stationKey ? { open: unlocked } : null;
  return { keys: openKeys(open, NO_KEYS), lockedKeys };
}

function openKeys({ folder, station }: OpenFolder, { issuers, stationKey, factorySecrets }: StationKeys): OpenKeys {
  const connect =
    stationKey && ((enrolment: Enrolment) => connectSecurityService(enrolment, stationKey.tlsKey(), station.epoch));
  return {
    ...{ issuers, connect, books: connect, sign: stationKey?.sign ?? null, spki: stationKey?.spki ?? null },
    factorySecrets,
    checkpoints:
      stationKey &&
      ((recorder) => new Checkpoints(recorder, stationKey.sign, (signed) => appendCheckpoint(folder.backup, signed))),
  };
}

async function serve(use: Use, open: OpenFolder, log: StationLog, keys: Handed): Promise<HostedStation> {
  const { promise: fault, reject } = Promise.withResolvers<never>();
  // Whoever hosts may not look at it yet.
  fault.catch(() => {});
  const onBug = (bug: unknown) => {
    log.log.error({ err: bug }, 'a fault of our own');
    reject(bug);
  };
  const station = new Station(partsOf(use, open, log, keys, onBug));
  // After each board, so that records that miss one are known.
  station.watch(({ type }) => void (type === 'job-ended' && open.mark()));
  const router = stationRouter(station, {
    bug: (bug) => log.log.error({ err: bug }, 'a call failed by a fault of our own'),
    misread: (call) => log.log.warn({ call }, 'a call that does not follow its format was refused'),
  });
  const place = { path: open.folder.socket, platform: use.around.platform };
  const socket = await serveLocalSocket(router, place).catch(async (error: unknown) => {
    await station.close();
    throw error;
  });
  log.log.info({ stationId: open.station.stationId }, 'the station is here');
  const client = routerClient(router, use.askPerson);
  return {
    client,
    router,
    log: log.log,
    fault,
    async close() {
      // Before the socket: no board is let in for as long as some call takes.
      const lineEnded = station.endLine();
      const socketClosed = socket.close();
      await Promise.allSettled([lineEnded]);
      const cancel = use.clock.after(CALLS_MS, () => socket.cut());
      await socketClosed;
      cancel();
      await client.close();
      await station.close();
      log.log.info({}, 'the station has gone');
      log.close();
      open.close();
    },
  };
}

function partsOf(
  { clock, random, node, around }: Use,
  { folder, store, station, copyTo }: OpenFolder,
  { log }: StationLog,
  { systemPrinter, ...keys }: Handed,
  onBug: (bug: unknown) => void,
): StationParts {
  return {
    ...{ clock, random, log, onBug, ...keys },
    stores: {
      ...{ records: store, outbox: store, enrolments: store, people: store, settings: store, lotPages: store },
      files: lotFiles(folder),
      reports: reportFiles(folder),
    },
    holdsFactorySecret: (name) => secretNames(folder, station.practice).includes(name),
    seal: sealInChild(node, clock),
    reconcile: store,
    carry: store,
    keepBundle: bundleFile(folder.path),
    printers: { network: zplPrinter(clock), system: systemPrinter },
    devices: store.devices,
    keepFile: (fileName, text) => exportFile(folder.path, fileName, text),
    journal: { store, reader: journalReader(folder) },
    sending: store,
    copies: copyMaker(folder, station.stationId, { store, copyTo }),
    support: supportFiles({ folder, around }),
    ports: (text, slots) => portSourceFrom(text, slots, clock),
    hasSpace: () => spaceVerdict(freeBytes(folder.path)) === 'ok',
    boardsFit: () => boardsFit(freeBytes(folder.path)),
  };
}
