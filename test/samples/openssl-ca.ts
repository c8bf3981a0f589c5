// A root and what it signs, made by the real openssl, as a customer's own CA would: keys, requests, certificates with any
// dates and extensions, and PKCS#12 files. What Keyline reads here, it did not write.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const CONFIG = `
[ca]
default_ca = here
[here]
database = index.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
preserve = yes
email_in_dn = no
[any]
organizationName = optional
organizationalUnitName = optional
commonName = optional
[req]
distinguished_name = none
string_mask = utf8only
[none]
`;

/** 99991231235959Z: never. */
const NEVER = '99991231235959Z';

export type Extensions = readonly string[];

export const ROOT: Extensions = [
  'basicConstraints = critical, CA:TRUE',
  'keyUsage = critical, keyCertSign, cRLSign',
  'subjectKeyIdentifier = hash',
];
export const ISSUING: Extensions = [
  'basicConstraints = critical, CA:TRUE, pathlen:0',
  'keyUsage = critical, keyCertSign, cRLSign',
  'subjectKeyIdentifier = hash',
  'authorityKeyIdentifier = keyid',
];

export interface Signing {
  readonly extensions?: Extensions;
  /** `YYYYMMDDHHMMSSZ`. */
  readonly start?: string;
  readonly end?: string;
  readonly hash?: string;
}

export class OpensslCa {
  readonly dir: string;

  constructor(dir: string) {
    this.dir = dir;
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'openssl.cnf'), CONFIG);
    writeFileSync(join(dir, 'index.txt'), '');
  }

  run(...args: string[]): string {
    return execFileSync('openssl', args, { cwd: this.dir, stdio: 'pipe', encoding: 'utf8' });
  }

  path(file: string): string {
    return join(this.dir, file);
  }

  read(file: string): string {
    return readFileSync(this.path(file), 'utf8');
  }

  write(file: string, text: string | Uint8Array): string {
    writeFileSync(this.path(file), text);
    return this.path(file);
  }

  /** NAME.key. */
  key(name: string, kind: 'P-256' | 'P-384' | 'RSA' = 'P-256'): void {
    const how =
      kind === 'RSA' ? ['RSA', '-pkeyopt', 'rsa_keygen_bits:2048'] : ['EC', '-pkeyopt', `ec_paramgen_curve:${kind}`];
    this.run('genpkey', '-algorithm', ...how, '-out', `${name}.key`);
  }

  /** NAME.csr for NAME.key. `subject` as openssl takes it: `/O=.../CN=...`. */
  request(name: string, subject: string): void {
    this.run(
      'req',
      '-config',
      'openssl.cnf',
      '-utf8',
      '-new',
      '-key',
      `${name}.key`,
      '-subj',
      subject,
      '-out',
      `${name}.csr`,
    );
  }

  /** NAME.pem from NAME.csr, signed by `issuer`, or by itself. */
  sign(name: string, issuer: string | null, { extensions, start, end = NEVER, hash }: Signing = {}): void {
    const lines = extensions ?? (issuer === null ? ROOT : ISSUING);
    writeFileSync(this.path(`${name}.ext`), `${lines.join('\n')}\n`);
    const by =
      issuer === null
        ? ['-selfsign', '-keyfile', `${name}.key`]
        : ['-cert', `${issuer}.pem`, '-keyfile', `${issuer}.key`];
    this.run(
      ...['ca', '-config', 'openssl.cnf', '-batch', '-notext', ...by, '-in', `${name}.csr`, '-out', `${name}.pem`],
      ...['-extfile', `${name}.ext`, '-startdate', start ?? '20260101000000Z', '-enddate', end],
      ...(hash === undefined ? [] : ['-md', hash]),
    );
  }

  /** Key, request and certificate in one. */
  make(name: string, subject: string, issuer: string | null, signing: Signing = {}): void {
    this.key(name);
    this.request(name, subject);
    this.sign(name, issuer, signing);
  }

  /** FILE.p12 with NAME's key and certificate and those above it. */
  pkcs12(file: string, name: string, above: readonly string[], passphrase: string, ...options: string[]): string {
    const chain = above.map((ca) => this.read(`${ca}.pem`)).join('');
    writeFileSync(this.path('above.pem'), chain);
    writeFileSync(this.path('passphrase'), passphrase);
    const more = above.length > 0 ? ['-certfile', 'above.pem'] : [];
    this.run(
      ...['pkcs12', '-export', '-inkey', `${name}.key`, '-in', `${name}.pem`, ...more, '-out', `${file}.p12`],
      ...['-passout', 'file:passphrase', ...options],
    );
    return this.path(`${file}.p12`);
  }
}

/** A root and an issuing CA below it, `root` and `issuing`, neither of which ends. */
export function opensslCas(dir: string, practice: boolean): OpensslCa {
  const ca = new OpensslCa(dir);
  const unit = practice ? '/OU=TEST' : '';
  ca.make('root', `/O=Größe & Söhne${unit}/CN=Customer Root CA`, null);
  ca.make('issuing', `/O=Größe & Söhne${unit}/CN=Customer Issuing CA`, 'root');
  return ca;
}
