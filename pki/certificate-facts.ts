// What a certificate says, read strictly from its bytes (RFC 5280). Refuses any key but P-256, any signature but
// ECDSA-SHA256, a repeated or an unknown critical extension, a limit that it does not obey, and every byte that DER would not write. Never throws.
import { toHex } from '../domain/bytes.ts';
import {
  contextTag,
  DerCursor,
  DerError,
  type DerValue,
  demand,
  parts,
  readBoolean,
  readDer,
  readInteger,
  readOid,
  readWholeBits,
  TAG,
} from './der.ts';
import { onlyAttribute, readName } from './names.ts';
import { OID } from './oids.ts';
import { isP256Spki, sha256Hex } from './p256.ts';
import { saysPractice } from './practice.ts';
import { readTime } from './time.ts';

/** Longest certificate that is read, bytes: twice the `leaf` item of the device protocol. */
const MAX_LENGTH = 4096;

export type KeyUse = 'digitalSignature' | 'keyCertSign' | 'cRLSign' | 'other';

export interface CertificateFacts {
  readonly der: Uint8Array;
  /** The bytes that were signed. */
  readonly tbs: Uint8Array;
  /** DER of r and s. */
  readonly signature: Uint8Array;
  /** SHA-256 of `der`, hex. */
  readonly fingerprint: string;
  /** Lower-case hex, at least 32 digits. */
  readonly certificateSerialNumber: string;
  /** Names as DER; compare these. */
  readonly subjectName: Uint8Array;
  readonly issuerName: Uint8Array;
  /** subject serialNumber, commonName and organization; null when absent or repeated. */
  readonly deviceSerial: string | null;
  readonly commonName: string | null;
  readonly organization: string | null;
  readonly notBeforeMs: number;
  /** `NEVER_MS` of time.ts when it does not expire. */
  readonly notAfterMs: number;
  readonly spki: Uint8Array;
  readonly spkiSha256: string;
  readonly isCa: boolean;
  /** Certificates of CAs allowed below; null: no limit. */
  readonly pathLength: number | null;
  /** null when the extension is absent. */
  readonly keyUsage: readonly KeyUse[] | null;
  readonly extendedKeyUsage: readonly string[] | null;
  /** Hex. */
  readonly subjectKeyId: string | null;
  readonly authorityKeyId: string | null;
  /** hardwareModuleName: hwType, and hwSerialNum as hex. */
  readonly hardwareType: string | null;
  readonly hwid: string | null;
  /** Subject or issuer says TEST. */
  readonly practice: boolean;
}

export type CertificateReading = { ok: true; facts: CertificateFacts } | { ok: false; reason: string };

type ExtensionFacts = Pick<
  CertificateFacts,
  'isCa' | 'pathLength' | 'keyUsage' | 'extendedKeyUsage' | 'subjectKeyId' | 'authorityKeyId' | 'hardwareType' | 'hwid'
>;

/** Facts of one DER certificate, or why it is refused. */
export function readCertificate(der: Uint8Array): CertificateReading {
  try {
    return { ok: true, facts: factsOf(Uint8Array.from(der)) };
  } catch (error) {
    if (error instanceof DerError) return { ok: false, reason: error.message };
    throw error;
  }
}

function factsOf(der: Uint8Array): CertificateFacts {
  demand(der.length <= MAX_LENGTH, `longer than ${MAX_LENGTH} bytes`);
  const outer = new DerCursor(readDer(der, TAG.sequence));
  const tbs = outer.take(TAG.sequence);
  readAlgorithm(outer.take(TAG.sequence));
  const signature = readWholeBits(outer.take(TAG.bitString));
  outer.end();

  const fields = new DerCursor(tbs);
  const version = new DerCursor(fields.take(contextTag(0)));
  demand(toHex(readInteger(version.take(TAG.integer))) === '02', 'not version 3');
  version.end();
  const serialNumber = readInteger(fields.take(TAG.integer));
  demand(serialNumber.length <= 20 && serialNumber.some((byte) => byte !== 0), 'bad certificate serial number');
  readAlgorithm(fields.take(TAG.sequence));
  const issuer = fields.take(TAG.sequence);
  const validity = parts(fields.take(TAG.sequence));
  const [notBefore, notAfter] = validity;
  demand(notBefore && notAfter && validity.length === 2, 'no validity');
  const subject = fields.take(TAG.sequence);
  const spki = fields.take(TAG.sequence).whole;
  demand(isP256Spki(spki), 'not a P-256 key');
  const extensions = readExtensions(fields.take(contextTag(3)));
  fields.end();

  const subjectAttributes = readName(subject);
  return {
    der,
    tbs: tbs.whole,
    signature,
    fingerprint: sha256Hex(der),
    certificateSerialNumber: toHex(serialNumber).padStart(32, '0'),
    subjectName: subject.whole,
    issuerName: issuer.whole,
    deviceSerial: onlyAttribute(subjectAttributes, OID.serialNumber),
    commonName: onlyAttribute(subjectAttributes, OID.commonName),
    organization: onlyAttribute(subjectAttributes, OID.organization),
    notBeforeMs: readTime(notBefore),
    notAfterMs: readTime(notAfter),
    spki,
    spkiSha256: sha256Hex(spki),
    ...extensions,
    practice: saysPractice(subjectAttributes) || saysPractice(readName(issuer)),
  };
}

function readAlgorithm(value: DerValue): void {
  const [algorithm, ...parameters] = parts(value);
  demand(algorithm && readOid(algorithm) === OID.ecdsaWithSha256 && parameters.length === 0, 'not ECDSA with SHA-256');
}

function readExtensions(wrapped: DerValue): ExtensionFacts {
  const [list, more] = parts(wrapped);
  demand(list?.tag === TAG.sequence && !more, 'no extensions');
  const facts: { -readonly [K in keyof ExtensionFacts]: ExtensionFacts[K] } = {
    isCa: false,
    pathLength: null,
    keyUsage: null,
    extendedKeyUsage: null,
    subjectKeyId: null,
    authorityKeyId: null,
    hardwareType: null,
    hwid: null,
  };
  const seen = new Set<string>();
  for (const value of parts(list)) {
    const fields = new DerCursor(value);
    const type = readOid(fields.take(TAG.oid));
    const mark = fields.optional(TAG.boolean);
    const critical = mark !== null && readBoolean(mark);
    const content = fields.take(TAG.octetString).content;
    fields.end();
    demand(!seen.has(type), 'an extension twice');
    seen.add(type);
    const read = READERS.get(type);
    demand(read || !critical, `unknown critical extension ${type}`);
    demand(!LIMITS.has(type), `unknown limit ${type}`);
    if (read) Object.assign(facts, read(content));
  }
  return facts;
}

/** What limits the certificates below a CA, critical or not: other readers obey it, so it is not passed over here. */
const LIMITS = new Set<string>([OID.nameConstraints, OID.policyConstraints, OID.inhibitAnyPolicy]);

const READERS = new Map<string, (content: Uint8Array) => Partial<ExtensionFacts>>([
  [OID.basicConstraints, readBasicConstraints],
  [OID.keyUsage, (content) => ({ keyUsage: readKeyUsage(content) })],
  [OID.extendedKeyUsage, (content) => ({ extendedKeyUsage: parts(readDer(content, TAG.sequence)).map(readOid) })],
  [OID.subjectKeyId, (content) => ({ subjectKeyId: toHex(readDer(content, TAG.octetString).content) })],
  [OID.authorityKeyId, readAuthorityKeyId],
  [OID.subjectAltName, readHardwareModule],
]);

function readBasicConstraints(content: Uint8Array): Partial<ExtensionFacts> {
  const fields = new DerCursor(readDer(content, TAG.sequence));
  const mark = fields.optional(TAG.boolean);
  const limit = fields.optional(TAG.integer);
  fields.end();
  const isCa = mark !== null && readBoolean(mark);
  demand(mark === null || isCa, 'a default is written out');
  demand(limit === null || isCa, 'a path length without a CA');
  const digits = limit && readInteger(limit);
  demand(digits === null || digits.length === 1, 'path length out of range');
  return { isCa, pathLength: digits?.[0] ?? null };
}

function readKeyUsage(content: Uint8Array): KeyUse[] {
  const [unused, ...bytes] = readDer(content, TAG.bitString).content;
  demand(unused !== undefined && unused < 8 && bytes.length >= 1 && bytes.length <= 2, 'bad key usage');
  const last = bytes.at(-1) ?? 0;
  // DER of named bits: the last bit that is written is a one (X.690 11.2.2).
  demand((last & ((1 << unused) - 1)) === 0 && (last >> unused) & 1, 'bad key usage');
  const [first = 0, second = 0] = bytes;
  const uses: KeyUse[] = [];
  if (first & 0x80) uses.push('digitalSignature');
  if (first & 0x04) uses.push('keyCertSign');
  if (first & 0x02) uses.push('cRLSign');
  if (first & 0x79 || second) uses.push('other');
  return uses;
}

function readAuthorityKeyId(content: Uint8Array): Partial<ExtensionFacts> {
  const [id] = parts(readDer(content, TAG.sequence));
  return { authorityKeyId: id?.tag === 0x80 ? toHex(id.content) : null };
}

function readHardwareModule(content: Uint8Array): Partial<ExtensionFacts> {
  let found: Partial<ExtensionFacts> = {};
  for (const name of parts(readDer(content, TAG.sequence))) {
    if (name.tag !== contextTag(0)) continue;
    const fields = new DerCursor(name);
    const type = readOid(fields.take(TAG.oid));
    const wrapped = new DerCursor(fields.take(contextTag(0)));
    fields.end();
    if (type !== OID.hardwareModuleName) continue;
    demand(found.hwid === undefined, 'two hardware modules');
    const module = new DerCursor(wrapped.take(TAG.sequence));
    wrapped.end();
    found = { hardwareType: readOid(module.take(TAG.oid)), hwid: toHex(module.take(TAG.octetString).content) };
    module.end();
  }
  return found;
}
