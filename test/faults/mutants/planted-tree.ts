// A copy of the tree in which one fault is planted: exact text, found exactly once, or it fails loudly. The copy runs the
// same programs as the tree; the tree itself is never touched.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Violation } from '../checker/books.ts';
import type { Edit, Mutant } from './mutant.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FOLDERS = ['domain', 'pki', 'protocol', 'contract', 'station', 'db', 'cloud', 'simulator', 'cli', 'test/faults'];
/** One mutant: the slowest was found within a minute. */
const LIMIT_MS = 900_000;

export interface Finding {
  /** Seeds that ran until it was found; null where it was not. */
  readonly seed: number | null;
  readonly violations: readonly Violation[];
}

export class PlantedTree {
  readonly #dir = mkdtempSync(join(tmpdir(), 'keyline-mutants-'));

  constructor() {
    for (const folder of FOLDERS) cpSync(join(ROOT, folder), join(this.#dir, folder), { recursive: true });
    cpSync(join(ROOT, 'package.json'), join(this.#dir, 'package.json'));
    symlinkSync(join(ROOT, 'node_modules'), join(this.#dir, 'node_modules'));
  }

  close(): void {
    rmSync(this.#dir, { recursive: true, force: true });
  }

  /** Plants it, runs what is to find it, and takes it out again. */
  run({ edits, foundBy }: Mutant, seeds: number): Finding {
    try {
      for (const edit of edits) this.#plant(edit);
      const order = foundBy === 'worlds' ? ['--seeds', String(seeds), '--to-first'] : ['--power-cut'];
      return this.#find(order);
    } finally {
      for (const { file } of edits) cpSync(join(ROOT, file), join(this.#dir, file));
    }
  }

  #plant({ file, from, to }: Edit): void {
    const path = join(this.#dir, file);
    const source = readFileSync(path, 'utf8');
    const times = source.split(from).length - 1;
    if (times !== 1) throw new Error(`${file} has ${times} times, not once: ${from}`);
    writeFileSync(
      path,
      source.replace(from, () => to),
    );
  }

  #find(order: readonly string[]): Finding {
    const program = join(this.#dir, 'test/faults/faults.ts');
    try {
      execFileSync(process.execPath, [program, ...order, '--json'], { stdio: 'pipe', timeout: LIMIT_MS });
      return { seed: null, violations: [] };
    } catch (error) {
      return findingOf(error);
    }
  }
}

/** The program ends with 1 where it found something, and says what on its last line; else it broke, which is no finding. */
function findingOf(error: unknown): Finding {
  if (!(error instanceof Error && 'stdout' in error && 'stderr' in error)) throw error;
  const line = String(error.stdout).trim().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) throw new Error(`the planted tree does not run: ${String(error.stderr).slice(-2_000)}`);
  const { violations } = JSON.parse(line) as { violations: (Violation & { seed: number })[] };
  return { seed: violations[0]?.seed ?? null, violations };
}
