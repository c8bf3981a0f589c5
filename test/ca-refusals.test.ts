// Wrong, truncated, expired, weak and foreign keys, chains and PKCS#12 files, made by the real openssl and brought to
// `keyline ca import`: each refusal has its code and its words, and leaves keys and records as they were.
import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type TestWorld, testWorld } from '../cli/test-terminal.ts';
import { CaAnswer, RefusalAnswer } from '../contract/cli.ts';
import { openQueries } from '../db/queries.ts';
import { ERRORS, type ErrorCode } from '../domain/error-table.ts';
import { ISSUING, type OpensslCa, opensslCas, ROOT } from './samples/openssl-ca.ts';

const NAME = '/O=Example/OU=TEST/CN=';
const PASSPHRASE = 'ein Geheimnis für die Datei';

vi.setConfig({ testTimeout: 60_000 });

let at: TestWorld;
/** A customer's CA for practice, and what else the cases need of it. */
let ca: OpensslCa;

beforeAll(async () => {
  at = testWorld();
  ca = opensslCas(join(at.dir, 'customer'), true);
  await at.keyline('ca', 'request', 'next', '--practice', '--organization', 'Example');
  ca.write('next.csr', readFileSync(join(at.dir, 'station', 'keys', 'ca', 'next', 'request.pem')));
  ca.sign('next', 'root');
  // One that is here already.
  ca.make('here', `${NAME}Here CA`, 'root');
  expect(await imported('here', '--pkcs12', ca.pkcs12('here', 'here', ['root'], PASSPHRASE))).toBe(0);
}, 60_000);
afterAll(() => at.dispose());

/** Runs `ca import`; the passphrase of a PKCS#12 file comes over a descriptor. */
async function imported(name: string, ...args: string[]): Promise<number> {
  const descriptor = args.includes('--pkcs12') && !args.includes('--p12-passphrase-fd');
  const secret = ca.write('secret', `${PASSPHRASE}\n`);
  const more = descriptor ? ['--p12-passphrase-fd', String(openSync(secret, 'r'))] : [];
  return (await at.keyline('ca', 'import', name, '--practice', ...args, ...more, '--json')).code;
}

/** Every file of the keys by its bytes, and all that the records say of CAs. */
function state(): unknown {
  const keys = join(at.dir, 'station', 'keys');
  const files = readdirSync(keys, { recursive: true, withFileTypes: true }).map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [path, entry.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : null];
  });
  const records = openQueries(join(at.dir, 'station', 'station.db'));
  const said = [records.cas(), records.lastEventMs()];
  records.close();
  return [files.sort(), said];
}

let before: unknown;
beforeEach(() => {
  before = state();
});

async function refused(code: ErrorCode, name: string, ...args: string[]): Promise<string> {
  expect(await imported(name, ...args)).toBe(2);
  const { error } = RefusalAnswer.parse(JSON.parse(at.answers.at(-1) ?? ''));
  expect(error.code).toBe(code);
  expect(error.message).toContain(ERRORS[code].happened);
  expect(error.message).toContain(ERRORS[code].todo);
  expect(state()).toEqual(before);
  return error.message;
}

/** A chain file of these certificates. */
function chain(...names: string[]): string {
  return ca.write('chain.pem', names.map((name) => ca.read(`${name}.pem`)).join(''));
}

/** `next`, signed otherwise, and the chain above it. */
function signed(signing: Parameters<OpensslCa['sign']>[2], issuer = 'root'): () => string {
  return () => {
    ca.write('odd.csr', ca.read('next.csr'));
    ca.sign('odd', issuer, signing);
    return chain('odd', issuer);
  };
}

type Case = [title: string, code: ErrorCode, file: () => string, detail: RegExp];

describe('a chain is refused', () => {
  test.each<Case>([
    ['that is not there', 'FILE_UNREADABLE', () => join(at.dir, 'nowhere.pem'), /nowhere/],
    ['that is text', 'CHAIN_UNREADABLE', () => ca.write('x.pem', 'hello\n'), /PEM/],
    ['that is DER', 'CHAIN_UNREADABLE', () => derOf('next'), /PEM/],
    ['that is cut short', 'CHAIN_UNREADABLE', () => ca.write('x.pem', ca.read('next.pem').slice(0, 400)), /PEM/],
    ['with a key in it', 'CHAIN_UNREADABLE', () => ca.write('x.pem', ca.read('next.pem') + ca.read('root.key')), /PEM/],
    ['with a changed byte', 'CHAIN_UNREADABLE', () => ca.write('x.pem', garbled()), /issuing CA/],
    ['that is longer than any', 'FILE_UNREADABLE', () => ca.write('x.pem', 'x'.repeat(70_000)), /longer/],
    ['without its root', 'ROOT_MISSING', () => chain('next'), /one certificate/],
    ['that ends below its root', 'ROOT_MISSING', () => chainOfThree().below(), /names another/],
    ['in the wrong order', 'CHAIN_ORDER', () => chain('root', 'next'), /number 2/],
    ['with a CA left out', 'CHAIN_ORDER', () => chainOfThree().gap(), /names another issuer/],
    ['of eight CAs', 'CHAIN_ORDER', () => chain('next', ...Array.from({ length: 8 }, () => 'root')), /9 certificates/],
    ['under a root of the same name', 'CHAIN_BROKEN', () => underNamesake(), /issuing CA/],
    ['for another key', 'CA_KEY_DIFFERS', () => chain('issuing', 'root'), /^/],
    ['with an RSA root', 'CA_KEY_KIND', () => underOther('RSA'), /root: rsa 2048/],
    ['with a P-384 root', 'CA_KEY_KIND', () => underOther('P-384'), /root: curve secp384r1/],
    ['signed with SHA-384', 'CA_WEAK', signed({ hash: 'sha384' }), /issuing CA/],
    ['signed with SHA-1', 'CA_WEAK', signed({ hash: 'sha1' }), /issuing CA/],
    ['that is no CA', 'CA_NO_AUTHORITY', signed({ extensions: ['basicConstraints = CA:FALSE'] }), /CA:TRUE/],
    [
      'that may not sign',
      'CA_NO_AUTHORITY',
      signed(without('keyUsage', 'keyUsage = critical, cRLSign')),
      /keyCertSign/,
    ],
    [
      'without its key id',
      'CA_NO_AUTHORITY',
      signed(without('subjectKeyIdentifier', 'subjectKeyIdentifier = none')),
      /key id/,
    ],
    [
      'without a path length',
      'CA_PATH_LENGTH',
      signed({ extensions: [...ROOT, 'authorityKeyIdentifier = keyid'] }),
      /without one/,
    ],
    ['with a path length of 1', 'CA_PATH_LENGTH', signed(pathlen(1)), /: 1/],
    ['under a CA that may have none below', 'CA_PATH_LENGTH', () => underShort(), /root: 0/],
    [
      'with a limit that nobody knows',
      'CA_CONSTRAINT',
      signed({ extensions: [...ISSUING, 'nameConstraints = critical, permitted;DNS:a.b'] }),
      /2\.5\.29\.30/,
    ],
    [
      'with a limit that is marked as one to pass over',
      'CA_CONSTRAINT',
      signed({ extensions: [...ISSUING, 'nameConstraints = permitted;DNS:a.b'] }),
      /2\.5\.29\.30/,
    ],
    ['for servers alone', 'CA_CONSTRAINT', signed(uses('serverAuth')), /issuing CA: extended key usage/],
    ['for any use', 'CA_CONSTRAINT', signed(uses('anyExtendedKeyUsage')), /issuing CA: extended key usage/],
    ['whose root has no name', 'CA_NAME', () => underNameless(), /root: no common name/],
    ['whose root has its name', 'CA_NAME', () => underItsName(), /name of one below/],
    ['that says no TEST', 'CA_PRACTICE', () => realChain(), /says no TEST/],
    ['that has ended', 'CA_ENDED', signed({ end: '20260601000000Z' }), /2026-06-01/],
    ['whose root has ended', 'CA_ENDED', () => underEnded(), /root: 2026-06-01/],
    ['that has not begun', 'CA_NOT_YET', signed({ start: '20270601000000Z' }), /2027-06-01/],
    ['that ends before what it signs', 'CA_TOO_SHORT', signed({ end: '20401231235959Z' }), /2040-12-31/],
    ['with a root larger than a board holds', 'CA_TOO_LARGE', () => underLarge(), /root 2\d\d\d of 2048/],
  ])('%s', async (_title, code, file, detail) => {
    expect(await refused(code, 'next', '--certificate', file())).toMatch(detail);
  });

  test('with two roots in the root’s file', async () => {
    const two = ca.write('two.pem', ca.read('root.pem') + ca.read('root.pem'));
    await refused('CHAIN_ORDER', 'next', '--certificate', chain('next'), '--root', two);
  });

  test('for a CA that nobody requested, or that has its certificate', async () => {
    await refused('CA_UNKNOWN', 'nobody', '--certificate', chain('next', 'root'));
    await refused('CA_UNFIT', 'here', '--certificate', chain('here', 'root'));
  });

  test('with and without a PKCS#12 file beside it', async () => {
    await refused('USAGE', 'next');
    await refused('USAGE', 'next', '--certificate', chain('next'), '--pkcs12', 'x.p12');
  });

  function derOf(name: string): string {
    ca.run('x509', '-in', `${name}.pem`, '-outform', 'DER', '-out', 'x.der');
    return ca.path('x.der');
  }

  /** The certificate says that it is of version 1. */
  function garbled(): string {
    ca.run('x509', '-in', 'next.pem', '-outform', 'DER', '-out', 'x.der');
    const der = readFileSync(ca.path('x.der'));
    der[der.indexOf(Buffer.from('a003020102', 'hex')) + 4] = 0;
    writeFileSync(ca.path('x.der'), der);
    return `-----BEGIN CERTIFICATE-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`;
  }

  function chainOfThree() {
    ca.make('middle', `${NAME}Middle CA`, 'root', { extensions: [...ROOT, 'authorityKeyIdentifier = keyid'] });
    signed({}, 'middle')();
    return { below: () => chain('odd', 'middle'), gap: () => chain('odd', 'root') };
  }

  function underNamesake(): string {
    ca.make('namesake', '/O=Größe & Söhne/OU=TEST/CN=Customer Root CA', null);
    return chain('next', 'namesake');
  }

  function underOther(kind: 'RSA' | 'P-384'): string {
    ca.key('other', kind);
    ca.request('other', `${NAME}Other CA`);
    ca.sign('other', null);
    return signed({}, 'other')();
  }

  function without(name: string, instead?: string) {
    return { extensions: [...ISSUING.filter((line) => !line.startsWith(name)), ...(instead ? [instead] : [])] };
  }

  /** OpenSSL asks clientAuth of every CA above a client, and takes no other use for it. */
  function uses(use: string) {
    return { extensions: [...ISSUING, `extendedKeyUsage = ${use}`] };
  }

  function pathlen(length: number) {
    return { extensions: ISSUING.map((line) => line.replace('pathlen:0', `pathlen:${length}`)) };
  }

  function underShort(): string {
    ca.make('short', `${NAME}Short CA`, null, { extensions: ISSUING.slice(0, 3) });
    return signed({}, 'short')();
  }

  function underNameless(): string {
    ca.make('nameless', '/O=Example/OU=TEST', null);
    return signed({}, 'nameless')();
  }

  function underItsName(): string {
    const [subject = ''] = ca.run('req', '-in', 'next.csr', '-noout', '-subject', '-nameopt', 'compat').split('\n');
    ca.make('itself', subject.slice('subject='.length), null);
    return signed({}, 'itself')();
  }

  function realChain(): string {
    ca.make('real', '/O=Example/CN=Real Root CA', null);
    return signed({}, 'real')();
  }

  function underEnded(): string {
    ca.make('ended', `${NAME}Ended CA`, null, { end: '20260601000000Z' });
    return signed({}, 'ended')();
  }

  function underLarge(): string {
    ca.make('large', `${NAME}Large CA`, null, { extensions: [...ROOT, `nsComment = ${'x'.repeat(1700)}`] });
    return signed({}, 'large')();
  }
});

describe('a PKCS#12 file is refused', () => {
  const p12 =
    (above: string[], ...options: string[]) =>
    () =>
      ca.pkcs12('x', 'issuing', above, PASSPHRASE, ...options);

  test.each<Case>([
    ['that is text', 'P12_UNREADABLE', () => ca.write('x.p12', 'hello'), /cut short/],
    ['that is empty', 'P12_UNREADABLE', () => ca.write('x.p12', ''), /cut short/],
    ['that is cut short', 'P12_UNREADABLE', () => ca.write('x.p12', bytes().subarray(0, -9)), /cut short/],
    ['with a changed byte', 'P12_UNREADABLE', () => changed(), /changed after it was made/],
    ['that is longer than any', 'FILE_UNREADABLE', () => ca.write('x.p12', Buffer.alloc(300_000)), /longer/],
    ['under another passphrase', 'P12_PASSPHRASE_WRONG', () => ca.pkcs12('x', 'issuing', ['root'], 'other'), /^/],
    [
      'under another, with old ciphers',
      'P12_PASSPHRASE_WRONG',
      () => ca.pkcs12('x', 'issuing', ['root'], 'other', '-legacy'),
      /^/,
    ],
    ['without a MAC', 'P12_SCHEME', p12(['root'], '-nomac'), /MAC/],
    ['with a cipher that nobody uses', 'P12_SCHEME', p12(['root'], '-keypbe', 'camellia-256-cbc'), /cipher/],
    ['that asks for too many rounds', 'P12_SCHEME', () => manyRounds(), /rounds/],
    ['without a key', 'P12_CONTENT', p12(['root'], '-nokeys'), /0 keys/],
    ['without a certificate', 'P12_CONTENT', () => noCertificate(), /no certificate/],
    ['with a certificate of somebody else', 'P12_CONTENT', p12(['root', 'here']), /1 of its certificates/],
    ['with its own certificate twice', 'P12_CONTENT', p12(['issuing', 'root']), /1 of its certificates/],
    ['with an RSA key', 'CA_KEY_KIND', () => kindOfKey('RSA'), /rsa/],
    ['with a P-384 key', 'CA_KEY_KIND', () => kindOfKey('P-384'), /secp384r1/],
    ['without its root', 'ROOT_MISSING', p12([]), /one certificate/],
    ['whose key is here already', 'CA_EXISTS', () => ca.pkcs12('x', 'here', ['root'], PASSPHRASE), /^/],
    ['of the same name as one that is here', 'CA_FOREIGN', () => foreign(), /Here CA/],
  ])('%s', async (_title, code, file, detail) => {
    expect(await refused(code, 'fresh', '--pkcs12', file())).toMatch(detail);
  });

  test('without a passphrase', async () => {
    await refused('PASSPHRASE_MISSING', 'fresh', '--pkcs12', p12(['root'])(), '--p12-passphrase-fd', emptyFd());
  });

  test('under a name that is taken', async () => {
    await refused('CA_EXISTS', 'here', '--pkcs12', p12(['root'])());
  });

  test('at a real station when it says TEST', async () => {
    const real = ['--data', join(at.dir, 'real')];
    at.typed.push('station', 'station');
    await at.keyline('ca', 'init', '--organization', 'Example', ...real);
    const secret = openSync(ca.write('secret', `${PASSPHRASE}\n`), 'r');
    at.typed.push('station');
    const { answers } = await at.keyline(
      ...[
        'ca',
        'import',
        'fresh',
        '--pkcs12',
        p12(['root'])(),
        '--p12-passphrase-fd',
        String(secret),
        ...real,
        '--json',
      ],
    );
    expect(RefusalAnswer.parse(JSON.parse(answers[0] ?? '')).error.code).toBe('CA_PRACTICE');
    expect(readdirSync(join(at.dir, 'real', 'keys', 'ca'))).toEqual(['main']);
  });

  function bytes(): Buffer {
    return readFileSync(p12(['root'])());
  }

  function changed(): string {
    const whole = bytes();
    const middle = whole.length >> 1;
    whole[middle] = (whole[middle] ?? 0) ^ 1;
    return ca.write('x.p12', whole);
  }

  /** The file was made with a million; each of them says 8 million. */
  function manyRounds(): string {
    const file = readFileSync(ca.pkcs12('x', 'issuing', ['root'], PASSPHRASE, '-iter', '1000000'));
    return ca.write('x.p12', Buffer.from(file.toString('hex').replaceAll('02030f4240', '02037fffff'), 'hex'));
  }

  function noCertificate(): string {
    ca.pkcs12('x', 'issuing', [], PASSPHRASE);
    ca.run('pkcs12', '-export', '-inkey', 'issuing.key', '-nocerts', '-out', 'x.p12', '-passout', 'file:passphrase');
    return ca.path('x.p12');
  }

  function kindOfKey(kind: 'RSA' | 'P-384'): string {
    ca.key('odd-key', kind);
    ca.request('odd-key', `${NAME}Odd CA`);
    ca.sign('odd-key', 'root');
    return ca.pkcs12('x', 'odd-key', ['root'], PASSPHRASE);
  }

  function foreign(): string {
    ca.make('again', `${NAME}Here CA`, 'root');
    return ca.pkcs12('x', 'again', ['root'], PASSPHRASE);
  }

  function emptyFd(): string {
    return String(openSync(ca.write('empty', ''), 'r'));
  }
});

test('what is right is taken after all: other words between the certificates, the root beside them', async () => {
  ca.run('x509', '-in', 'next.pem', '-text', '-out', 'words.pem');
  expect(await imported('next', '--certificate', ca.path('words.pem'), '--root', ca.path('root.pem'))).toBe(0);
  const { cas } = CaAnswer.parse(JSON.parse(at.answers.at(-1) ?? ''));
  expect(cas).toMatchObject([{ name: 'next', state: 'standby', chain: [{ commonName: 'Customer Root CA' }, {}] }]);
  closeSync(openSync(ca.path('words.pem'), 'r'));
});
