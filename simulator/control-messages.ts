// What is said to and by a simulator that runs as a process of its own: one JSON object a line, commands on its standard
// input, answers and events on its standard output. Anything else is refused, by its id where it has one.
import { z } from 'zod';
import { Sha256Hex } from '../domain/ids.ts';
import { Outcome } from '../domain/job.ts';

/** As many as a plan may have; bounds the files and the memory of one run. */
const MAX_DEVICES = 100_000;
/** One process serves 64 comfortably; four times as many is a mistake. */
const MAX_SLOTS = 256;

const Id = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const SlotNumber = z.number().int().min(1).max(MAX_SLOTS);
const DeviceIndex = z.number().int().min(0).max(MAX_DEVICES);
const Path = z.string().min(1).max(4096);
const Printable = z.string().regex(/^[\x20-\x7e]{1,32}$/);

export const FaultSelection = z.union([z.literal('all'), z.array(z.string().max(64)).max(256)]);
export type FaultSelection = z.infer<typeof FaultSelection>;

export const SimulatorSettings = z.strictObject({
  slots: SlotNumber,
  devices: z.number().int().min(1).max(MAX_DEVICES),
  /** Folder of the ports, and folder of the device files. */
  dir: Path,
  stateDir: Path,
  /** Bits a second; 0 is unthrottled. */
  baud: z.number().int().min(0).max(12_000_000),
  seed: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  faults: FaultSelection,
  model: Printable,
  hardwareRevision: Printable,
  /** What devices carry when they come to the line; null: older firmware than any lot loads. */
  firmware: z.strictObject({ version: Printable, imageHash: Sha256Hex }).nullable(),
  transport: z.enum(['pty', 'tcp']).optional(),
  /** Absent: virtual devices; else the firmware of firmware/ in an emulator. */
  boards: z.enum(['virtual', 'emulated']).optional(),
});
export type SimulatorSettings = z.infer<typeof SimulatorSettings>;

export const ControlCommand = z.discriminatedUnion('do', [
  /** The first command; everything else follows it. */
  z.strictObject({ id: Id, do: z.literal('start'), settings: SimulatorSettings }),
  z.strictObject({ id: Id, do: z.literal('insert'), slot: SlotNumber, device: DeviceIndex }),
  z.strictObject({ id: Id, do: z.literal('eject'), slot: SlotNumber }),
  z.strictObject({ id: Id, do: z.literal('swap'), slot: SlotNumber, device: DeviceIndex }),
  z.strictObject({
    id: Id,
    do: z.literal('authenticate'),
    device: DeviceIndex,
    host: z.string().min(1).max(255),
    port: z.number().int().min(1).max(65535),
    /** Certificates of the service's own CA, PEM. */
    ca: z.string().max(65_536),
  }),
  z.strictObject({ id: Id, do: z.literal('list') }),
  /** Answered once all ports are gone; then the process ends. */
  z.strictObject({ id: Id, do: z.literal('stop') }),
]);
export type ControlCommand = z.infer<typeof ControlCommand>;

export const StartResult = z.object({ transport: z.enum(['pty', 'tcp']) });
export const AdmissionResult = z.object({
  admitted: z.boolean(),
  reason: z.string().nullable(),
  voidReason: z.string().nullable(),
});
export type AdmissionResult = z.infer<typeof AdmissionResult>;
export const ListResult = z.object({
  devices: z.array(
    z.object({
      device: z.number(),
      hwid: z.string(),
      fault: z.string().nullable(),
      fired: z.boolean(),
      slot: z.number().nullable(),
      /** How the fault's row says that the device ends; passed for a healthy one. */
      expected: z.object({ outcome: Outcome, code: z.string().nullable() }),
    }),
  ),
});

export type ListResult = z.infer<typeof ListResult>;

export const ControlAnswer = z.union([
  z.object({ id: Id, ok: z.literal(true), result: z.unknown() }),
  /** `id` null: the line was no command. */
  z.object({ id: Id.nullable(), ok: z.literal(false), code: z.string(), detail: z.string() }),
]);
export type ControlAnswer = z.infer<typeof ControlAnswer>;

const Device = z.number().int();
export const ControlEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('fault-fired'), device: Device, fault: z.string() }),
  z.object({ event: z.literal('unplugged'), device: Device, slot: Device }),
  z.object({ event: z.literal('replugged'), device: Device, slot: Device }),
  z.object({ event: z.literal('swapped'), slot: Device, out: Device, in: Device }),
]);
export type ControlEvent = z.infer<typeof ControlEvent>;

/** A PEM bundle is the longest thing that is said. */
export const MAX_LINE_BYTES = 262_144;
