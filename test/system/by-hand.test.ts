// The README's script as a newcomer would paste it, line by line, and what they would try next.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DeviceListAnswer, LotAnswer, RefusalAnswer, RunAnswer } from '../../contract/cli.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The script and what follows it, milliseconds: thrice what two busy cores need. */
const SCRIPT_MS = 120_000;

const ENROL = 'station enrol --practice --json --token-fd 0 --service';
const CA = '--ca by-hand/service/keys/service-ca.pem';
const AFTERWARDS = `
$k run --lot L-1 --ports by-hand/bench --json > again.json 2> again.txt
$k device list --json > devices.json
$k lot show L-1 --json > lot.json
export KEYLINE_DATA="$PWD/by-hand/other"
$k ${ENROL} https://localhost:8443 ${CA} <<< "$token" > used.json 2> /dev/null; echo $? > used.code
$k ${ENROL} https://localhost:8443 ${CA} <<< "not-a-token" > wrong.json 2> /dev/null; echo $? > wrong.code
real=$($k service token --data by-hand/real)
$k service --data by-hand/real --port 8444 &
$k ${ENROL} https://localhost:8444 --ca by-hand/real/keys/service-ca.pem <<< "$real" > real.json 2> /dev/null; echo $? > real.code
kill %3
`;

const dir = mkdtempSync(join(tmpdir(), 'keyline-by-hand-'));
let said = '';
const read = (name: string) => readFileSync(join(dir, name), 'utf8');
const lastJson = (name: string): unknown => JSON.parse(read(name).trim().split('\n').at(-1) ?? '');

function script(): string[] {
  const block = /## By hand[\s\S]*?```bash\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))?.[1];
  return (block ?? '').trim().split('\n');
}

beforeAll(async () => {
  for (const name of ['cli', 'examples']) symlinkSync(join(ROOT, name), join(dir, name));
  const lines = script();
  const whole = [...lines.slice(0, -1), AFTERWARDS, ...lines.slice(-1)].join('\n');
  const child = spawn('bash', ['-c', whole], { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const bound = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), SCRIPT_MS);
  await once(child, 'close');
  clearTimeout(bound);
}, SCRIPT_MS + 10_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('the script has at most 12 lines and registers 8 of 8 boards', () => {
  expect(script().length).toBeLessThanOrEqual(12);
  expect(said).toContain('8 of 8 passed');
  expect(said).toContain('8 made = 8 registered + 0 waiting + 0 refused.');
});

test('the same boards again get no new certificate: every one is done today', () => {
  expect(read('again.txt').match(/Done today/g)).toHaveLength(8);
  expect(RunAnswer.parse(lastJson('again.json'))).toMatchObject({ devices: 8, passed: 8, made: 8 });
  expect(LotAnswer.parse(lastJson('lot.json'))).toMatchObject({ passed: 8, signatures: 8 });
  const { devices } = DeviceListAnswer.parse(lastJson('devices.json'));
  expect(new Set(devices.map(({ fingerprint }) => fingerprint)).size).toBe(8);
});

test.each([
  ['a token that another station used', 'used', /TOKEN_REFUSED/],
  ['a token that never was', 'wrong', /TOKEN_REFUSED/],
  ['a practice station at a real service', 'real', /SERVICE_REFUSED/],
])('%s is refused', (_, name, code) => {
  expect(read(`${name}.code`).trim()).toBe('2');
  expect(RefusalAnswer.parse(lastJson(`${name}.json`)).error.code).toMatch(code);
});
