// A PKCS#11 token in software (SoftHSM 2) in a folder of its own, which can be pulled out and put back. What the pulling
// is: the token's files are taken from under the module, as a pulled plug takes the token. The session that was open
// goes on failing for good (CKR_OBJECT_HANDLE_INVALID at C_SignInit), also after it is back, and a process that starts
// meanwhile sees no token: both as with hardware. What it is not: no slot event, no call that hangs, and a module that
// had cached the key would go on signing; SoftHSM reads the object's file anew at each use.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TokenKeyRef } from '../../station/identity/pkcs11/token-key-ref.ts';

/** Where Debian, Fedora and Homebrew put it. */
const MODULES = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib64/pkcs11/libsofthsm2.so',
  '/opt/homebrew/lib/softhsm/libsofthsm2.so',
];

export interface SoftToken {
  readonly module: string;
  readonly label: string;
  readonly pin: string;
  readonly soPin: string;
  /** For the environment of every program that is to see it: SOFTHSM2_CONF. */
  readonly env: Readonly<Record<'SOFTHSM2_CONF', string>>;
  ref(keyLabel: string): TokenKeyRef;
  /** Makes one more token in the same reader, of this label. */
  add(label: string): void;
  /** One run of `pkcs11-tool` or `softhsm2-util` on it; what it prints. */
  tool(program: 'pkcs11-tool' | 'softhsm2-util', ...args: string[]): string;
  pullOut(): void;
  putBack(): void;
  dispose(): void;
}

export function softModule(): string {
  const found = MODULES.find((path) => existsSync(path));
  if (!found) throw new Error('SoftHSM 2 is missing: npm run setup installs it');
  return found;
}

/** A fresh token with a user PIN. This process's own environment names it too until it is disposed of. */
export function makeSoftToken({ label = 'line-4', pin = 'Pin-of-line-4' } = {}): SoftToken {
  const module = softModule();
  const dir = mkdtempSync(join(tmpdir(), 'keyline-token-'));
  const [tokens, away] = [join(dir, 'tokens'), join(dir, 'away')];
  mkdirSync(tokens);
  mkdirSync(away);
  const conf = join(dir, 'softhsm2.conf');
  writeFileSync(conf, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  const before = process.env.SOFTHSM2_CONF;
  const env = { SOFTHSM2_CONF: conf };
  Object.assign(process.env, env);
  const soPin = 'so-pin-of-line-4';
  const tool = (program: string, ...args: string[]) =>
    execFileSync(program, program === 'pkcs11-tool' ? ['--module', module, ...args] : args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    });
  const add = (name: string) =>
    void tool('softhsm2-util', '--init-token', '--free', '--label', name, '--so-pin', soPin, '--pin', pin);
  const move = (from: string, to: string) => {
    for (const name of readdirSync(from)) renameSync(join(from, name), join(to, name));
  };
  add(label);
  return {
    ...{ module, label, pin, soPin, env, add, tool },
    ref: (keyLabel) => ({ module, tokenLabel: label, keyLabel }),
    pullOut: () => move(tokens, away),
    putBack: () => move(away, tokens),
    dispose() {
      if (before === undefined) delete process.env.SOFTHSM2_CONF;
      else process.env.SOFTHSM2_CONF = before;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
