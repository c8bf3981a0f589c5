// The desk of devices: finds them, tells their records, asks a board in a slot to prove itself, and takes what people
// decide about one. Refuses what the person's role or the record does not allow.
import type {
  DeviceQuery,
  DeviceRecord,
  FoundPage,
  IdentityCheck,
  SavedRecord,
  SecondPerson,
  SeenDevice,
} from '../contract/devices-api.ts';
import type { AuditEvent } from '../domain/audit-event.ts';
import { KeylineError } from '../domain/errors.ts';
import { DeviceSerial, HardwareId } from '../domain/ids.ts';
import { type Role, roleAllows } from '../domain/person.ts';
import { keyTerms, Recipe } from '../domain/recipe.ts';
import type { Clock } from '../domain/seams.ts';
import type { LastCopies } from './copies/copy-settings.ts';
import type { DeviceBooks } from './device-books.ts';
import { evidenceOf } from './device-evidence.ts';
import { sealOf } from './device-seal.ts';
import { actsOf, attemptOf, eventOf, identityOf, lastWord } from './device-view.ts';
import type { CaShelf } from './identity/ca-folder.ts';
import { chainItems } from './identity/chain-items.ts';
import { checkIdentity } from './identity-check.ts';
import type { Line } from './line/line.ts';
import { lotPace } from './line/lot-pace.ts';
import type { People } from './people/people.ts';
import { DeviceRecords } from './records/device-records.ts';
import type { JobRecords } from './records/job-records.ts';
import type { CertificateRow, DeviceRow } from './records/record-store.ts';
import type { Recorder } from './records/recorder.ts';
import type { StationIdentity } from './station-identity.ts';

export interface DeviceDeskParts {
  readonly clock: Clock;
  readonly recorder: Recorder;
  readonly jobs: JobRecords;
  readonly people: Pick<People, 'any' | 'nameOf' | 'roleOf' | 'vouch'>;
  /** Null in a world where nobody looks for a device. */
  readonly books: DeviceBooks | null;
  readonly shelf: CaShelf;
  readonly identity: () => StationIdentity | null;
  readonly line: () => Line | null;
  readonly lastCopies: () => LastCopies | null;
  /** Writes a file of that name for people; its absolute path. */
  readonly keepFile: (fileName: string, text: string) => string;
  /** Counts, certificates and entries are others now. */
  readonly changed: (lotId: string) => void;
}

/** What a board that came leaves on record: its job began, went on, or did neither. */
const SEEN: ReadonlySet<AuditEvent['type']> = new Set(['device-seen', 'job-resumed', 'device-seen-again']);

export interface Decided {
  readonly deviceId: number;
  readonly reason: string;
}

export interface DecidedAsSeen extends Decided {
  readonly seen: SeenDevice;
}

export class DeviceDesk {
  readonly #parts: DeviceDeskParts;
  readonly #records: DeviceRecords;

  constructor(parts: DeviceDeskParts) {
    this.#parts = parts;
    this.#records = new DeviceRecords(parts.recorder, parts.jobs);
  }

  find(query: DeviceQuery): FoundPage {
    const { devices, next } = this.#books.find(query);
    return { devices: [...devices], next, onRecord: this.#books.devicesOnRecord() };
  }

  /** By device serial, else by hardware id; null: no such record. */
  show(name: string): DeviceRecord | null {
    const serial = name.toUpperCase();
    const hwid = name.replaceAll(':', '').toLowerCase();
    const bySerial = DeviceSerial.safeParse(serial).success ? this.#books.deviceBySerial(serial) : null;
    const device = bySerial ?? (HardwareId.safeParse(hwid).success ? this.#books.devicesByHwid(hwid)[0] : null);
    return device ? this.#record(device) : null;
  }

  /** Throws DEVICE_UNKNOWN, NO_IDENTITY, CA_UNKNOWN, DEVICE_NOT_HERE, DEVICE_IN_WORK, and as the board's answer. */
  async check(actorId: string, deviceId: number): Promise<IdentityCheck> {
    const { recorder, line, shelf } = this.#parts;
    const device = this.#device(deviceId);
    const certificate = this.#certificate(deviceId);
    if (!certificate?.fingerprint) throw new KeylineError('NO_IDENTITY', device.hwid);
    const here = line();
    if (!here) throw new KeylineError('DEVICE_NOT_HERE', 'no line runs');
    const recipe = this.#recipeOf(certificate.lotId);
    const ca = shelf.whole.find(({ chain }) => chain.issuerId === certificate.issuerId);
    // No word that it is as the record says, where half of that cannot be compared.
    if (!ca) throw new KeylineError('CA_UNKNOWN', 'its CA is not in the data folder');
    return checkIdentity({ recorder, line: here, device, certificate, actorId, recipe, chain: chainItems(ca.chain) });
  }

  /** A board in doubt may be another one with its id: that takes a supervisor. Throws NOT_ALLOWED, ROW_CHANGED, and as `DeviceRecords.rework`. */
  rework(actorId: string, order: DecidedAsSeen): DeviceRecord {
    if (this.#isInDoubt(this.#device(order.deviceId))) this.#demand(actorId, 'supervisor');
    this.#stillAs(order);
    this.#records.rework(actorId, order, (jobId) => this.#worksOn(jobId));
    return this.#decided(order.deviceId);
  }

  /** Throws ROW_CHANGED, and as `DeviceRecords.scrap`. */
  scrap(actorId: string, order: DecidedAsSeen): DeviceRecord {
    this.#stillAs(order);
    this.#records.scrap(actorId, order, (jobId) => this.#worksOn(jobId));
    return this.#decided(order.deviceId);
  }

  /** Throws SECOND_OFFICER, as `People.vouch`, and as `DeviceRecords.revoke`. */
  async revoke(actorId: string, order: Decided & { readonly second: SecondPerson | null }): Promise<DeviceRecord> {
    const secondId = await this.#second(actorId, order.second);
    this.#records.revoke(actorId, order, secondId);
    return this.#decided(order.deviceId);
  }

  async #second(actorId: string, second: SecondPerson | null): Promise<string | null> {
    const { people } = this.#parts;
    if (!people.any) return null;
    if (second === null || second.personId === actorId) throw new KeylineError('SECOND_OFFICER');
    const { personId, role } = await people.vouch(second);
    if (!roleAllows(role, 'security-officer')) throw new KeylineError('SECOND_OFFICER');
    return personId;
  }

  /** Throws DEVICE_UNKNOWN, FILE_UNWRITABLE. */
  save(deviceId: number): SavedRecord {
    const { recorder, shelf } = this.#parts;
    const device = this.#device(deviceId);
    const station = recorder.store.station();
    const both = { books: this.#books, shelf, device, record: this.#record(device) };
    const { fileName, text } = evidenceOf({ ...both, station, identity: this.#parts.identity() });
    return { file: this.#parts.keepFile(fileName, text) };
  }

  /** Nobody decides about a board that passed, or failed, behind their back. */
  #stillAs({ deviceId, seen }: DecidedAsSeen): void {
    const { device, identity } = this.#record(this.#device(deviceId));
    if (device.state !== seen.state || (identity?.state ?? null) !== seen.certificate)
      throw new KeylineError('ROW_CHANGED', `${device.hwid} is ${device.state} by now`);
  }

  #decided(deviceId: number): DeviceRecord {
    const { line, changed } = this.#parts;
    const device = this.#device(deviceId);
    const record = this.#record(device);
    line()?.lookAt(device.hwid);
    changed(record.device.lotId);
    return record;
  }

  #record(row: DeviceRow): DeviceRecord {
    const { recorder, people, clock } = this.#parts;
    const books = this.#books;
    const { deviceId } = row;
    const device = books.foundDevice(deviceId);
    if (!device) throw new KeylineError('DEVICE_UNKNOWN', row.hwid);
    const certificate = this.#certificate(deviceId);
    const identity = certificate && this.#identity(certificate);
    const events = books.eventsOfDevice(row);
    const last = device.endedMs === null ? null : lastWord(events);
    const pace = lotPace(
      { judged: 0, firstPassed: 0, passes: books.lastPasses(device.lotId), verdicts: [] },
      clock.nowMs(),
    );
    const lot = recorder.store.lot(device.lotId);
    const copied = this.#parts.lastCopies();
    const spki = this.#parts.identity()?.spki ?? null;
    const isCopied = last !== null && copied !== null && copied.seq >= last.seq;
    const wasLive = identity?.state === 'live' || recorder.store.lastReplaced(deviceId) !== null;
    return {
      ...{ device, simulated: row.simulated, identity, can: actsOf(device, identity, wasLive) },
      attempts: books.jobsOf(deviceId).map(attemptOf),
      usual: { jobMs: pace.jobMs, stageMs: pace.stageMs },
      events: events.map((event) => eventOf(event, (actorId) => people.nameOf(actorId))),
      places: {
        savedMs: last?.timeMs ?? null,
        copiedMs: isCopied ? copied.timeMs : null,
        onOtherDisk: isCopied && copied.otherDisk,
        cloud: certificate && this.#cloud(certificate),
        lotClosedMs: lot?.state === 'closed' ? lot.stateMs : null,
      },
      seal: last && sealOf({ books, epoch: recorder.store.station()?.epoch ?? 1, spki }, last),
    };
  }

  #identity(row: CertificateRow): NonNullable<DeviceRecord['identity']> {
    const { recorder, shelf } = this.#parts;
    const ca = shelf.whole.find(({ chain }) => chain.issuerId === row.issuerId);
    const signedBy = ca?.issuing.commonName ?? recorder.store.ca(row.issuerId)?.name ?? null;
    return identityOf(row, keyTerms(this.#recipeOf(row.lotId)), signedBy);
  }

  #cloud({ certificateId, state }: CertificateRow): DeviceRecord['places']['cloud'] {
    const kind = state === 'void' ? 'void' : 'register';
    const entry = this.#books.entryOf(certificateId, kind);
    if (!entry) return null;
    const waits = entry.state === 'waiting';
    const place = waits ? this.#books.placeOf(entry.id) : null;
    return { state: entry.state, kind, place, waiting: waits ? this.#books.entriesWaiting() : 0, code: entry.code };
  }

  #recipeOf(lotId: string): Recipe {
    return Recipe.parse(JSON.parse(this.#parts.recorder.store.lot(lotId)?.recipe ?? ''));
  }

  #certificate(deviceId: number): CertificateRow | null {
    const { store } = this.#parts.recorder;
    return store.standingCertificate(deviceId) ?? store.lastCertificate(deviceId);
  }

  #device(deviceId: number): DeviceRow {
    const device = this.#parts.recorder.store.device(deviceId);
    if (!device) throw new KeylineError('DEVICE_UNKNOWN', String(deviceId));
    return device;
  }

  /** Its job waits, and the last board that came with its hardware id was not taken for it (STORE_LOST, DUPLICATE_HWID). */
  #isInDoubt(device: DeviceRow): boolean {
    if (this.#parts.recorder.store.runningJobOf(device.deviceId) === null) return false;
    const seen = this.#books.eventsOfDevice(device).findLast(({ type }) => SEEN.has(type));
    return seen?.type === 'device-seen-again';
  }

  #worksOn(jobId: number): boolean {
    return this.#parts.line()?.worksOn(jobId) ?? false;
  }

  /** An operator is no person, and may. */
  #demand(actorId: string, needed: Role): void {
    const role = this.#parts.people.roleOf(actorId);
    if (role !== null && !roleAllows(role, needed)) throw new KeylineError('NOT_ALLOWED', '', { needed });
  }

  get #books(): DeviceBooks {
    const { books } = this.#parts;
    if (!books) throw new KeylineError('NO_STATION', 'this station keeps no books of devices');
    return books;
  }
}
