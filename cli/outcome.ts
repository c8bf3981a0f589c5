// How a command ends: its answer on standard output, a refusal or a fault in one plain sentence, and an exit code
// (FORMATS.md, "CLI"): 0 all well, 1 a device did not pass, 2 refused, 3 the station itself failed.
import { existsSync } from 'node:fs';
import { CommanderError } from 'commander';
import type { z } from 'zod';
import { RefusalAnswer } from '../contract/cli.ts';
import { errorRow, errorSentence, KeylineError } from '../domain/errors.ts';
import { logFile } from './rotating-file.ts';
import { openStationLog } from './station-log.ts';
import type { Use } from './surroundings.ts';
import type { Terminal } from './terminal.ts';

export type ExitCode = 0 | 1 | 2 | 3;

/** Log of commands that do not host the station; the station's own log has one writer. */
const COMMAND_LOG = 'command';

/** Prints the answer: the object, checked by its schema, with --json; else the lines. */
export function tell<T>(use: Use, schema: z.ZodType<T>, value: T, lines: readonly string[]): void {
  if (use.json) use.terminal.answer(JSON.stringify(schema.parse(value)));
  else for (const line of lines) use.terminal.answer(line);
}

/** Says why the command did not do what it was asked, and answers its exit code. */
export function tellError(error: unknown, terminal: Terminal, json: boolean, use: Use | null): ExitCode {
  if (error instanceof CommanderError) return tellUsage(error, terminal, json);
  if (!(error instanceof KeylineError)) return tellFault(error, terminal, json, use);
  tellRefusal(terminal, json, error.code, error.message);
  // What stops a line is no fault of the command.
  return errorRow(error.code).disposition === 'stop-line' ? 3 : 2;
}

function tellUsage(error: CommanderError, terminal: Terminal, json: boolean): ExitCode {
  if (error.exitCode === 0) return 0;
  // No command at all: its help is what a person needs.
  if (error.code === 'commander.help') {
    if (json) answerRefusal(terminal, 'USAGE', errorSentence('USAGE', 'no command'));
    return 2;
  }
  const detail = error.message.replace(/^error: /, '').replace(/\n+/g, ' ');
  tellRefusal(terminal, json, 'USAGE', errorSentence('USAGE', detail));
  return 2;
}

function tellRefusal(terminal: Terminal, json: boolean, code: string, message: string): void {
  terminal.say(message);
  if (json) answerRefusal(terminal, code, message);
}

function answerRefusal(terminal: Terminal, code: string, message: string): void {
  terminal.answer(JSON.stringify(RefusalAnswer.parse({ error: { code, message } })));
}

/** A bug: one line for people, all that is known of it in the log. */
function tellFault(error: unknown, terminal: Terminal, json: boolean, use: Use | null): ExitCode {
  const text = error instanceof Error ? error.message : String(error);
  const where = logged(error, use);
  const message = `Keyline stopped by a fault of its own: ${text.split('\n')[0]}. What was recorded is safe. ${where}`;
  tellRefusal(terminal, json, 'FAULT', message.trim());
  return 3;
}

function logged(error: unknown, use: Use | null): string {
  const logs = use?.folder.logs;
  if (logs === undefined || !existsSync(logs)) return '';
  try {
    const { log, close } = openStationLog(logs, COMMAND_LOG);
    log.error({ err: error }, 'a fault of our own');
    close();
  } catch {
    // A folder that takes no file, or a log of another user's: the fault itself is told all the same.
    return '';
  }
  return `The details are in ${logFile(logs, COMMAND_LOG, 0)}.`;
}
