import { createHash, generateKeyPairSync } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeylineError } from '../domain/errors.ts';
import { redacted } from './redaction.ts';
import { LOG_FILE_BYTES, LOG_FILES, logFile, rotatingFile } from './rotating-file.ts';
import { openStationLog } from './station-log.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-log-test-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
const sec1 = privateKey.export({ format: 'der', type: 'sec1' });
const jwk = privateKey.export({ format: 'jwk' });
const encrypted = privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' });

describe('a line of log', () => {
  it.each([
    ['a key in PEM', { note: privateKey.export({ format: 'pem', type: 'pkcs8' }) }],
    ['an older key in PEM', { note: `before ${privateKey.export({ format: 'pem', type: 'sec1' })} after` }],
    ['an encrypted key', { note: encrypted }],
    ['a key in base64', { note: pkcs8.toString('base64') }],
    ['a key in base64url', { note: pkcs8.toString('base64url') }],
    ['a key in hex', { note: pkcs8.toString('hex') }],
    ['an older key in hex', { note: sec1.toString('hex').toUpperCase() }],
    ['a bare key in hex', { note: `30250201010420${sec1.subarray(7, 39).toString('hex')}` }],
    ['a JSON Web Key', { note: jwk }],
    ['a passphrase', { passphrase: 'correct "horse" battery' }],
    ['a passphrase under a longer name', { keyPassphrase: 'correct horse' }],
    ['a token', { enrolmentToken: 'WnVn2tLrl0m4' }],
    ['a PIN', { pin: 1234 }],
    ['a PIN as a text', { people: [{ pin: '1234' }] }],
    ['a badge', { badge: 'WnVn2tLrl0m4' }],
    ['a badge in JSON in a text', { body: JSON.stringify({ badge: 'WnVn2tLrl0m4' }) }],
    ['a list of tokens', { tokens: ['WnVn2tLrl0m4', 'other'] }],
    [
      'a passphrase in JSON in a text',
      { body: JSON.stringify({ passphrase: 'correct "horse" battery', more: 'kept' }) },
    ],
    ['JSON in JSON in a text', { body: JSON.stringify({ body: JSON.stringify({ token: 'WnVn2tLrl0m4' }) }) }],
    ['the bytes of a key', { note: pkcs8 }],
    ['the bytes of a bare key', { note: new Uint8Array(sec1.subarray(7, 39)) }],
  ])('never holds %s', (_, fields) => {
    const line = redacted(JSON.stringify(fields));
    expect(line).toContain('[redacted]');
    const secrets = [jwk.d, pkcs8.toString('base64').slice(60, 100), pkcs8.toString('base64url').slice(60, 100)];
    secrets.push(
      sec1.toString('hex').slice(14, 78),
      'correct',
      'WnVn2tLrl0m4',
      '1234',
      encrypted.toString().slice(100, 160),
    );
    secrets.push([...sec1.subarray(10, 20)].join(), 'horse', 'battery');
    expect(line).not.toContain('"0":');
    for (const secret of secrets) expect(line.toLowerCase()).not.toContain(secret?.toLowerCase());
  });

  it('is looked through in time that grows with its length alone', () => {
    const line = 'a0'.repeat(500_000);
    const start = performance.now();
    redacted(line);
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('keeps what people need: ids, digests and sentences', () => {
    const digest = createHash('sha256')
      .update(publicKey.export({ format: 'der', type: 'spki' }))
      .digest('hex');
    const line = JSON.stringify({
      ...{
        deviceSerial: 'AQ-0001',
        hwid: '4b3f00318dc95035',
        fingerprint: digest,
        path: 'station/keys/ca/issuing.pem',
      },
      ...{ certificateSerialNumber: 'ed4c0ca7a6f06e254296a6a9252051b8', msg: 'the line stopped: SIGNER_LOCKED' },
    });
    expect(redacted(line)).toBe(line);
  });
});

/** The first letter of each line of the log of this age. */
function lines(age: number): string[] {
  const text = readFileSync(logFile(dir, 'keyline', age), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.slice(0, 1));
}

describe('the log of a station', () => {
  it('shows the causes of a failure, and no secret that came along with one', () => {
    const { log, close } = openStationLog(dir);
    const innermost = Object.assign(new Error(`cannot read ${encrypted}`), {
      options: { key: pkcs8, passphrase: 'x1y2z3' },
    });
    const cause = new AggregateError([innermost], 'all failed', { cause: innermost });
    log.error({ err: new KeylineError('SERVICE_UNREACHABLE', 'ECONNRESET', { problem: 'P' }, cause) }, 'it failed');
    close();
    const text = readFileSync(logFile(dir, 'keyline', 0), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ err: { code: 'SERVICE_UNREACHABLE', context: { problem: 'P' } } });
    expect(text).toContain('all failed');
    expect(text).not.toMatch(/ENCRYPTED PRIVATE|x1y2z3/);
    expect(text).not.toContain([...pkcs8.subarray(40, 50)].join());
  });

  it('says what happened, when, and nothing secret', () => {
    const { log, close } = openStationLog(dir);
    log.info({ deviceSerial: 'AQ-0001', passphrase: 'correct horse' }, 'a job ended');
    log.error({ err: new Error(`no key ${encrypted}`) }, 'a fault');
    close();
    const text = readFileSync(logFile(dir, 'keyline', 0), 'utf8');
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([{ msg: 'a job ended', deviceSerial: 'AQ-0001' }, { err: { type: 'Error' } }]);
    expect(lines[0].time).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(text).not.toMatch(/correct horse|ENCRYPTED PRIVATE/);
    if (process.platform !== 'win32') expect(statSync(logFile(dir, 'keyline', 0)).mode & 0o777).toBe(0o600);
  });

  it('keeps the newest lines in 10 files of 10 MB', () => {
    expect([LOG_FILES, LOG_FILE_BYTES]).toEqual([10, 10_485_760]);
    const file = rotatingFile(dir, 'keyline', 3, 100);
    for (let i = 0; i < 40; i++) file.write(`${'.'.repeat(37)}${String(i).padStart(2, '0')}\n`);
    file.close();
    expect(readdirSync(dir).sort()).toEqual(['keyline.1.log', 'keyline.2.log', 'keyline.log']);
    const lines = [2, 1, 0].flatMap((age) =>
      readFileSync(logFile(dir, 'keyline', age), 'utf8')
        .trimEnd()
        .split('\n'),
    );
    expect(lines.map((line) => line.slice(-2))).toEqual(['34', '35', '36', '37', '38', '39']);
  });

  it.runIf(process.platform === 'linux').each([
    ['is full', '/dev/full'],
    ['fails', '/proc/self/mem'],
  ])('drops a line where the disk %s: a log never stops the line', (_, file) => {
    symlinkSync(file, logFile(dir, 'keyline', 0));
    const { write, close } = rotatingFile(dir, 'keyline');
    expect(() => write('a line\n')).not.toThrow();
    close();
  });

  it('stays the file it was while another program holds a name, and closes nothing of others', () => {
    const file = rotatingFile(dir, 'keyline', 3, 100);
    const line = (digit: string) => file.write(`${digit.repeat(59)}\n`);
    // A folder is no file that is taken away, as a log that a viewer holds is none on Windows.
    mkdirSync(join(logFile(dir, 'keyline', 2), 'held'), { recursive: true });
    writeFileSync(logFile(dir, 'keyline', 1), 'before\n');
    line('1');
    line('2');
    const other = openSync(join(dir, 'other'), 'w');
    line('3');
    writeSync(other, 'mine');
    closeSync(other);
    expect(readFileSync(join(dir, 'other'), 'utf8')).toBe('mine');
    expect(lines(0)).toEqual(['1', '2', '3']);
    rmSync(logFile(dir, 'keyline', 2), { recursive: true });
    line('4');
    file.close();
    expect([lines(2), lines(1), lines(0)]).toEqual([['b'], ['1', '2', '3'], ['4']]);
  });

  it('takes no more in one file that is never let go than in all', () => {
    const file = rotatingFile(dir, 'keyline', 2, 100);
    mkdirSync(join(logFile(dir, 'keyline', 1), 'held'), { recursive: true });
    for (const digit of ['1', '2', '3', '4', '5']) file.write(`${digit.repeat(59)}\n`);
    file.close();
    expect(lines(0)).toEqual(['1', '2', '3']);
  });

  it('goes on where it was when it is opened again', () => {
    for (const text of ['first', 'second']) {
      const file = rotatingFile(dir, 'keyline', 3, 100);
      file.write(`${text}\n`);
      file.close();
    }
    expect(readFileSync(logFile(dir, 'keyline', 0), 'utf8')).toBe('first\nsecond\n');
  });
});
