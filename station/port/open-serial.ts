// Opens a serial port or pty. Always listens, since an unplug is not told without a listener; a SerialPort object is never
// opened twice, since it stays silent the second time.
import { SerialPort } from 'serialport';
import { KeylineError } from '../../domain/errors.ts';
import type { Clock } from '../../domain/seams.ts';
import type { BytePort } from './byte-port.ts';
import { openChannel } from './channel.ts';
import { endWithTty } from './tty-reads.ts';

/** Zephyr's console default; USB CDC and ptys ignore it. */
const BAUD_RATE = 115_200;

/** Throws PORT_BUSY, PORT_FORBIDDEN, PULLED_OUT. */
export async function openSerial(path: string, clock: Clock): Promise<BytePort> {
  const serial = new SerialPort({ path, baudRate: BAUD_RATE, lock: true, autoOpen: false });
  const channel = openChannel(
    path,
    {
      write: (bytes, done) => void serial.write(bytes, done),
      // An error here means that the port is closed already, or gone: both end the channel.
      close: () => serial.close((error) => error && channel.ended()),
    },
    clock,
  );
  // Heard before the stream's own listener, which then reads.
  serial.once('open', () => endWithTty(serial.port));
  serial.on('data', channel.received);
  serial.on('close', channel.ended);
  serial.on('end', () => serial.close(() => channel.ended()));
  serial.on('error', () => serial.close(() => channel.ended()));
  await new Promise<void>((opened, fail) => {
    serial.open((error) => (error ? fail(openError(path, error, process.platform)) : opened()));
  });
  return channel.port;
}

/** The refusal in the system's words, as one of our codes. `Access denied` on Windows means that another program holds it. */
export function openError(path: string, error: Error, platform: NodeJS.Platform): KeylineError {
  const text = error.message;
  if (/lock|busy|temporarily unavailable|EBUSY|EAGAIN/i.test(text)) return new KeylineError('PORT_BUSY', '', { path });
  if (/access denied/i.test(text) && platform === 'win32') return new KeylineError('PORT_BUSY', '', { path });
  if (/permission|denied|EACCES|EPERM|not permitted/i.test(text)) {
    return new KeylineError('PORT_FORBIDDEN', '', { path });
  }
  return new KeylineError('PULLED_OUT', 'there is no such port', { path }, error);
}
