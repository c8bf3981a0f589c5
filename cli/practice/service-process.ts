// The practice service as a process of its own: the same command that a person would start.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { ServiceAnswer, TokenAnswer } from '../../contract/cli.ts';
import { KeylineError } from '../../domain/errors.ts';

const KEYLINE = fileURLToPath(new URL('../bin.mjs', import.meta.url));

export interface ServiceProcess {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly caFile: string;
  readonly caPem: string;
  /** Settles when the process has ended. */
  stop(): Promise<void>;
}

/** Starts it and waits until it listens. Port 0 is any free one. Throws SERVICE_UNREACHABLE when it ends instead. */
export async function startServiceProcess(dataDir: string, port: number): Promise<ServiceProcess> {
  const args = ['service', '--practice', '--data', dataDir, '--port', String(port), '--json'];
  // The channel says nothing: it ends with this process, however hard, and the service with it.
  const child = spawn(process.execPath, [KEYLINE, ...args], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const ended = once(child, 'close');
  const answer = await firstAnswer(child, ended, ServiceAnswer);
  child.stdout?.resume();
  child.stderr?.resume();
  const { hostname, port: listening } = new URL(answer.url);
  return {
    url: answer.url,
    host: hostname,
    port: Number(listening),
    caFile: answer.caFile,
    caPem: readFileSync(answer.caFile, 'utf8'),
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** A one-time token from the service's own folder. */
export async function freshToken(dataDir: string): Promise<string> {
  const args = ['service', 'token', '--practice', '--data', dataDir, '--json'];
  const child = spawn(process.execPath, [KEYLINE, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  return (await firstAnswer(child, once(child, 'close'), TokenAnswer)).token;
}

async function firstAnswer<T>(
  child: ReturnType<typeof spawn>,
  ended: Promise<unknown>,
  schema: z.ZodType<T>,
): Promise<T> {
  const complaints: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => complaints.push(text));
  const lines = child.stdout ? createInterface({ input: child.stdout }) : [];
  for await (const line of lines) {
    const answer = schema.safeParse(JSON.parse(line));
    if (answer.success) return answer.data;
  }
  await ended;
  throw new KeylineError('SERVICE_UNREACHABLE', complaints.join('').trim().slice(-200));
}
