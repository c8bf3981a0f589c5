// Which file imports which: static imports, re-exports and dynamic imports, by their specifiers.
import { posix } from 'node:path';
import { tokensOf } from './source-tokens.ts';

export interface ImportEdge {
  readonly from: string;
  /** A path from the repository's root for one of our files; else the package's specifier. */
  readonly to: string;
  readonly ours: boolean;
  readonly line: number;
}

/** Sources by path from the repository's root, with `/`. */
export type Sources = ReadonlyMap<string, string>;

/** Edges of one file. Throws `Error` at a dynamic import whose target cannot be read. */
export function importsOf(path: string, source: string): ImportEdge[] {
  const tokens = tokensOf(source);
  const edges: ImportEdge[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token?.kind !== 'name' || (token.text !== 'import' && token.text !== 'export')) continue;
    if (tokens[i - 1]?.text === '.' || tokens[i + 1]?.text === '.' || tokens[i + 1]?.text === ':') continue;
    const specifier = token.text === 'import' ? importSpecifier(i) : fromSpecifier(i + 1);
    if (specifier !== null) edges.push(edge(path, specifier, token.line));
  }
  return edges;

  function importSpecifier(at: number): string | null {
    const next = tokens[at + 1];
    if (next?.kind === 'string') return next.text;
    if (next?.text !== '(') return fromSpecifier(at + 1);
    const target = tokens[at + 2];
    if (target?.kind === 'string') return target.text;
    throw new Error(`${path}:${next.line} imports something that is named only when it runs`);
  }

  /** The string after `from`, when only a clause of names stands before it. */
  function fromSpecifier(at: number): string | null {
    for (let i = at; i < tokens.length; i++) {
      const token = tokens[i];
      if (token?.kind === 'name' && token.text === 'from' && tokens[i + 1]?.kind === 'string')
        return tokens[i + 1]?.text ?? null;
      if (token === undefined || token.kind === 'string' || (token.kind === 'mark' && !/^[{},*]$/.test(token.text)))
        return null;
      if (i > at && token.kind === 'name' && /^(?:const|function|class|let|interface|enum)$/.test(token.text))
        return null;
    }
    return null;
  }
}

function edge(from: string, specifier: string, line: number): ImportEdge {
  const ours = specifier.startsWith('.');
  return { from, to: ours ? posix.normalize(posix.join(posix.dirname(from), specifier)) : specifier, ours, line };
}

/** A cycle as the paths along it, the first repeated at the end; null when there is none. */
export function findCycle(edges: readonly ImportEdge[]): string[] | null {
  const targets = new Map<string, string[]>();
  for (const { from, to, ours } of edges) if (ours) targets.set(from, [...(targets.get(from) ?? []), to]);
  const done = new Set<string>();
  for (const start of targets.keys()) {
    const cycle = walk(start, []);
    if (cycle !== null) return cycle;
  }
  return null;

  function walk(path: string, trail: readonly string[]): string[] | null {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return null;
    for (const next of targets.get(path) ?? []) {
      const cycle = walk(next, [...trail, path]);
      if (cycle !== null) return cycle;
    }
    done.add(path);
    return null;
  }
}
