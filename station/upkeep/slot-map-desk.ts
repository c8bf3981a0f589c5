// The map of slots to physical ports, as people see it and teach it (UX.md section 4.8). A new map takes the place of the old
// one in one transaction; a slot that was switched off stays off at the port that it was.
import type { SlotMapView, TaughtSlots } from '../../contract/slot-map-api.ts';
import { KeylineError } from '../../domain/errors.ts';
import { plainNames, slotNames, slotsOf } from '../../domain/fixture.ts';
import type { Settings } from '../lots/settings.ts';
import type { PortSource } from '../port/byte-port.ts';
import type { Recorder } from '../records/recorder.ts';

export interface SlotMapParts {
  readonly recorder: Recorder;
  readonly settings: Settings;
  readonly ports: (text: string, slots: number) => PortSource;
  /** The lot that the line runs, or null: it keeps the map that it was started with. */
  readonly runningLot: () => string | null;
  readonly changed: () => void;
}

export class SlotMapDesk {
  readonly #parts: SlotMapParts;

  constructor(parts: SlotMapParts) {
    this.#parts = parts;
  }

  /** Throws PORTS_INVALID for ports that were set and are none any more. */
  async read(): Promise<SlotMapView> {
    const { recorder, settings, ports } = this.#parts;
    const { bench } = settings;
    if (!bench) return { fixtures: null, slots: [], unknown: [], present: [] };
    const fixtures = settings.fixturesOf(bench);
    const names = fixtures === null ? plainNames(bench.slots) : slotNames(fixtures);
    const bound = recorder.store.slotBindings();
    const present = (await ports(bench.ports, bench.slots).list()).map(({ position }) => position);
    const known = new Set(bound.filter(({ slot }) => slot <= names.length).map(({ position }) => position));
    return {
      fixtures,
      slots: names.map((name, index) => ({
        name,
        position: bound.find(({ slot }) => slot === index + 1)?.position ?? null,
      })),
      present,
      unknown: present.filter((position) => !known.has(position)),
    };
  }

  /** Throws LINE_RUNNING, PORTS_INVALID, SLOTS_UNFIT, DISK_FULL: then the map is as it was. */
  async teach(actorId: string, { ports, fixtures, positions }: TaughtSlots): Promise<SlotMapView> {
    const { recorder, settings, runningLot, changed } = this.#parts;
    const lotId = runningLot();
    if (lotId !== null) throw new KeylineError('LINE_RUNNING', lotId);
    const bound = positions.filter((position) => position !== null);
    if (positions.length !== slotsOf(fixtures)) throw new KeylineError('SLOTS_UNFIT', 'one position a slot');
    if (bound.length === 0) throw new KeylineError('SLOTS_UNFIT', 'no slot has a port');
    if (new Set(bound).size !== bound.length) throw new KeylineError('SLOTS_UNFIT', 'one port for two slots');
    // Refuses what is no place for ports before anything is changed.
    this.#parts.ports(ports, positions.length);
    recorder.commit(actorId, (append) => {
      this.#bind(positions);
      settings.setFixtures(ports, fixtures);
      append('slots-taught', { slots: positions.length, bound: bound.length });
    });
    changed();
    return await this.read();
  }

  #bind(positions: TaughtSlots['positions']): void {
    const { store } = this.#parts.recorder;
    const before = new Map(store.slotBindings().map(({ slot, position }) => [slot, position]));
    store.unbindSlots();
    for (const [index, position] of positions.entries()) if (position !== null) store.bindSlot(position, index + 1);
    for (const off of store.slotsOff()) {
      store.deleteSlotOff(off.slot);
      const slot = positions.indexOf(before.get(off.slot) ?? null) + 1;
      if (before.has(off.slot) && slot > 0) store.insertSlotOff({ ...off, slot });
    }
  }
}
