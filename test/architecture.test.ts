// The house rules as a test of our own: a tool that silently reads nothing would be green for ever, so this one also
// proves that it read the sources and that it goes red.
import { describe, expect, test } from 'vitest';
import { brokenSeams, emptyNames, SQLITE_PEER, strayingSql, tooLong } from './architecture/house-rules.ts';
import { brokenImports, MAY_IMPORT, zoneOf } from './architecture/import-rule.ts';
import { findCycle, type ImportEdge, importsOf } from './architecture/imports.ts';
import { readRepository } from './architecture/repository-files.ts';
import { tokensOf } from './architecture/source-tokens.ts';

/** Fewer edges than this would mean that the scanner reads no imports, not that the house is small. */
const LEAST_EDGES = 200;

const files = readRepository();
const isSource = (path: string) => /\.(?:ts|tsx|mts)$/.test(path) && path.includes('/');
const isTest = (path: string) => path.endsWith('.test.ts') || path.startsWith('test/');
const sources = [...files].filter(([path]) => isSource(path));
const product = sources.filter(([path]) => !isTest(path));
const edges = sources.flatMap(([path, source]) => importsOf(path, source));
const productEdges = edges.filter(({ from }) => !isTest(from));

function everywhere(rule: (path: string, source: string) => string[], over = product): string[] {
  return over.flatMap(([path, source]) => rule(path, source));
}

describe('the import rule', () => {
  test('is kept by every file that ships', () => {
    expect(brokenImports(productEdges)).toEqual([]);
  });

  test('was checked on edges that were really read, into files that exist', () => {
    const ours = edges.filter((edge) => edge.ours);
    expect(ours.length).toBeGreaterThan(LEAST_EDGES);
    expect(ours.filter(({ to }) => !files.has(to))).toEqual([]);
  });

  test('has no cycle', () => {
    expect(findCycle(edges)).toBeNull();
  });

  test('nothing but tests imports test', () => {
    const guilty = productEdges.filter(({ to, ours }) => ours && zoneOf(to) === 'test');
    expect(guilty).toEqual([]);
  });

  test('only db/ opens the database library, and the plain peer that the bench measures beside it', () => {
    const guilty = productEdges.filter(
      ({ from, to }) => to === 'better-sqlite3' && zoneOf(from) !== 'db' && from !== SQLITE_PEER,
    );
    expect(guilty).toEqual([]);
  });

  test('names only folders of the house', () => {
    const named = new Set(Object.values(MAY_IMPORT).flat());
    expect([...named].filter((zone) => !(zone in MAY_IMPORT) && !files.has(zone))).toEqual([]);
  });
});

describe('the rules inside a file', () => {
  test('time and chance come in through their seams', () => {
    expect(everywhere(brokenSeams)).toEqual([]);
  });

  test('SQL stays in db/ and in the stores of cloud/', () => {
    expect(everywhere(strayingSql)).toEqual([]);
  });

  test('no file is longer than a person reads at once', () => {
    expect(everywhere(tooLong, sources)).toEqual([]);
  });

  test('every name says what it stands for', () => {
    expect(
      everywhere(
        emptyNames,
        sources.filter(([path]) => !path.startsWith('test/architecture')),
      ),
    ).toEqual([]);
  });

  test('no file knows the machine it was written on', () => {
    const machine = new RegExp(['/work', '/', '|farm', '-(?:studio|bench)'].join(''));
    const guilty = [...files].filter(([, text]) => machine.test(text)).map(([path]) => path);
    expect(guilty).toEqual([]);
  });
});

describe('the rules can fail', () => {
  function edgesOf(planted: Record<string, string>): ImportEdge[] {
    return Object.entries(planted).flatMap(([path, source]) => importsOf(path, source));
  }

  test.each([
    ['a plain import', 'domain/planted.ts', "import { open } from '../db/sqlite.ts';"],
    ['a type import', 'protocol/planted.ts', "import type { Csr } from '../pki/csr.ts';"],
    ['a re-export', 'station/job/planted.ts', "export * from '../smp/client.ts';"],
    ['a named re-export', 'station/line/planted.ts', "export { a, type B } from '../../protocol/cbor.ts';"],
    ['a dynamic import', 'station/planted.ts', "const a = await import('../db/sqlite.ts');"],
    ['a bare import', 'pki/planted.ts', "import '../contract/station-api.ts';"],
    ['an import over lines', 'cloud/planted.ts', "import {\n  a,\n} from '../station/station.ts';"],
    ['an import of a test', 'cli/planted.ts', "import { a } from '../test/world.ts';"],
    ['an unknown folder', 'helpers/planted.ts', "import { a } from '../domain/ids.ts';"],
  ])('%s that breaks the import rule is found', (_title, path, source) => {
    expect(brokenImports(edgesOf({ [path]: source }))).toHaveLength(1);
  });

  test('a cycle is found and shown', () => {
    const cycle = edgesOf({
      'domain/a.ts': "import { b } from './b.ts';",
      'domain/b.ts': "import { c } from './c.ts';",
      'domain/c.ts': "import { a } from './a.ts';",
    });
    expect(findCycle(cycle)).toEqual(['domain/a.ts', 'domain/b.ts', 'domain/c.ts', 'domain/a.ts']);
  });

  test('an import that is named only at run time is refused', () => {
    expect(() => edgesOf({ 'cli/planted.ts': 'await import(name);' })).toThrow('named only when it runs');
  });

  test.each([
    ['a date', 'const a = new Date();'],
    ['a timer', 'setTimeout(act, 5);'],
    ['a timer by import', "import { setTimeout as wait } from 'node:timers/promises';"],
    ['a hidden timer', 'AbortSignal.timeout(5)'],
    ['chance', 'const a = Math.random();'],
    ['random bytes', "import { randomBytes } from 'node:crypto';"],
  ])('%s in the station is found', (_title, source) => {
    expect(brokenSeams('station/line/planted.ts', source).length).toBeGreaterThan(0);
  });

  test('SQL in a stage is found', () => {
    expect(strayingSql('station/job/planted.ts', 'db.prepare(`SELECT * FROM job`);')).toHaveLength(1);
  });

  test('a file of 401 lines and an empty name are found', () => {
    expect(tooLong('domain/planted.ts', '\n'.repeat(401))).toHaveLength(1);
    expect(emptyNames('domain/string-utils.ts', 'class SlotManager {}')).toHaveLength(2);
    expect(emptyNames('domain/planted.ts', 'const utils = forge.util.createBuffer(text);')).toHaveLength(1);
  });
});

describe('the scanner', () => {
  test('does not take text, comments and regular expressions for code', () => {
    const source = [
      "// import '../a.ts'",
      '/* import "../b.ts" */',
      'const text = "import \'../c.ts\'";',
      "const rule = /import '[^/]+'/g;",
      'const half = (a + b) / 2 / c;',
      `const page = \`import '../d.ts' \${call({ a: \`x\${1}\` })} export * from '../e.ts'\`;`,
      "import.meta.resolve('../f.ts');",
      "import { g } from '../g.ts';",
    ].join('\n');
    expect(importsOf('cli/x.ts', source)).toEqual([{ from: 'cli/x.ts', to: 'g.ts', ours: true, line: 8 }]);
  });

  test('keeps the lines of what it finds', () => {
    const tokens = tokensOf(`\`a\n\${b}\n\` + c`);
    expect(tokens.filter(({ kind }) => kind === 'name')).toEqual([
      { kind: 'name', text: 'b', line: 2 },
      { kind: 'name', text: 'c', line: 3 },
    ]);
  });
});
