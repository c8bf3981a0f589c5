// The import rule (docs/architecture.md): which folder may see which. A folder not named here may not exist.
import type { ImportEdge } from './imports.ts';

const LOWER = ['domain', 'pki'];
const BELOW_JOB = ['station/drivers', 'station/identity', 'station/records', 'station/outbox'];
const ABOVE_JOB = [
  'station/line',
  'station/lots',
  'station/people',
  'station/copies',
  'station/upkeep',
  'station/reconcile',
  'station/carry',
  'station/labels',
  'station/journal',
  'station/api',
];
const STATION = ['station/port', 'station/smp', ...BELOW_JOB, 'station/job', ...ABOVE_JOB, 'station'];
const PRODUCT = ['domain', 'pki', 'protocol', 'contract', ...STATION, 'db', 'cloud', 'simulator', 'cli'];

/** Folder -> what its files may import beside their own folder. `a/b.ts` allows that one file. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  pki: ['domain'],
  protocol: ['domain'],
  contract: ['domain'],
  'station/port': ['domain'],
  'station/smp': ['domain', 'protocol', 'station/port'],
  'station/drivers': [...LOWER, 'protocol', 'station/port', 'station/smp'],
  'station/identity': LOWER,
  'station/records': LOWER,
  'station/outbox': [...LOWER, 'contract', 'station/identity', 'station/records'],
  'station/job': [...LOWER, ...BELOW_JOB],
  // A lot's intake reads the firmware file; the wire itself stays below drivers.
  'station/line': [...LOWER, 'protocol/mcuboot-image.ts', 'station/port', ...BELOW_JOB, 'station/job'],
  'station/lots': ['domain', 'contract', 'station/records', 'station/line'],
  'station/people': ['domain'],
  'station/reconcile': [...LOWER, 'contract', 'station/identity', 'station/outbox', 'station/records'],
  'station/carry': [...LOWER, 'station/identity', 'station/outbox', 'station/records'],
  'station/labels': ['domain', 'contract', 'station/records', 'station/lots'],
  'station/journal': ['domain', 'contract', 'station/records'],
  'station/copies': ['domain', 'station/records', 'station/lots'],
  // A trace is read by the wire's own decoders.
  'station/upkeep': [...LOWER, 'protocol', 'contract', 'station/port', ...BELOW_JOB, 'station/line', 'station/lots'],
  // What a screen sends as text becomes a secret that can be wiped, at the door.
  'station/api': ['domain', 'contract', 'station/identity/secret.ts'],
  station: [...LOWER, 'contract', 'station/port', ...BELOW_JOB, 'station/job', ...ABOVE_JOB],
  // db implements the store interfaces that the station's folders declare.
  db: [...LOWER, ...STATION],
  cloud: [...LOWER, 'contract', 'db/sqlite.ts'],
  simulator: [...LOWER, 'protocol'],
  renderer: ['contract', 'domain'],
  cli: PRODUCT,
  electron: PRODUCT,
  scripts: PRODUCT,
  bench: [...PRODUCT, 'scripts'],
  test: [...PRODUCT, 'renderer', 'electron', 'scripts', 'bench'],
};

/** The folder of the rule that a file belongs to, or null for files that no rule knows. */
export function zoneOf(path: string): string | null {
  const folders = path.split('/').slice(0, -1);
  for (let depth = folders.length; depth > 0; depth--) {
    const zone = folders.slice(0, depth).join('/');
    if (zone in MAY_IMPORT) return zone;
  }
  return null;
}

/** Sentences about the imports that break the rule. */
export function brokenImports(edges: readonly ImportEdge[]): string[] {
  return edges.filter((edge) => edge.ours).flatMap((edge) => brokenImport(edge) ?? []);
}

function brokenImport({ from, to, line }: ImportEdge): string | null {
  const [here, there] = [zoneOf(from), zoneOf(to)];
  if (here === null) return `${from} lies in a folder that the import rule does not know`;
  if (here === there || there === null)
    return there === null ? `${from}:${line} imports ${to}, which is no part of the house` : null;
  const allowed = MAY_IMPORT[here] ?? [];
  if (allowed.includes(there) || allowed.includes(to)) return null;
  return `${from}:${line} imports ${to}: ${here} may see ${allowed.join(', ') || 'nothing else'}`;
}
