// The table of errors as a page for people. Pure; the words are the table's own.
import { ERRORS, type ErrorRow } from '../domain/error-table.ts';

const WAYS: Record<ErrorRow['disposition'], string> = {
  retry: 'tries again',
  'reject-device': 'gives up on this board',
  'refuse-start': 'refuses to start',
  'stop-line': 'admits no more boards',
  wait: 'waits',
};

const HEAD = `# What Keyline tells

Generated from \`domain/error-table.ts\` by \`npm run docs:errors\`. Do not edit.

A person sees the tile word, what happened and one thing to do. The code stands in the trace and in the record.
*Tries* counts all automatic attempts, the first included. *For good* says whether something that cannot be taken
back may have happened on the board.
`;

const CARDS = `
## Cards

| Card | Code | Tile word | What happened | What to do | Button | Job ends | The station | Tries | For good |
|---:|---|---|---|---|---|---|---|---:|---|
`;

const REFUSALS = `
## Refusals

A command, a start or a message is refused. No board is touched.

| Code | What happened | What to do |
|---|---|---|
`;

/** docs/errors.md, whole. */
export function errorsMarkdown(): string {
  const rows: [string, ErrorRow][] = Object.entries(ERRORS);
  const cards = rows.filter(([, row]) => row.card !== null).sort(([, a], [, b]) => (a.card ?? 0) - (b.card ?? 0));
  const refusals = rows.filter(([, row]) => row.card === null);
  return [HEAD, CARDS, ...cards.map(cardLine), REFUSALS, ...refusals.map(refusalLine)].join('');
}

function cardLine([code, row]: [string, ErrorRow]): string {
  return line([
    String(row.card),
    `\`${code}\``,
    row.tile,
    row.happened,
    row.todo,
    row.button || '(by itself)',
    row.outcome ?? 'goes on',
    WAYS[row.disposition],
    String(row.attempts),
    row.irreversible ? 'yes' : 'no',
  ]);
}

function refusalLine([code, row]: [string, ErrorRow]): string {
  return line([`\`${code}\``, row.happened, row.todo]);
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
}
