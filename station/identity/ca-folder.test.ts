import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { chance, madeCas, SOON_MS } from '../../pki/made-for-tests.ts';
import { toPem } from '../../pki/pem.ts';
import { NEVER_MS } from '../../pki/time.ts';
import { createCa, loadCa, PRACTICE_PASSPHRASE, unlockCa } from './ca-folder.ts';
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

/** A copy of the real CA with one file replaced, or taken away. */
function copyWith(name: string, text: string | null): string {
  const keys = fresh();
  mkdirSync(join(keys, 'ca'), { recursive: true });
  for (const file of readdirSync(join(real, 'ca'))) copyFileSync(join(real, 'ca', file), join(keys, 'ca', file));
  if (text === null) rmSync(join(keys, 'ca', name));
  else writeFileSync(join(keys, 'ca', name), text);
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
    expect(statSync(join(real, 'ca')).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(join(real, 'ca'))) expect(statSync(join(real, 'ca', file)).mode & 0o777).toBe(0o600);
  });

  test('keeps the key of its root, encrypted, to be taken away', () => {
    expect(readFileSync(join(real, 'ca', 'root.key.pem'), 'utf8')).toContain('ENCRYPTED PRIVATE KEY');
  });

  test('for practice says TEST and forgets the key of its root', async () => {
    const { chain, root, issuing } = await loadCa(practice);
    expect([chain.practice, root.practice, issuing.practice]).toEqual([true, true, true]);
    expect(readdirSync(join(practice, 'ca')).sort()).toEqual(['issuing.key.pem', 'issuing.pem', 'root.pem']);
    await expect(unlockCa(await loadCa(practice), Secret.fromText(PRACTICE_PASSPHRASE))).resolves.toHaveProperty(
      'spki',
      issuing.spki,
    );
  });

  test('never replaces one', async () => {
    const before = readFileSync(join(real, 'ca', 'issuing.pem'));
    await expect(createCa(real, creation)).rejects.toMatchObject({ code: 'CA_EXISTS' });
    expect(readFileSync(join(real, 'ca', 'issuing.pem'))).toEqual(before);
  });

  test('starts afresh from what a power cut left', async () => {
    const keys = fresh();
    mkdirSync(join(keys, 'ca.partial'), { recursive: true });
    writeFileSync(join(keys, 'ca.partial', 'issuing.key.pem'), 'half');
    await expect(loadCa(keys)).rejects.toMatchObject({ code: 'CA_MISSING' });
    await createCa(keys, creation);
    expect(readdirSync(keys)).toEqual(['ca']);
  });

  test('is not there when its making failed', async () => {
    const keys = fresh();
    await expect(createCa(keys, { ...creation, passphrase: Secret.fromText('') })).rejects.toMatchObject({
      code: 'PASSPHRASE_MISSING',
    });
    expect(existsSync(join(keys, 'ca'))).toBe(false);
    await expect(loadCa(keys)).rejects.toMatchObject({ code: 'CA_MISSING' });
  });

  test('has a name of its own', async () => {
    const [a, b] = [await loadCa(real), await loadCa(practice)];
    expect(a.issuing.commonName).not.toBe(b.issuing.commonName);
  });
});

describe('a CA is refused', async () => {
  const others = await madeCas();
  const read = (name: string) => readFileSync(join(real, 'ca', name), 'utf8');
  test.each<[string, string, string | null, string]>([
    ['without its root', 'root.pem', null, 'missing'],
    ['without its issuing certificate', 'issuing.pem', null, 'missing'],
    ['with text for a certificate', 'root.pem', 'hello\n', 'PEM'],
    ['with a certificate cut short', 'issuing.pem', read('issuing.pem').slice(0, 300), 'PEM'],
    ['with a chain for a certificate', 'issuing.pem', read('issuing.pem') + read('root.pem'), 'PEM'],
    ['with bytes for a certificate', 'issuing.pem', toPem('CERTIFICATE', new Uint8Array(40)), 'trailing'],
    ['under another root', 'root.pem', toPem('CERTIFICATE', others.root.der), 'another name'],
    ['with the root for the issuing CA', 'issuing.pem', read('root.pem'), 'further CAs'],
  ])('%s', async (_title, name, text, reason) => {
    const keys = copyWith(name, text);
    const refusal = { code: 'CA_INVALID', detail: expect.stringContaining(reason) };
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
