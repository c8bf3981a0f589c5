// What all worlds of one process share, made once: a CA, keys, a small image with its recipe, and the empty books of a
// station and of a service that know each other. Every world starts from a copy of the books.
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAuthority, type ServiceAuthority } from '../../../cloud/service-authority.ts';
import { openSqliteStore } from '../../../cloud/sqlite-store.ts';
import { openStationStore } from '../../../db/station-store.ts';
import { BUILD_TIME_MS } from '../../../domain/build-time.ts';
import { buildIssuingCa, buildRoot, type CaOrder } from '../../../pki/ca-certificate.ts';
import { type CertificateFacts, readCertificate } from '../../../pki/certificate-facts.ts';
import { newCertificateSerialNumber } from '../../../pki/idevid-profile.ts';
import { sha256Hex } from '../../../pki/p256.ts';
import { toPem } from '../../../pki/pem.ts';
import { buildImage, parseImage } from '../../../protocol/mcuboot-image.ts';
import type { StoredImage } from '../../../simulator/device-record.ts';
import type { Ca } from '../../../station/identity/ca-folder.ts';
import { spkiOf } from '../../../station/identity/file-signer.ts';
import { systemRandom } from '../../../station/random.ts';
import { Recorder } from '../../../station/records/recorder.ts';

const DAY_MS = 86_400_000;
/** Where every world's clock stands at first. */
export const START_MS = BUILD_TIME_MS + 10 * DAY_MS;

export const STATION_ID = 'KL-world';
/** Another station at the same service. */
export const OTHER_STATION_ID = 'KL-other';
export const MODEL = 'W-1';
export const REVISION = 'A';
export const HARDWARE_TYPE = '1.3.6.1.4.1.32473.3.1';

/** Enough for three pieces of an upload. */
const IMAGE_BODY_BYTES = 2_400;

/** How the boards of a world get their keys: made there, or sealed to them, without or with the secret of their model. */
export type KeyMode = 'on-chip' | 'injected' | 'psk';

/** What an injecting recipe names; the practice secret, so that boards hold what a practice board does. */
export const FACTORY_SECRET = 'w-1-secret';

export interface Factory {
  /** On memory where there is such a place: a world waits for no disk. */
  readonly dir: string;
  readonly stationBooks: string;
  readonly serviceBooks: string;
  readonly authority: ServiceAuthority;
  readonly ca: Ca;
  readonly caKey: KeyObject;
  readonly stationKey: KeyObject;
  /** A recipe for each way that a key comes to a board; all load one image. */
  readonly recipePaths: Readonly<Record<KeyMode, string>>;
  /** The image that the recipe loads, as a board that has it already holds it. */
  readonly image: StoredImage;
  close(): void;
}

export async function openFactory(): Promise<Factory> {
  const dir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'keyline-world-'));
  const { ca, caKey } = await makeCa();
  const stationKey = newKey();
  const authority = await openAuthority(join(dir, 'authority'), true, { clock: still, random: systemRandom });
  const stationBooks = join(dir, 'station-template.db');
  const serviceBooks = join(dir, 'service-template.db');
  const stationCertificate = authority.nameStation(STATION_ID, spkiOf(stationKey));
  makeStationBooks(stationBooks, authority.caPem, stationCertificate);
  makeServiceBooks(serviceBooks, authority, stationKey, stationCertificate);
  return {
    ...{ dir, stationBooks, serviceBooks, authority, ca, caKey, stationKey },
    ...makeRecipes(join(dir, 'recipe')),
    close: () => rmSync(dir, { recursive: true, force: true }),
  };
}

const still = { nowMs: () => START_MS, monotonicMs: () => 0, after: () => () => {} };

function newKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

async function makeCa(): Promise<{ ca: Ca; caKey: KeyObject }> {
  const [rootKey, caKey] = [newKey(), newKey()];
  const order = (key: KeyObject): CaOrder => ({
    organization: 'World',
    practice: true,
    certificateSerialNumber: newCertificateSerialNumber(systemRandom),
    notBeforeMs: START_MS - DAY_MS,
    notAfter: 'never',
    spki: spkiOf(key),
  });
  const byRoot = (message: Uint8Array) => steadySignature(rootKey, message);
  const root = factsOf(await buildRoot(order(rootKey), byRoot));
  const issuing = factsOf(await buildIssuingCa(order(caKey), order(rootKey), byRoot));
  const chain = {
    root: root.der,
    intermediates: [issuing.der],
    issuerId: issuing.fingerprint,
    notBeforeMs: issuing.notBeforeMs,
    practice: true,
  };
  const home = { name: 'main', folder: '', signer: { kind: 'file' as const }, limit: null };
  return { ca: { ...home, chain, path: [issuing, root], root, issuing }, caKey };
}

function factsOf(der: Uint8Array): CertificateFacts {
  const reading = readCertificate(der);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.facts;
}

function makeStationBooks(path: string, serviceCaPem: string, certificate: Uint8Array): void {
  const { store, close } = openStationStore(path);
  new Recorder(store, still).commit('operator', (append) => {
    store.insertStation({ stationId: STATION_ID, practice: true, epoch: 1, createdMs: START_MS });
    append('station-created', { stationId: STATION_ID, practice: true });
  });
  store.saveEnrolment({
    serviceUrl: 'https://service.invalid:8443',
    serviceCaPem,
    stationCertificatePem: toPem('CERTIFICATE', certificate),
  });
  close();
}

function makeServiceBooks(path: string, authority: ServiceAuthority, stationKey: KeyObject, certificate: Uint8Array) {
  const store = openSqliteStore(path);
  const otherKey = spkiOf(newKey());
  store.transaction(() => {
    store.saveStation({ stationId: STATION_ID, spki: spkiOf(stationKey), certificate, enrolledMs: START_MS });
    const other = authority.nameStation(OTHER_STATION_ID, otherKey);
    store.saveStation({ stationId: OTHER_STATION_ID, spki: otherKey, certificate: other, enrolledMs: START_MS });
    const nobody = new Uint8Array([0x30, 0x00]);
    store.insertIssuer(
      {
        issuerId: 'e'.repeat(64),
        stationId: OTHER_STATION_ID,
        spki: otherKey,
        subjectName: nobody,
        intermediates: [nobody],
        root: nobody,
      },
      START_MS,
    );
  });
  store.close();
}

const KEY_TERMS: Readonly<Record<KeyMode, object>> = {
  'on-chip': { keyMode: 'on-chip' },
  injected: { keyMode: 'injected', acceptCableRisk: true },
  psk: { keyMode: 'injected', psk: FACTORY_SECRET },
};

function makeRecipes(folder: string): Pick<Factory, 'recipePaths' | 'image'> {
  mkdirSync(folder);
  const body = Uint8Array.from({ length: IMAGE_BODY_BYTES }, (_, i) => (i * 7919) & 0xff);
  const bytes = buildImage({ version: { major: 1, minor: 0, revision: 0, build: 0 }, body });
  const facts = parseImage(bytes);
  if ('refused' in facts) throw new Error(facts.refused);
  writeFileSync(join(folder, 'image.bin'), bytes);
  const { imageHash } = facts;
  const sha256 = sha256Hex(bytes);
  const made = (keyMode: KeyMode): string => {
    const recipe = {
      ...{ keyline: 1, name: `w-${keyMode}`, version: '1.0.0', model: MODEL, hardwareRevisions: [REVISION] },
      ...KEY_TERMS[keyMode],
      firmware: { version: '1.0.0', file: 'image.bin', sha256, imageHash },
      certificate: { organization: 'World', hardwareType: HARDWARE_TYPE, notAfter: 'never' },
      lock: { debug: true, allowGroups: [] },
    };
    const path = join(folder, `recipe-${keyMode}.json`);
    writeFileSync(path, JSON.stringify(recipe));
    return path;
  };
  return {
    recipePaths: { 'on-chip': made('on-chip'), injected: made('injected'), psk: made('psk') },
    image: { version: '1.0.0', imageHash, fileSha256: sha256, identity: true },
  };
}

/** DER of a signature whose two numbers take 32 bytes each: messages of a repeated run have the same lengths. */
const STEADY_BYTES = 70;

/** An ordinary ECDSA-SHA256 signature, drawn until it has the usual length: one in four has it. */
export function steadySignature(key: KeyObject, message: Uint8Array): Uint8Array {
  for (;;) {
    const signature = sign('sha256', message, key);
    if (signature.length === STEADY_BYTES) return new Uint8Array(signature);
  }
}
