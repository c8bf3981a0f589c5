// The clauses of docs/device-protocol.md by their numbers, and which of them bind no device.
import { readFileSync } from 'node:fs';

const DOCUMENT = new URL('../../docs/device-protocol.md', import.meta.url);

/** Clauses without a case, and why. */
export const EXEMPT: Readonly<Record<string, string>> = {
  '3.5': 'what the station asks; what a device answers is 9.5',
  '6.1': 'a fault inside the device: no request brings it about',
  '8.1': 'the station',
  '8.2': 'the station',
  '8.3': 'the station',
  '8.4': 'the station',
  '9.1': 'the station',
  '10.1': 'says what a proof means',
  '10.2': 'binds a recipe',
};

/** In their order: a paragraph's number, `5.n` of the table of commands, `6.rc` of a code, `7.n` of a row. */
export function clausesOf(document: string = readFileSync(DOCUMENT, 'utf8')): string[] {
  let section = '';
  return document.split('\n').flatMap((line) => {
    section = /^## (\d+)\./.exec(line)?.[1] ?? section;
    const paragraph = /^(\d+\.\d+) /.exec(line)?.[1];
    const row = /^\| (\d+\.\d+) \|/.exec(line)?.[1];
    const code = section === '6' ? /^\| (\d+) \|/.exec(line)?.[1] : undefined;
    const clause = paragraph ?? row ?? (code === undefined ? undefined : `6.${code}`);
    return clause === undefined ? [] : [clause];
  });
}
