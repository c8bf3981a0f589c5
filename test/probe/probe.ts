// The Python probe beside us as a program: its ports, its options, and what its last line says.
import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROBE = fileURLToPath(new URL('./probe.py', import.meta.url));
/** Thrice an upload over two slots on two busy cores. */
const LIMIT_MS = 120_000;

export interface ProbeReport {
  readonly ok: boolean;
  readonly ports: readonly {
    ok: boolean;
    reason?: string;
    bufSize?: number;
    slots?: Record<string, string>;
    identity?: { hwid: string; model: string; fw: string };
  }[];
}

/** The distribution's python first: npm test installs the two packages for that one. */
const python = ['/usr/bin/python3', 'python3'].find(
  (program) => spawnSync(program, ['-c', 'import serial, cbor2'], { stdio: 'ignore' }).status === 0,
);

export function probe(
  ports: readonly string[],
  options: readonly string[],
): Promise<{ exitCode: number; report: ProbeReport }> {
  if (python === undefined) throw new Error('needs python3 with python3-serial and python3-cbor2: npm run setup');
  return new Promise((resolve, reject) => {
    execFile(python, [PROBE, ...ports, ...options], { timeout: LIMIT_MS }, (cause, stdout, stderr) => {
      const last = stdout.trim().split('\n').at(-1);
      if (last) resolve({ exitCode: cause ? 1 : 0, report: JSON.parse(last) });
      else reject(new Error(`the probe said nothing: ${stderr}`, { cause }));
    });
  });
}
