// PKCS#12 files (RFC 7292), read as openssl and others write them: keys and certificates under one passphrase, today's
// ciphers and the old ones. Refuses files without a MAC, unknown schemes and more rounds than a budget. Run it in a
// process that ends: what it opens is a private key. BER and RC2 are node-forge's, the rest is node:crypto's.
import { createDecipheriv, createHash, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import forge from 'node-forge';
import { KeylineError } from '../domain/errors.ts';

/** Longest file that is read, bytes: a key and a chain need under 10 KB. */
export const MAX_PKCS12 = 256 * 1024;
/** Rounds of all derivations together: some 10 s. openssl writes 2,048 each, a careful person 600,000. */
const MAX_ROUNDS = 5_000_000;
/** Bags and contents: a chain of seven and a key need nine. */
const MAX_PARTS = 64;

export interface Pkcs12Content {
  /** PrivateKeyInfo, DER. Whoever gets them fills them with zeros. */
  readonly keys: readonly Buffer[];
  /** DER, in the order of the file. */
  readonly certificates: readonly Uint8Array[];
}

type Node = forge.asn1.Asn1;

const OID = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
  keyBag: '1.2.840.113549.1.12.10.1.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certBag: '1.2.840.113549.1.12.10.1.3',
  safeContentsBag: '1.2.840.113549.1.12.10.1.6',
  x509: '1.2.840.113549.1.9.22.1',
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
} as const;

const HASHES = new Map([
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);
/** Of PBKDF2. */
const HMACS = new Map([
  ['1.2.840.113549.2.7', 'sha1'],
  ['1.2.840.113549.2.9', 'sha256'],
  ['1.2.840.113549.2.10', 'sha384'],
  ['1.2.840.113549.2.11', 'sha512'],
]);
/** Of PBES2: Node's name and the key's length, bytes. */
const CIPHERS = new Map([
  ['2.16.840.1.101.3.4.1.2', ['aes-128-cbc', 16] as const],
  ['2.16.840.1.101.3.4.1.22', ['aes-192-cbc', 24] as const],
  ['2.16.840.1.101.3.4.1.42', ['aes-256-cbc', 32] as const],
  ['1.2.840.113549.3.7', ['des-ede3-cbc', 24] as const],
]);
/** RFC 7292 appendix C, as `openssl pkcs12 -legacy` uses them: cipher, and the key's length, bytes. */
const OLD_CIPHERS = new Map([
  ['1.2.840.113549.1.12.1.3', ['des-ede3-cbc', 24] as const],
  ['1.2.840.113549.1.12.1.5', ['rc2', 16] as const],
  ['1.2.840.113549.1.12.1.6', ['rc2', 5] as const],
]);
/** Both old ciphers work on blocks of this length, bytes. */
const OLD_BLOCK = 8;

/** `passphrase` is UTF-8. Throws P12_UNREADABLE, P12_PASSPHRASE_WRONG, P12_SCHEME. */
export function readPkcs12(file: Uint8Array, passphrase: Uint8Array): Pkcs12Content {
  if (file.length > MAX_PKCS12) throw new KeylineError('P12_UNREADABLE', `longer than ${MAX_PKCS12} bytes`);
  const opener = new Opener(passphrase);
  const pfx = parse(Buffer.from(file), 'the file');
  const [version, authSafe, macData, ...more] = members(pfx);
  if (!version || !authSafe || more.length > 0 || integerOf(version) !== 3) throw unreadable('it is no PKCS#12');
  const content = dataOf(authSafe);
  if (!macData) throw new KeylineError('P12_SCHEME', 'it has no MAC');
  if (!opener.fitsMac(content, macData)) {
    // With a wrong passphrase nothing opens; with the right one the file was changed.
    if (opens(opener, content)) throw unreadable('it was changed after it was made');
    throw new KeylineError('P12_PASSPHRASE_WRONG');
  }
  return opener.safe(content);
}

function opens(opener: Opener, content: Buffer): boolean {
  try {
    for (const key of opener.safe(content).keys) key.fill(0);
    return true;
  } catch (error) {
    if (error instanceof KeylineError) return false;
    throw error;
  }
}

/** One passphrase, and what is left of the budgets. */
class Opener {
  readonly #utf8: Buffer;
  /** As the old derivation takes it: UTF-16, big end first, with its zero. */
  readonly #utf16: Buffer;
  #rounds = 0;
  #parts = 0;

  constructor(passphrase: Uint8Array) {
    this.#utf8 = Buffer.from(passphrase);
    this.#utf16 = Buffer.from(`${this.#utf8.toString('utf8')}\0`, 'utf16le').swap16();
  }

  fitsMac(content: Buffer, macData: Node): boolean {
    const [info, salt, rounds] = members(macData);
    const [algorithm, digest] = members(info);
    const hash = HASHES.get(oidOf(members(algorithm)[0]));
    if (!hash) throw new KeylineError('P12_SCHEME', 'its MAC is of an unknown kind');
    const wanted = octets(digest);
    const key = this.#derive(hash, 3, octets(salt), rounds ? integerOf(rounds) : 1, wanted.length);
    const found = createHmac(hash, key).update(content).digest();
    return found.length === wanted.length && timingSafeEqual(found, wanted);
  }

  /** AuthenticatedSafe: contents, plain or encrypted, each a list of bags. */
  safe(content: Buffer): Pkcs12Content {
    const found = { keys: [] as Buffer[], certificates: [] as Uint8Array[] };
    for (const part of members(parse(content, 'its contents'))) {
      this.#count();
      const type = oidOf(members(part)[0]);
      if (type === OID.data) this.#bags(parse(dataOf(part), 'a content'), found);
      else if (type === OID.encryptedData) this.#bags(this.#encrypted(part), found);
      else throw new KeylineError('P12_SCHEME', 'it is locked to a public key');
    }
    return found;
  }

  #encrypted(part: Node): Node {
    const [, wrapped] = members(part);
    const [, info] = members(members(wrapped)[0]);
    const [, algorithm, data] = members(info);
    const plain = this.#decrypt(algorithm, octets(data));
    return parseOpened(plain);
  }

  #bags(bags: Node, found: { keys: Buffer[]; certificates: Uint8Array[] }): void {
    for (const bag of members(bags)) {
      this.#count();
      const [type, wrapped] = members(bag);
      const [value] = members(wrapped);
      if (!value) throw unreadable('a bag is empty');
      switch (oidOf(type)) {
        case OID.keyBag:
          found.keys.push(bytesOf(value));
          break;
        case OID.shroudedKeyBag: {
          const [algorithm, data] = members(value);
          const key = this.#decrypt(algorithm, octets(data));
          parseOpened(key);
          found.keys.push(key);
          break;
        }
        case OID.certBag: {
          const [kind, holder] = members(value);
          if (oidOf(kind) === OID.x509) found.certificates.push(octets(members(holder)[0]));
          break;
        }
        case OID.safeContentsBag:
          this.#bags(value, found);
          break;
        default:
          // Lists of revoked certificates and secrets of other kinds are not what is looked for.
          break;
      }
    }
  }

  #decrypt(algorithm: Node | undefined, data: Buffer): Buffer {
    const [type, parameters] = members(algorithm);
    const scheme = oidOf(type);
    if (scheme === OID.pbes2) return this.#pbes2(parameters, data);
    const old = OLD_CIPHERS.get(scheme);
    if (!old) throw new KeylineError('P12_SCHEME', `cipher ${scheme}`);
    const [salt, rounds] = members(parameters);
    const [cipher, length] = old;
    const key = this.#derive('sha1', 1, octets(salt), integerOf(rounds), length);
    const iv = this.#derive('sha1', 2, octets(salt), integerOf(rounds), OLD_BLOCK);
    return cipher === 'rc2' ? oldRc2(key, iv, data) : decipher(cipher, key, iv, data);
  }

  #pbes2(parameters: Node | undefined, data: Buffer): Buffer {
    const [derivation, encryption] = members(parameters);
    const [kdf, kdfParameters] = members(derivation);
    const [type, ivNode] = members(encryption);
    const cipher = CIPHERS.get(oidOf(type));
    if (oidOf(kdf) !== OID.pbkdf2 || !cipher) throw new KeylineError('P12_SCHEME', `cipher ${oidOf(type)}`);
    const [salt, rounds, ...rest] = members(kdfParameters);
    const prf = rest.find(({ type: tag }) => tag === forge.asn1.Type.SEQUENCE);
    const hash = prf ? HMACS.get(oidOf(members(prf)[0])) : 'sha1';
    if (!hash) throw new KeylineError('P12_SCHEME', 'its derivation is of an unknown kind');
    const [name, length] = cipher;
    const count = this.#spend(integerOf(rounds));
    return decipher(name, pbkdf2Sync(this.#utf8, octets(salt), count, length, hash), octets(ivNode), data);
  }

  /** RFC 7292 appendix B.2. `id`: 1 a key, 2 an initialization vector, 3 a MAC key. */
  #derive(hash: string, id: 1 | 2 | 3, salt: Buffer, rounds: number, length: number): Buffer {
    const block = hash === 'sha384' || hash === 'sha512' ? 128 : 64;
    const state = Buffer.concat([repeated(salt, block), repeated(this.#utf16, block)]);
    const out: Buffer[] = [];
    for (let made = 0; made < length; ) {
      let digest = createHash(hash).update(Buffer.alloc(block, id)).update(state).digest();
      const count = this.#spend(rounds);
      for (let round = 1; round < count; round++) digest = createHash(hash).update(digest).digest();
      out.push(digest);
      made += digest.length;
      const add = Buffer.alloc(block, digest);
      for (let start = 0; start < state.length; start += block) addInto(state.subarray(start, start + block), add);
    }
    return Buffer.concat(out).subarray(0, length);
  }

  #spend(rounds: number): number {
    this.#rounds += rounds;
    if (rounds < 1 || this.#rounds > MAX_ROUNDS)
      throw new KeylineError('P12_SCHEME', `it asks for ${this.#rounds} rounds, ${MAX_ROUNDS} at most`);
    return rounds;
  }

  #count(): void {
    if (++this.#parts > MAX_PARTS) throw new KeylineError('P12_CONTENT', `more than ${MAX_PARTS} parts`);
  }
}

function decipher(name: string, key: Buffer, iv: Buffer, data: Buffer): Buffer {
  try {
    const cipher = createDecipheriv(name, key, iv);
    return Buffer.concat([cipher.update(data), cipher.final()]);
  } catch (cause) {
    throw new KeylineError('P12_PASSPHRASE_WRONG', '', {}, cause);
  } finally {
    key.fill(0);
  }
}

function oldRc2(key: Buffer, iv: Buffer, data: Buffer): Buffer {
  const cipher = forge.rc2.createDecryptionCipher(key.toString('latin1'), 8 * key.length);
  key.fill(0);
  cipher.start(iv.toString('latin1'));
  cipher.update(forge.util.createBuffer(data.toString('latin1')));
  if (!cipher.finish()) throw new KeylineError('P12_PASSPHRASE_WRONG');
  return Buffer.from(cipher.output.getBytes(), 'latin1');
}

/** Over and over until whole blocks are full. */
function repeated(bytes: Buffer, block: number): Buffer {
  return Buffer.alloc(Math.ceil(bytes.length / block) * block, bytes);
}

/** `into` + `add` + 1, big end first, modulo its length. */
function addInto(into: Buffer, add: Buffer): void {
  let carry = 1;
  for (let i = into.length - 1; i >= 0; i--) {
    carry += (into[i] ?? 0) + (add[i] ?? 0);
    into[i] = carry & 0xff;
    carry >>= 8;
  }
}

/** What a decryption gave: garbage that ends in good padding by chance, once in 256 times, parses as nothing. */
function parseOpened(plain: Buffer): Node {
  try {
    return parse(plain, 'a content');
  } catch (cause) {
    throw new KeylineError('P12_PASSPHRASE_WRONG', '', {}, cause);
  }
}

function parse(bytes: Buffer, what: string): Node {
  try {
    return forge.asn1.fromDer(bytes.toString('latin1'), true);
  } catch (cause) {
    throw new KeylineError('P12_UNREADABLE', `${what} is cut short or damaged`, {}, cause);
  }
}

function members(node: Node | undefined): readonly Node[] {
  if (!node || !Array.isArray(node.value)) throw unreadable('a part is missing');
  return node.value;
}

/** Content of a ContentInfo of type data. */
function dataOf(info: Node): Buffer {
  const [type, wrapped] = members(info);
  if (oidOf(type) !== OID.data) throw new KeylineError('P12_SCHEME', 'it is signed with a key, not a passphrase');
  return octets(members(wrapped)[0]);
}

/** An octet string, also one that BER cut into pieces. */
function octets(node: Node | undefined): Buffer {
  if (!node) throw unreadable('a part is missing');
  if (Array.isArray(node.value)) return Buffer.concat(node.value.map(octets));
  return Buffer.from(node.value, 'latin1');
}

function oidOf(node: Node | undefined): string {
  if (!node || typeof node.value !== 'string' || node.type !== forge.asn1.Type.OID)
    throw unreadable('a part is missing');
  try {
    return forge.asn1.derToOid(node.value);
  } catch {
    // A part of it that is larger than any that is known.
    throw unreadable('an object identifier is none');
  }
}

function integerOf(node: Node | undefined): number {
  if (!node || typeof node.value !== 'string' || node.type !== forge.asn1.Type.INTEGER || node.value.length > 4)
    throw unreadable('a number is missing or too large');
  return forge.asn1.derToInteger(node.value);
}

function bytesOf(node: Node): Buffer {
  return Buffer.from(forge.asn1.toDer(node).getBytes(), 'latin1');
}

function unreadable(detail: string): KeylineError {
  return new KeylineError('P12_UNREADABLE', detail);
}
