// A security service as a process that is killed and started again at the same port, and a front of it that takes only so
// many registrations a second, as a cloud in trouble does.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ServiceAnswer } from '../../contract/cli.ts';
import { KeylineError } from '../../domain/errors.ts';
import type { Clock } from '../../domain/seams.ts';
import type { CloudConnector } from '../../station/outbox/connectors/cloud-connector.ts';

const KEYLINE = fileURLToPath(new URL('../../cli/bin.mjs', import.meta.url));

export class KilledService {
  readonly #dataDir: string;
  #child: ChildProcess | null = null;
  #port = 0;
  url = '';
  caPem = '';

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  /** Settles when it listens. */
  async start(): Promise<void> {
    const args = ['service', '--practice', '--data', this.#dataDir, '--port', String(this.#port), '--json'];
    const child = spawn(process.execPath, [KEYLINE, ...args], { stdio: ['ignore', 'pipe', 'ignore', 'ipc'] });
    this.#child = child;
    const { stdout } = child;
    if (!stdout) throw new Error('a service answers on its standard output');
    for await (const line of createInterface({ input: stdout })) {
      const { url, caFile } = ServiceAnswer.parse(JSON.parse(line));
      [this.url, this.#port, this.caPem] = [url, Number(new URL(url).port), readFileSync(caFile, 'utf8')];
      break;
    }
    stdout.resume();
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (!child) return;
    this.#child = null;
    const ended = once(child, 'close');
    child.kill(signal);
    await ended;
  }
}

/** Answers 429 beyond so many registrations a second, `null`: never. */
export function throttled(cloud: CloudConnector, clock: Clock, perSecond: () => number | null): CloudConnector {
  return {
    ...cloud,
    async sendBatch(payloads) {
      const rate = perSecond();
      if (rate !== null && !bucket(clock, rate, payloads.length))
        throw new KeylineError('SERVICE_UNREACHABLE', 'HTTP_429', {
          ...{ problem: 'HTTP_429', status: 429, retryAfterMs: 1_000 },
        });
      return cloud.sendBatch(payloads);
    },
  };
}

const filled = { tokens: 0, atMs: 0 };

/** One for all connections, as at a service. */
function bucket(clock: Clock, rate: number, entries: number): boolean {
  const nowMs = clock.monotonicMs();
  filled.tokens = Math.min(rate, filled.tokens + ((nowMs - filled.atMs) / 1000) * rate);
  filled.atMs = nowMs;
  if (filled.tokens < entries) return false;
  filled.tokens -= entries;
  return true;
}
