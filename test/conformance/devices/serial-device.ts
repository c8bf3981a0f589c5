// A board of flesh and copper on a serial port: the device maker's own. Nothing is burnt on it and its power stays on.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SerialPort } from 'serialport';
import type { Board, DeviceUnderTest } from '../device-under-test.ts';

/** Zephyr's console default; USB CDC ignores it. */
const BAUD_RATE = 115_200;

export interface SerialOptions {
  readonly port: string;
  /** Bits a second. */
  readonly baud?: number | undefined;
  /** A command that makes the board blank again; without one there is the board as it is. */
  readonly erase?: string | undefined;
}

export class SerialDevice implements DeviceUnderTest {
  readonly name = 'serial';
  readonly lacks = {
    psk: 'one board is of one kind',
    'lock-at-restart': 'nothing is burnt on it',
    'lock-not-burnt': 'nothing is burnt on it',
    'weak-entropy': 'its random source works',
    'store-bad': 'its store works',
    busy: 'one board is of one kind',
  };
  readonly noPowerCut = 'nobody is at hand to cut its power';
  readonly noBurning = 'what is burnt stays burnt';
  readonly noFirmware = 'its own firmware stays aboard';
  readonly oneBoard: { readonly noOther: string | null };
  readonly #options: SerialOptions;

  constructor(options: SerialOptions) {
    this.#options = options;
    this.oneBoard = { noOther: options.erase === undefined ? 'it needs a blank board again: give --erase' : null };
  }

  /** Throws an Error where the port does not open or the erasing command fails. */
  async fresh(): Promise<Board> {
    const { port: path, baud: baudRate = BAUD_RATE, erase } = this.#options;
    if (erase !== undefined) await run(erase);
    let port: SerialPort | null = null;
    const shut = async () => {
      const open = port;
      port = null;
      if (open?.isOpen) await new Promise<void>((resolve) => open.close(() => resolve()));
    };
    return {
      async open() {
        await shut();
        const serial = new SerialPort({ path, baudRate, lock: true, autoOpen: false });
        await new Promise<void>((resolve, reject) => serial.open((error) => (error ? reject(error) : resolve())));
        port = serial;
        return {
          write: (bytes) => void serial.write(bytes),
          listen: (heard) => void serial.on('data', heard),
        };
      },
      async kill() {
        throw new Error('the power of this board cannot be cut');
      },
      close: shut,
    };
  }

  async close(): Promise<void> {}
}

async function run(command: string): Promise<void> {
  const child = spawn(command, { shell: true, stdio: 'inherit' });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the command that erases the board ended with ${code}`);
}
