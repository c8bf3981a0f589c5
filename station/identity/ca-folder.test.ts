import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { chance, madeCas, SOON_MS } from '../../pki/made-for-tests.ts';
import { toPem } from '../../pki/pem.ts';
import { NEVER_MS } from '../../pki/time.ts';
import { hasCa, loadCa, loadCas, PRACTICE_PASSPHRASE, unlockCa } from './ca-folder.ts';
import { createCa, requestCa } from './ca-making.ts';
import { keySigner, newKey } from './file-signer.ts';
import { Secret } from './secret.ts';

const base = mkdtempSync(join(tmpdir(), 'keyline-ca-'));
afterAll(() => rmSync(base, { recursive: true }));
let folders = 0;
const fresh = () => join(base, `keys-${folders++}`);

const creation = {
  practice: false,
  organization: 'Example',
  passphrase: Secret.fromText('p'),
  nowMs: SOON_MS,
  random: chance,
};
const real = fresh();
await createCa(real, creation);
const practice = fresh();
await createCa(practice, { ...creation, practice: true, passphrase: Secret.fromText(PRACTICE_PASSPHRASE) });

const home = (keys: string) => join(keys, 'ca', 'main');

/** A copy of the real CA with one file replaced, or taken away. */
function copyWith(name: string, text: string | null): string {
  const keys = fresh();
  cpSync(real, keys, { recursive: true });
  if (text === null) rmSync(join(home(keys), name));
  else writeFileSync(join(home(keys), name), text);
  return keys;
}

/** As a Keyline before CAs had names wrote it: in keys/ca itself, without signer.json. */
function oldLayout(from: string): string {
  const keys = fresh();
  mkdirSync(join(keys, 'ca'), { recursive: true });
  for (const file of readdirSync(home(from)))
    if (file !== 'signer.json') cpSync(join(home(from), file), join(keys, 'ca', file));
  return keys;
}

describe('a new CA', () => {
  test('is loaded without its passphrase, never ends, and starts a day before it was made', async () => {
    const { chain, root, issuing } = await loadCa(real);
    expect(chain).toMatchObject({ root: root.der, intermediates: [issuing.der], issuerId: issuing.fingerprint });
    expect(chain).toMatchObject({ notBeforeMs: SOON_MS - 86_400_000, practice: false });
    expect([root.notAfterMs, issuing.notAfterMs]).toEqual([NEVER_MS, NEVER_MS]);
  });

  test('is its owner’s only', () => {
    expect(statSync(home(real)).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(home(real))) expect(statSync(join(home(real), file)).mode & 0o777).toBe(0o600);
  });

  test('keeps the key of its root, encrypted, to be taken away', () => {
    expect(readFileSync(join(home(real), 'root.key.pem'), 'utf8')).toContain('ENCRYPTED PRIVATE KEY');
  });

  test('for practice says TEST and forgets the key of its root', async () => {
    const { chain, root, issuing } = await loadCa(practice);
    expect([chain.practice, root.practice, issuing.practice]).toEqual([true, true, true]);
    expect(readdirSync(home(practice)).sort()).toEqual(['issuing.key.pem', 'issuing.pem', 'root.pem', 'signer.json']);
    await expect(unlockCa(await loadCa(practice), Secret.fromText(PRACTICE_PASSPHRASE))).resolves.toHaveProperty(
      'spki',
      issuing.spki,
    );
  });

  test('never replaces one', async () => {
    const before = readFileSync(join(home(real), 'issuing.pem'));
    await expect(createCa(real, creation)).rejects.toMatchObject({ code: 'CA_EXISTS' });
    expect(readFileSync(join(home(real), 'issuing.pem'))).toEqual(before);
  });

  test('starts afresh from what a power cut left', async () => {
    const keys = fresh();
    mkdirSync(join(keys, 'ca', 'main.partial'), { recursive: true });
    writeFileSync(join(keys, 'ca', 'main.partial', 'issuing.key.pem'), 'half');
    expect(hasCa(keys)).toBe(false);
    await expect(loadCa(keys)).rejects.toMatchObject({ code: 'CA_MISSING' });
    await createCa(keys, creation);
    expect(readdirSync(join(keys, 'ca'))).toEqual(['main']);
  });

  test('is not there when its making failed', async () => {
    const keys = fresh();
    await expect(createCa(keys, { ...creation, passphrase: Secret.fromText('') })).rejects.toMatchObject({
      code: 'PASSPHRASE_MISSING',
    });
    expect([hasCa(keys), readdirSync(join(keys, 'ca'))]).toEqual([false, []]);
    await expect(loadCa(keys)).rejects.toMatchObject({ code: 'CA_MISSING' });
  });

  test('has a name of its own', async () => {
    const [a, b] = [await loadCa(real), await loadCa(practice)];
    expect(a.issuing.commonName).not.toBe(b.issuing.commonName);
  });
});

describe('a CA is refused', async () => {
  const others = await madeCas();
  const read = (name: string) => readFileSync(join(home(real), name), 'utf8');
  test.each<[string, string, string | null, string]>([
    ['without its root', 'root.pem', null, 'missing'],
    ['without its issuing certificate', 'issuing.pem', null, 'missing'],
    ['with text for a certificate', 'root.pem', 'hello\n', 'PEM'],
    ['with a certificate cut short', 'issuing.pem', read('issuing.pem').slice(0, 300), 'PEM'],
    ['with a chain for a certificate', 'issuing.pem', read('issuing.pem') + read('root.pem'), 'twice'],
    ['with a word for its signer', 'signer.json', 'hello', 'signer'],
    ['with bytes for a certificate', 'issuing.pem', toPem('CERTIFICATE', new Uint8Array(40)), 'trailing'],
    ['under another root', 'root.pem', toPem('CERTIFICATE', others.root.der), 'another name'],
    ['with the root for the issuing CA', 'issuing.pem', read('root.pem'), 'further CAs'],
  ])('%s', async (_title, name, text, reason) => {
    const keys = copyWith(name, text);
    const code = name === 'signer.json' ? 'CA_SIGNER_FILE' : 'CA_INVALID';
    const refusal = { code, detail: expect.stringContaining(reason) };
    await expect(loadCa(keys)).rejects.toMatchObject(refusal);
  });

  test('when the key is not that of its certificate', async () => {
    const keys = copyWith('issuing.key.pem', read('root.key.pem'));
    await expect(unlockCa(await loadCa(keys), Secret.fromText('p'))).rejects.toMatchObject({ code: 'CA_INVALID' });
  });

  test('when its key is gone, damaged, or the passphrase is wrong', async () => {
    const gone = await loadCa(copyWith('issuing.key.pem', null));
    const damaged = await loadCa(copyWith('issuing.key.pem', read('issuing.key.pem').slice(0, 100)));
    await expect(unlockCa(gone, Secret.fromText('p'))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    await expect(unlockCa(damaged, Secret.fromText('p'))).rejects.toMatchObject({ code: 'KEY_FILE_INVALID' });
    await expect(unlockCa(await loadCa(real), Secret.fromText('q'))).rejects.toMatchObject({
      code: 'PASSPHRASE_WRONG',
    });
  });
});

describe('several CAs', () => {
  test('live side by side, a request among them, each in its folder', async () => {
    const keys = fresh();
    await createCa(keys, { ...creation, name: 'b' });
    await createCa(keys, { ...creation, name: 'a' }, { token: null, limit: 5 });
    await requestCa(keys, { ...creation, name: 'c' });
    const { whole, requested } = await loadCas(keys);
    expect(whole.map(({ name, limit, signer }) => [name, limit, signer.kind])).toEqual([
      ['a', 5, 'file'],
      ['b', null, 'file'],
    ]);
    expect(requested.map(({ name }) => name)).toEqual(['c']);
    expect(readdirSync(join(keys, 'ca', 'c')).sort()).toEqual(['issuing.key.pem', 'request.pem', 'signer.json']);
    await expect(requestCa(keys, { ...creation, name: 'a' })).rejects.toMatchObject({ code: 'CA_EXISTS' });
  });

  test('are not stopped by one whose key has a name that no token takes', async () => {
    const keys = fresh();
    await createCa(keys, creation);
    const signer = keySigner(newKey());
    // 33 letters, 66 bytes.
    const ref = { kind: 'pkcs11', module: '/lib/p11.so', tokenLabel: 'Keyline', keyLabel: 'ä'.repeat(33) } as const;
    const asked = requestCa(keys, { ...creation, name: 'next' }, { token: { signer, ref }, limit: null });
    await expect(asked).rejects.toMatchObject({ code: 'USAGE' });
    expect((await loadCas(keys)).whole.map(({ name }) => name)).toEqual(['main']);
    await requestCa(keys, { ...creation, name: 'next' });
  });

  test('are 64 at most, so that a folder of anything else ends soon', async () => {
    const keys = fresh();
    for (let i = 0; i < 65; i++) mkdirSync(join(keys, 'ca', `ca-${i}`), { recursive: true });
    await expect(loadCas(keys)).rejects.toMatchObject({ code: 'CA_INVALID' });
  });
});

describe('the one CA of an older Keyline', () => {
  test('opens where it lies, as main, beside new ones', async () => {
    const keys = oldLayout(real);
    expect(hasCa(keys)).toBe(true);
    const ca = await loadCa(keys);
    expect([ca.name, ca.folder, ca.limit, ca.signer]).toEqual(['main', join(keys, 'ca'), null, { kind: 'file' }]);
    await expect(unlockCa(ca, Secret.fromText('p'))).resolves.toHaveProperty('spki', ca.issuing.spki);
    await createCa(keys, { ...creation, name: 'second' });
    expect((await loadCas(keys)).whole.map(({ name }) => name)).toEqual(['main', 'second']);
    await expect(createCa(keys, creation)).rejects.toMatchObject({ code: 'CA_EXISTS' });
  });

  test('is refused without its issuing certificate, and never taken for none', async () => {
    const keys = oldLayout(real);
    rmSync(join(keys, 'ca', 'issuing.pem'));
    await expect(loadCa(keys)).rejects.toMatchObject({ code: 'CA_INVALID' });
  });
});

describe('signer.json is refused', () => {
  test.each<[string, object]>([
    ['of another kind', { keyline: 1, kind: 'tpm' }],
    ['of a later version', { keyline: 2, kind: 'file' }],
    ['with a key that nobody knows', { keyline: 1, kind: 'file', pin: '1234' }],
    ['without its module', { keyline: 1, kind: 'pkcs11', tokenLabel: 'a', keyLabel: 'b' }],
    [
      'with a label that no token has',
      { keyline: 1, kind: 'pkcs11', module: '/m', tokenLabel: 'ä'.repeat(17), keyLabel: 'b' },
    ],
    ['with a limit of nothing', { keyline: 1, kind: 'file', limit: 0 }],
    ['with a limit that is no number', { keyline: 1, kind: 'file', limit: '5' }],
  ])('%s', async (_title, text) => {
    await expect(loadCas(copyWith('signer.json', JSON.stringify(text)))).rejects.toMatchObject({
      code: 'CA_SIGNER_FILE',
    });
  });

  test('never when a token is named whole', async () => {
    const token = { keyline: 1, kind: 'pkcs11', module: '/m.so', tokenLabel: 'Linie Größe', keyLabel: 'k', limit: 7 };
    const { signer, limit } = await loadCa(copyWith('signer.json', JSON.stringify(token)));
    expect([signer, limit]).toEqual([{ kind: 'pkcs11', module: '/m.so', tokenLabel: 'Linie Größe', keyLabel: 'k' }, 7]);
  });
});
