// A second opinion on every IDevID: before it is signed, its bytes are read with another ASN.1 library than the builder's
// and every field judged by the profile; after, body and signature are compared. Lists what is wrong. Never throws.
import 'reflect-metadata';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
} from '@peculiar/x509';
import { sameBytes, toHex } from '../domain/bytes.ts';
import { DeviceSerial, HardwareId } from '../domain/ids.ts';
import { assembleCertificate } from './certificate.ts';
import { type CertificateFacts, readCertificate } from './certificate-facts.ts';
import { parts, readDer, TAG } from './der.ts';
import { OID } from './oids.ts';
import { keyId, verifySignature } from './p256.ts';
import { PRACTICE_UNIT } from './practice.ts';
import { notAfterMs } from './time.ts';

/** The `leaf` item of the device protocol. */
const MAX_LENGTH = 2048;
/** An ECDSA signature of the greatest length, all zero: the body is judged before there is a real one. */
const NO_SIGNATURE = new Uint8Array(72);

/** Types in the one order the profile writes, and whether each is critical. */
const EXTENSIONS: readonly (readonly [type: string, critical: boolean])[] = [
  [OID.basicConstraints, true],
  [OID.keyUsage, true],
  [OID.extendedKeyUsage, false],
  [OID.subjectKeyId, false],
  [OID.authorityKeyId, false],
  [OID.subjectAltName, false],
];

export interface LintIssuer {
  /** The issuing CA. */
  readonly certificate: CertificateFacts;
  /** The first end among the issuing CA and all CAs above it, UTC ms. */
  readonly chainNotAfterMs: number;
}

/** What this one certificate must say; known while it is made, not when recorded bytes are signed after a restart. */
export interface LeafExpectation {
  readonly certificateSerialNumber: string;
  readonly notBeforeMs: number;
  /** `never` or `YYYY-MM-DD`. */
  readonly notAfter: string;
  readonly organization: string;
  readonly deviceSerial: string;
  readonly spki: Uint8Array;
  readonly hardwareType: string;
  readonly hwid: string;
}

/** Findings on to-be-signed bytes; none when they follow the profile. */
export function lintTbs(tbs: Uint8Array, issuer: LintIssuer, expected?: LeafExpectation): string[] {
  return judge(assembleCertificate(tbs, NO_SIGNATURE), issuer, expected);
}

/**
 * Findings on a signed certificate: that it carries, byte for byte, the body that `lintTbs` has just judged, and the
 * issuer's signature over it. Nothing else in a certificate is left to judge.
 */
export function lintCertificate(der: Uint8Array, tbs: Uint8Array, issuer: LintIssuer): string[] {
  const reading = readCertificate(der);
  if (!reading.ok) return [`the bytes are no certificate: ${reading.reason}`];
  const { facts } = reading;
  return failing([
    [sameBytes(facts.tbs, tbs), 'the body is not the one that was judged'],
    [verifySignature(issuer.certificate.spki, facts.tbs, facts.signature), 'the signature is not the issuer’s'],
    [der.length <= MAX_LENGTH, `longer than ${MAX_LENGTH} bytes`],
  ]);
}

function judge(der: Uint8Array, issuer: LintIssuer, expected?: LeafExpectation): string[] {
  const strict = readCertificate(der);
  if (!strict.ok) return [`the bytes are no certificate: ${strict.reason}`];
  const findings = judgeBySecondReader(Uint8Array.from(der), issuer);
  if (expected) findings.push(...judgeOrder(strict.facts, expected));
  if (strict.facts.hardwareType === null || !HardwareId.safeParse(strict.facts.hwid).success)
    findings.push('hardware module names no hardware id');
  if (der.length > MAX_LENGTH) findings.push(`longer than ${MAX_LENGTH} bytes`);
  return findings;
}

function judgeBySecondReader(der: Uint8Array, issuer: LintIssuer): string[] {
  try {
    const certificate = new X509Certificate(Uint8Array.from(der));
    return [
      ...judgeBody(certificate, issuer),
      ...judgeSubject(certificate, issuer),
      ...judgeExtensions(certificate, issuer),
    ];
  } catch {
    // It reads each field when asked and throws errors of no class of its own.
    return ['the bytes are no certificate to the second reader'];
  }
}

/** The texts whose condition is false. */
function failing(rules: readonly (readonly [holds: boolean, finding: string])[]): string[] {
  return rules.filter(([holds]) => !holds).map(([, finding]) => finding);
}

function judgeBody(certificate: X509Certificate, issuer: LintIssuer): string[] {
  const notBefore = certificate.notBefore.getTime();
  const notAfter = certificate.notAfter.getTime();
  const key = new Uint8Array(certificate.publicKey.rawData);
  return failing([
    [/^(?!00)[0-9a-f]{32}$/.test(certificate.serialNumber), 'certificate serial number is not 128 bits'],
    [
      sameBytes(new Uint8Array(certificate.issuerName.toArrayBuffer()), issuer.certificate.subjectName),
      'issuer name is not the CA’s own, byte for byte',
    ],
    [notBefore >= issuer.certificate.notBeforeMs, 'starts before its issuer'],
    [notAfter > notBefore, 'ends before it starts'],
    [notAfter <= issuer.chainNotAfterMs, 'ends after a CA above it'],
    [!sameBytes(key, issuer.certificate.spki), 'carries the issuer’s own key'],
  ]);
}

function judgeSubject(certificate: X509Certificate, issuer: LintIssuer): string[] {
  const { practice } = issuer.certificate;
  const attributes = certificate.subjectName.toJSON().flatMap((rdn) => Object.entries(rdn));
  const types = attributes.map(([type]) => type);
  const [organization, ...others] = attributes.map(([, values]) => (values.length === 1 ? (values[0] ?? '') : ''));
  return failing([
    [
      types.join() === (practice ? 'O,OU,2.5.4.5' : 'O,2.5.4.5'),
      'subject is not O, OU=TEST for practice, serialNumber',
    ],
    [organization !== undefined && organization.length >= 1 && organization.length <= 64, 'organization has no name'],
    [!practice || others[0] === PRACTICE_UNIT, 'a practice CA signs only what says TEST'],
    [DeviceSerial.safeParse(others.at(-1)).success, 'subject serialNumber is no device serial'],
  ]);
}

function judgeExtensions(certificate: X509Certificate, issuer: LintIssuer): string[] {
  const { extensions } = certificate;
  const listed = extensions.map(({ type, critical }) => `${type} ${critical}`).join();
  const wanted = EXTENSIONS.map(([type, critical]) => `${type} ${critical}`).join();
  const constraints = certificate.getExtension(BasicConstraintsExtension);
  const usages = certificate.getExtension(ExtendedKeyUsageExtension)?.usages.join();
  const names = certificate.getExtension(OID.subjectAltName)?.value;
  const ownKeyId = toHex(keyId(new Uint8Array(certificate.publicKey.rawData)));
  return failing([
    [listed === wanted, 'extensions are not the six of the profile, in order and marked as it says'],
    [constraints?.ca === false && constraints.pathLength === undefined, 'basic constraints are not CA:FALSE'],
    [
      certificate.getExtension(KeyUsagesExtension)?.usages === KeyUsageFlags.digitalSignature,
      'key usage is not digitalSignature alone',
    ],
    [usages === OID.clientAuth, 'extended key usage is not clientAuth alone'],
    [certificate.getExtension(SubjectKeyIdentifierExtension)?.keyId === ownKeyId, 'subject key id is not of this key'],
    [
      certificate.getExtension(AuthorityKeyIdentifierExtension)?.keyId === issuer.certificate.subjectKeyId,
      'authority key id is not the issuer’s',
    ],
    [
      names !== undefined && parts(readDer(new Uint8Array(names), TAG.sequence)).length === 1,
      'subject alternative name is not one hardware module',
    ],
  ]);
}

function judgeOrder(facts: CertificateFacts, expected: LeafExpectation): string[] {
  return failing([
    [facts.certificateSerialNumber === expected.certificateSerialNumber, 'another certificate serial number'],
    [facts.notBeforeMs === expected.notBeforeMs, 'another start than ordered'],
    [facts.notAfterMs === notAfterMs(expected.notAfter), 'another end than ordered'],
    [facts.organization === expected.organization, 'another organization than ordered'],
    [facts.deviceSerial === expected.deviceSerial, 'another device serial than ordered'],
    [sameBytes(facts.spki, expected.spki), 'another key than requested'],
    [facts.hardwareType === expected.hardwareType, 'another hardware type than ordered'],
    [facts.hwid === expected.hwid, 'another hardware id than ordered'],
  ]);
}
