// The station's log: pino, one JSON object a line, redacted, in DATA/logs. Times are UTC.
import pino, { type Logger } from 'pino';
import { redacted } from './redaction.ts';
import { rotatingFile } from './rotating-file.ts';

export interface StationLog {
  readonly log: Logger;
  close(): void;
}

/** Opens the log `<name>.log` of a data folder's `logs`. */
export function openStationLog(folder: string, name = 'keyline'): StationLog {
  const file = rotatingFile(folder, name);
  const log = pino(
    { base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line: string) => file.write(redacted(line)) },
  );
  return { log, close: () => file.close() };
}
