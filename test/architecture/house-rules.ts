// Rules of the house that look at one file: seams, SQL, length, names. Each answers sentences, empty when kept.
import { tokensOf } from './source-tokens.ts';

/** A file above this is a sign that two things live together (CONTRIBUTING.md). */
const MAX_LINES = 400;
/** One table, however long, is one thing. */
const TABLES = new Set(['domain/error-table.ts']);

/** Words that read or wait for real time, with the one file of the station that may. */
const TIME = new Set(['Date', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'hrtime']);
const CLOCK_FILE = 'station/clock.ts';
const CHANCE = new Set(['randomBytes', 'randomInt', 'randomUUID', 'randomFillSync', 'randomFill', 'getRandomValues']);
const RANDOM_FILE = 'station/random.ts';

const SQL =
  /^\s*(?:SELECT\s|INSERT\s+(?:OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|CREATE\s+(?:TABLE|UNIQUE|INDEX|TRIGGER|VIEW)\s|PRAGMA\s|BEGIN(?:\s|;|$))/;

const EMPTY_NAME = /[Mm]anager|[Hh]elper|[Uu]tils?(?![a-z])/;

/** Real time and chance inside station/, outside their one file each. */
export function brokenSeams(path: string, source: string): string[] {
  if (!path.startsWith('station/')) return [];
  const tokens = tokensOf(source);
  return tokens.flatMap(({ kind, text, line }, i) => {
    const owner = tokens[i - 2]?.text;
    const member = tokens[i - 1]?.text === '.';
    const time =
      TIME.has(text) || (member && owner === 'AbortSignal' && text === 'timeout') || /^node:timers/.test(text);
    const chance = CHANCE.has(text) || (member && owner === 'Math' && text === 'random');
    if (kind === 'mark') return [];
    if (time && path !== CLOCK_FILE) return [`${path}:${line} uses ${text}: only ${CLOCK_FILE} does; take a Clock`];
    if (chance && path !== RANDOM_FILE)
      return [`${path}:${line} uses ${text}: only ${RANDOM_FILE} does; take a Random`];
    return [];
  });
}

/** Plain SQLite, measured beside ours: the one file outside db/ that opens a database, and holds SQL. */
export const SQLITE_PEER = 'bench/peer-inserts.ts';

/** SQL outside db/, the stores of cloud/ and the bench's peer. */
export function strayingSql(path: string, source: string): string[] {
  if (path === SQLITE_PEER) return [];
  if (path.startsWith('db/') || /^cloud\/(?:.*\/)?[a-z-]*(?:store|stores|migrations)[a-z0-9./-]*$/.test(path))
    return [];
  return tokensOf(source)
    .filter(({ kind, text }) => kind === 'string' && SQL.test(text))
    .map(({ line }) => `${path}:${line} holds SQL: that belongs in db/ or in a store of cloud/`);
}

export function tooLong(path: string, source: string): string[] {
  const lines = source.split('\n').length - 1;
  return lines > MAX_LINES && !TABLES.has(path)
    ? [`${path} has ${lines} lines, ${MAX_LINES} at most: two things live together`]
    : [];
}

/** Names that say nothing, of the file or in it. A member is judged where it is declared: others' libraries name their own. */
export function emptyNames(path: string, source: string): string[] {
  const name = path.split('/').at(-1) ?? path;
  const ofFile = EMPTY_NAME.test(name.replace(/\..*$/, '')) ? [`${path}: name it after what it is`] : [];
  const inside = tokensOf(source)
    .filter(({ kind, text }, i, tokens) => kind === 'name' && tokens[i - 1]?.text !== '.' && EMPTY_NAME.test(text))
    .map(({ text, line }) => `${path}:${line} says ${text}: name it after what it does`);
  return [...ofFile, ...inside];
}
