// The bench as a person sets it: where its ports are, how many slots it has, how wide a pixel of its screen is.
import type { Bench, Settings } from './lots/settings.ts';
import type { StationParts } from './station-parts.ts';

export class BenchDesk {
  readonly #ports: StationParts['ports'];
  readonly #settings: Settings;
  readonly #changed: () => void;

  constructor(ports: StationParts['ports'], settings: Settings, changed: () => void) {
    this.#ports = ports;
    this.#settings = settings;
    this.#changed = changed;
  }

  /** Positions that such ports have now. Throws PORTS_INVALID. */
  async find(ports: string): Promise<string[]> {
    const spots = await this.#ports(ports, 1).list();
    return spots.map(({ position }) => position);
  }

  /** Throws DISK_FULL. */
  set(bench: Bench): void {
    if (this.#settings.setBench(bench)) this.#changed();
  }

  /** Width of a CSS pixel, millimetres. Throws DISK_FULL. */
  setPixel(pixelMm: number): void {
    this.#settings.setPixelMm(pixelMm);
    this.#changed();
  }
}
