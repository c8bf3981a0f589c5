// A signing key in a PKCS#11 token, through a real module and a real process: SoftHSM, and SoftHSM with faults.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../domain/error-table.ts';
import { errorRow, KeylineError } from '../../domain/errors.ts';
import type { Clock } from '../../domain/seams.ts';
import { verifySignature } from '../../pki/p256.ts';
import { systemClock } from '../../station/clock.ts';
import type { TokenKeyRef } from '../../station/identity/pkcs11/token-key-ref.ts';
import type { TokenProgram } from '../../station/identity/pkcs11/token-link.ts';
import {
  listTokens,
  makeTokenKey,
  openTokenSigner,
  type TokenSigner,
} from '../../station/identity/pkcs11/token-signer.ts';
import { Secret } from '../../station/identity/secret.ts';
import type { SignerState } from '../../station/identity/signer.ts';
import { makeSoftToken, type SoftToken, softModule } from './soft-token.ts';

const MESSAGE = Buffer.from('a to-be-signed body');
const dir = mkdtempSync(join(tmpdir(), 'keyline-tokens-'));
const ODD = join(dir, 'odd-token.so');
const FAULT = join(dir, 'fault');
const LOGINS = join(dir, 'logins');

let token: SoftToken;
let opened: TokenSigner[];
let faulty = false;

beforeAll(() => {
  const source = fileURLToPath(new URL('./odd-token.c', import.meta.url));
  execFileSync('cc', ['-shared', '-fPIC', '-Wall', '-Werror', `-DSOFTHSM="${softModule()}"`, source, '-o', ODD]);
  Object.assign(process.env, { ODD_TOKEN_FAULT: FAULT, ODD_TOKEN_LOGINS: LOGINS });
});
afterAll(() => rmSync(dir, { recursive: true }));
beforeEach(() => {
  token = makeSoftToken();
  opened = [];
  fault('');
  rmSync(LOGINS, { force: true });
});
afterEach(async () => {
  await Promise.all(opened.map((signer) => signer.close()));
  token.dispose();
});

function fault(name: string): void {
  faulty = name !== '';
  writeFileSync(FAULT, name);
}

/** Logins that the token has seen. */
function logins(): number {
  return existsSync(LOGINS) ? readFileSync(LOGINS, 'utf8').split('\n').length - 1 : 0;
}

/** A clock whose long waits are over soon once a fault is there: nothing is cut short on a busy day before it. */
const hasty: Clock = {
  ...systemClock,
  after: (delayMs, act) => systemClock.after(delayMs >= 10_000 && faulty ? 400 : delayMs, act),
};

/** Only a wait that is the fault itself is made short: whatever ends by a word or a death may take its time. */
function clockFor(why: RegExp): Clock {
  return why.source.startsWith('no answer within') ? hasty : systemClock;
}

interface Attempt {
  readonly ref?: Partial<TokenKeyRef>;
  readonly pin?: string;
  readonly clock?: Clock;
  readonly program?: TokenProgram;
}

async function use(
  how: typeof openTokenSigner,
  { ref, pin = token.pin, clock = systemClock, program }: Attempt,
): Promise<TokenSigner> {
  const secret = Secret.fromText(pin);
  try {
    const signer = await how({ ...token.ref('ca-1'), ...ref }, secret, clock, program);
    opened.push(signer);
    return signer;
  } finally {
    secret.wipe();
  }
}
const open = (attempt: Attempt = {}) => use(openTokenSigner, attempt);
const make = (attempt: Attempt = {}) => use(makeTokenKey, attempt);

async function refusal(work: Promise<unknown>): Promise<KeylineError> {
  const error = await work.then(
    () => 'it was not refused',
    (thrown: unknown) => thrown,
  );
  if (error instanceof KeylineError) return error;
  throw error instanceof Error ? error : new Error(String(error));
}

/** `pkcs11-tool` as the user of the token. */
function tool(...args: string[]): string {
  return token.tool('pkcs11-tool', '--login', '--pin', token.pin, ...args);
}

/** Labels of the objects in the token. */
function objects(): string[] {
  return [...tool('--list-objects').matchAll(/label: +(\S+)/g)].map(([, label = '']) => label);
}

describe('a key made in a token', () => {
  test('signs what its public key verifies, after another start too, and never leaves', async () => {
    const made = await make();
    expect(verifySignature(made.spki, MESSAGE, await made.sign(MESSAGE))).toBe(true);
    await made.close();
    const again = await open();
    expect(again.spki).toEqual(made.spki);
    expect(verifySignature(made.spki, MESSAGE, await again.sign(MESSAGE))).toBe(true);
    const shown = tool('--list-objects');
    expect(shown).toContain('Access:     sensitive, always sensitive, never extractable, local');
  });

  test('is seen and used by the tools of others, and they verify what it signed', async () => {
    const signer = await make();
    const path = (name: string) => join(dir, name);
    writeFileSync(path('message'), MESSAGE);
    writeFileSync(path('signature'), await signer.sign(MESSAGE));
    writeFileSync(path('key.der'), signer.spki);
    const check = ['dgst', '-sha256', '-keyform', 'DER', '-verify', path('key.der'), '-signature', path('signature')];
    expect(execFileSync('openssl', [...check, path('message')], { encoding: 'utf8' })).toBe('Verified OK\n');
    expect(token.tool('softhsm2-util', '--show-slots')).toContain(token.label);
    writeFileSync(path('digest'), createHash('sha256').update(MESSAGE).digest());
    const sign = ['--sign', '--mechanism', 'ECDSA', '--label', 'ca-1', '--signature-format', 'openssl'];
    tool(...sign, '--input-file', path('digest'), '--output-file', path('theirs'));
    expect(verifySignature(signer.spki, MESSAGE, readFileSync(path('theirs')))).toBe(true);
  });

  test('signs for 64 at once, one after the other', async () => {
    const signer = await make();
    const messages = Array.from({ length: 64 }, (_, n) => Buffer.from(`board ${n}`));
    const signatures = await Promise.all(messages.map((message) => signer.sign(message)));
    const good = messages.map((message, n) => verifySignature(signer.spki, message, signatures[n] ?? Buffer.alloc(0)));
    expect(good).toEqual(messages.map(() => true));
  });

  test('is never made over another', async () => {
    await make();
    expect((await refusal(make())).code).toBe('TOKEN_KEY_EXISTS');
    expect(objects()).toEqual(['ca-1', 'ca-1']);
  });

  test('leaves no core file behind that could hold the PIN', async () => {
    const children = () => readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ');
    const before = children();
    await make();
    const [child] = children().filter((pid) => !before.includes(pid));
    expect(readFileSync(`/proc/${child}/limits`, 'utf8')).toMatch(/Max core file size +0 +0 /);
  });
});

describe('a PIN', () => {
  const odd = { module: ODD };

  test('that is wrong is tried once and never again, and what is left of the tries is said', async () => {
    await make();
    const first = await refusal(open({ ref: odd, pin: 'wrong-pin-1' }));
    expect([first.code, first.detail, logins()]).toEqual([
      'TOKEN_PIN_WRONG',
      'the token counts wrong tries and locks its PIN after a few',
      1,
    ]);
    expect(`${first.message} ${JSON.stringify(first)} ${first.stack}`).not.toContain('wrong-pin-1');
    await open({ ref: odd });
    expect(logins()).toBe(2);
  });

  test('is asked of the token once, however much is signed', async () => {
    await make();
    const signer = await open({ ref: odd });
    for (let board = 0; board < 10; board++) await signer.sign(MESSAGE);
    expect(logins()).toBe(1);
  });

  test.each<[string, string, ErrorCode, number]>([
    ['of a token that has locked it is not tried', 'pin-locked', 'PIN_LOCKED', 0],
    ['whose last try it would be is not tried', 'pin-last-try', 'PIN_LAST_TRY', 0],
    ['that the token takes at keys of its own is not tried', 'key-pad', 'TOKEN_UNUSABLE', 0],
    ['that locks itself says so', 'locks-pin', 'PIN_LOCKED', 1],
  ])('%s', async (_title, name, code, seen) => {
    await make();
    fault(name);
    expect((await refusal(open({ ref: odd }))).code).toBe(code);
    expect(logins()).toBe(seen);
  });
});

describe('it is refused, with nothing changed in the token,', () => {
  test.each<[string, Attempt, ErrorCode]>([
    ['without a PIN', { pin: '' }, 'PIN_MISSING'],
    ['with a PIN longer than any token takes', { pin: 'p'.repeat(300) }, 'TOKEN_PIN_WRONG'],
    ['when the module is not there', { ref: { module: '/nowhere/module.so' } }, 'TOKEN_MODULE_INVALID'],
    ['when the module has no full path', { ref: { module: 'libsofthsm2.so' } }, 'TOKEN_MODULE_INVALID'],
    ['when the module is a folder', { ref: { module: '/usr/lib' } }, 'TOKEN_MODULE_INVALID'],
    ['when the module is no library', { ref: { module: '/etc/passwd' } }, 'TOKEN_MODULE_INVALID'],
    [
      'when the module is another library',
      { ref: { module: '/lib/x86_64-linux-gnu/libm.so.6' } },
      'TOKEN_MODULE_INVALID',
    ],
    ['when no such token is plugged in', { ref: { tokenLabel: 'line-5' } }, 'TOKEN_MISSING'],
    ['when a label is too long for a token', { ref: { tokenLabel: 'l'.repeat(33) } }, 'USAGE'],
    ['when the token has no such key', { ref: { keyLabel: 'ca-2' } }, 'TOKEN_KEY_MISSING'],
  ])('%s', async (_title, attempt, code) => {
    await make();
    const error = await refusal(open(attempt));
    expect(error.code).toBe(code);
    const { happened, todo } = errorRow(code);
    expect([happened, todo].join(' ')).not.toMatch(/error|invalid|please|oops/i);
    expect(objects()).toEqual(['ca-1', 'ca-1']);
  });

  test('when two tokens have the label', async () => {
    token.add(token.label);
    expect((await refusal(make())).code).toBe('TOKEN_AMBIGUOUS');
  });

  test.each<[string, string[], RegExp]>([
    ['an RSA key', ['--key-type', 'rsa:2048'], /not a P-256 key/],
    ['a P-384 key', ['--key-type', 'EC:secp384r1'], /not a P-256 key/],
    ['a key that can leave the token', ['--key-type', 'EC:prime256v1', '--extractable'], /can leave the token/],
  ])('for %s', async (_title, options, why) => {
    tool('--keypairgen', '--label', 'ca-1', '--id', '01', ...options);
    const error = await refusal(open());
    expect([error.code, error.detail]).toEqual(['TOKEN_KEY_REFUSED', expect.stringMatching(why)]);
  });

  test('for a key without a public half, or with the half of another', async () => {
    await make();
    await make({ ref: { keyLabel: 'ca-2' } });
    tool('--delete-object', '--type', 'pubkey', '--label', 'ca-1');
    expect((await refusal(open())).detail).toMatch(/no public half/);
  });

  test('for a key whose pair does not fit, and a new key of that kind is taken away again', async () => {
    fault('lies');
    const error = await refusal(make({ ref: { module: ODD } }));
    expect([error.code, error.detail]).toEqual(['TOKEN_KEY_REFUSED', expect.stringMatching(/does not verify/)]);
    expect(objects()).toEqual([]);
  });
});

describe('a token on a bad day', () => {
  test.each<[string, string, RegExp]>([
    ['that gives a wrong signature', 'lies', /no signature of its key/],
    ['that gives half a signature', 'short', /no signature of its key/],
    ['that gives more than a signature', 'long', /no signature of its key/],
    ['that is pulled out', 'taken-out', /CKR_DEVICE_REMOVED/],
    ['whose module hangs', 'hangs', /no answer within 10 s/],
    ['whose module crashes', 'crashes', /ended by SIGSEGV/],
  ])('%s is not reached, and nothing of it is handed on', async (_title, name, why) => {
    await make();
    const signer = await open({ ref: { module: ODD }, clock: clockFor(why) });
    await signer.sign(MESSAGE);
    fault(name);
    const error = await refusal(signer.sign(MESSAGE));
    expect([error.code, error.detail]).toEqual(['SIGNER_UNREACHABLE', expect.stringMatching(why)]);
  });

  test('whose module prints is read all the same', async () => {
    await make();
    const signer = await open({ ref: { module: ODD } });
    fault('prints');
    expect(verifySignature(signer.spki, MESSAGE, await signer.sign(MESSAGE))).toBe(true);
  });

  test('whose login hangs is given up, and its process with it', async () => {
    await make();
    fault('login-hangs');
    const error = await refusal(open({ ref: { module: ODD }, clock: hasty }));
    expect([error.code, error.detail]).toEqual(['SIGNER_UNREACHABLE', expect.stringMatching(/no answer within 20 s/)]);
  });

  test('keeps the other waiting requests from hanging: all of them are told', async () => {
    await make();
    const signer = await open({ ref: { module: ODD }, clock: hasty });
    fault('hangs');
    const all = await Promise.all(Array.from({ length: 5 }, () => refusal(signer.sign(MESSAGE))));
    expect(all.map(({ code }) => code)).toEqual(Array.from({ length: 5 }, () => 'SIGNER_UNREACHABLE'));
  });

  test('is pulled out, put back, and signs only after its PIN was given again', async () => {
    const signer = await make();
    token.pullOut();
    expect((await refusal(signer.sign(MESSAGE))).code).toBe('SIGNER_UNREACHABLE');
    expect((await refusal(open())).code).toBe('TOKEN_MISSING');
    expect(await listTokens(token.module, systemClock)).not.toContainEqual(
      expect.objectContaining({ label: token.label }),
    );
    token.putBack();
    expect((await refusal(signer.sign(MESSAGE))).code).toBe('SIGNER_UNREACHABLE');
    const again = await open();
    expect(verifySignature(signer.spki, MESSAGE, await again.sign(MESSAGE))).toBe(true);
  });
});

describe('a token that was logged into', () => {
  test('is lost with its plug, is seen to be back by itself, and then waits for its PIN', async () => {
    const signer = await make();
    const { attendance } = signer;
    if (!attendance) throw new Error('a token may be away');
    const states: SignerState[] = [];
    attendance.watch(() => states.push(attendance.state()));
    expect(attendance.state()).toBe('ready');
    token.pullOut();
    for (let ask = 0; ask < 2; ask++) expect((await refusal(signer.sign(MESSAGE))).code).toBe('SIGNER_UNREACHABLE');
    attendance.look();
    await expect.poll(() => token.tool('softhsm2-util', '--show-slots')).not.toContain(token.label);
    expect(attendance.state()).toBe('unreachable');
    token.putBack();
    const back = () => {
      attendance.look();
      return attendance.state();
    };
    await expect.poll(back, { timeout: 10_000 }).toBe('pin-needed');
    expect((await refusal(signer.sign(MESSAGE))).code).toBe('SIGNER_LOCKED');
    expect(states).toEqual(['unreachable', 'pin-needed']);
  });

  test('and is closed signs no more, and tells nobody', async () => {
    const signer = await make();
    let told = 0;
    signer.attendance?.watch(() => told++);
    await signer.close();
    expect([(await refusal(signer.sign(MESSAGE))).code, told]).toEqual(['SIGNER_LOCKED', 0]);
  });
});

describe('a token process that is none', () => {
  const node = (script: string, clock: Clock): Attempt => ({
    clock,
    program: { command: process.execPath, args: ['-e', `const say = (b) => require('fs').writeSync(3, b);${script}`] },
  });
  const read = 'process.stdin.once("data", () => ';
  test.each<[string, string, RegExp]>([
    ['that dies at once', '', /ended by exit 0/],
    ['that answers too much', `${read}say(Buffer.from([0,255,255,255,4])))`, /outside its format/],
    ['that answers nothing', `${read}say(Buffer.from([0,0,0,0,4])))`, /outside its format/],
    ['that answers twice', `${read}say(Buffer.from([0,0,0,3,4,123,125,0,0,0,1,4])))`, /outside its format/],
    ['that refuses by a code that is none', `${read}say(Buffer.from([0,0,0,3,5,123,125])))`, /outside its format/],
    ['that answers another question', `${read}say(Buffer.from([0,0,0,3,4,123,125])))`, /another question/],
    ['that says nothing', 'process.stdin.resume()', /no answer within 20 s/],
  ])('%s is ended', async (_title, script, why) => {
    fault('no process');
    const error = await refusal(open(node(script, clockFor(why))));
    expect([error.code, error.detail]).toEqual(['SIGNER_UNREACHABLE', expect.stringMatching(why)]);
  });
});

test('without its native part Keyline says what to install', async () => {
  const hook = join(dir, 'without.cjs');
  writeFileSync(
    hook,
    `const Module = require('node:module'); const load = Module._load;
     Module._load = (name, ...rest) => {
       if (name === 'pkcs11js') throw new Error('not there');
       return load(name, ...rest);
     };`,
  );
  const process24 = fileURLToPath(new URL('../../station/identity/pkcs11/token-process.ts', import.meta.url));
  const error = await refusal(open({ program: { command: process.execPath, args: ['-r', hook, process24] } }));
  expect([error.code, error.message]).toEqual([
    'TOKEN_SUPPORT_MISSING',
    expect.stringContaining('Install g++, make and python3'),
  ]);
});

test('tokens are listed before any PIN, as far as they tell of themselves', async () => {
  expect(await listTokens(token.module, systemClock)).toContainEqual({
    ...{ label: token.label, manufacturer: 'SoftHSM project', model: 'SoftHSM v2', ready: true, pin: 'good' },
    serialNumber: expect.stringMatching(/^[0-9a-f]{16}$/),
  });
});
