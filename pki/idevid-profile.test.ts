// The independent oracle: what we build is what `openssl verify -x509_strict` accepts, now and in 2060.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { newCertificateSerialNumber } from './idevid-profile.ts';
import { IN_2060_MS, type MadeCas, madeCas, madeLeaf, SOON_MS } from './made-for-tests.ts';
import { toPem } from './pem.ts';

const dir = mkdtempSync(join(tmpdir(), 'keyline-profile-'));
afterAll(() => rmSync(dir, { recursive: true }));

function file(name: string, der: Uint8Array): string {
  const path = join(dir, name);
  writeFileSync(path, toPem('CERTIFICATE', der));
  return path;
}

/** What `openssl verify` says of a leaf at a time. */
function verdict(cas: MadeCas, leaf: Uint8Array, atMs: number): string {
  const at = ['-attime', String(Math.floor(atMs / 1000))];
  const chain = ['-CAfile', file('root.pem', cas.root.der), '-untrusted', file('issuing.pem', cas.issuing.der)];
  try {
    const strict = ['verify', '-x509_strict', '-check_ss_sig', '-purpose', 'sslclient'];
    return execFileSync('openssl', [...strict, ...at, ...chain, file('leaf.pem', leaf)], { stdio: 'pipe' }).toString();
  } catch (error) {
    return String(error);
  }
}

describe('openssl in strict mode', () => {
  test.each([
    ['real', false],
    ['practice', true],
  ])('accepts a %s chain without end, now and in 2060', async (_title, practice) => {
    const cas = await madeCas({ practice });
    const leaf = madeLeaf(cas);
    expect(verdict(cas, leaf, SOON_MS)).toContain(': OK');
    expect(verdict(cas, leaf, IN_2060_MS)).toContain(': OK');
  });

  test('accepts a leaf with an end until its last day is over, and no longer', async () => {
    const cas = await madeCas();
    for (const notAfter of ['2040-06-30', '2055-06-30']) {
      const leaf = madeLeaf(cas, { notAfter });
      const endMs = Date.parse(`${notAfter}T23:59:59Z`);
      // openssl counts the last second itself as over; RFC 5280, and we, as within.
      expect(verdict(cas, leaf, endMs - 1000)).toContain(': OK');
      expect(verdict(cas, leaf, endMs + 1000)).toContain('expired');
    }
  });

  test('refuses in 2060 what hangs below CAs that end before', async () => {
    const cas = await madeCas({ notAfter: '2050-12-31' });
    expect(verdict(cas, madeLeaf(cas), IN_2060_MS)).toContain('expired');
  });

  test('finds the hardware module where 802.1AR puts it', async () => {
    const leaf = file('leaf.pem', madeLeaf(await madeCas()));
    const parsed = execFileSync('openssl', ['asn1parse', '-in', leaf], { stdio: 'pipe' }).toString();
    const [, offset] = /Subject Alternative Name\n\s*([0-9]+):/.exec(parsed) ?? [];
    const value = execFileSync('openssl', ['asn1parse', '-in', leaf, '-strparse', offset ?? ''], { stdio: 'pipe' });
    expect(value.toString()).toMatch(
      /:1\.3\.6\.1\.5\.5\.7\.8\.4\n(?:.*\n)+.*:1\.3\.6\.1\.4\.1\.32473\.1\n.*0BADC0FFEE42/,
    );
  });
});

test('a certificate serial number has 128 bits, whatever chance gives', () => {
  expect(newCertificateSerialNumber({ bytes: (length) => new Uint8Array(length) })).toBe(`01${'00'.repeat(15)}`);
  expect(newCertificateSerialNumber({ bytes: (length) => new Uint8Array(length).fill(255) })).toBe('ff'.repeat(16));
});
