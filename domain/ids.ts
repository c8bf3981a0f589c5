// The identifiers that people and machines write down. Each has one spelling; anything else is refused.
import { z } from 'zod';

/** Hardware id as 12-64 lower-case hex digits (6-32 bytes), never all 00 or all ff (device protocol, Sizes). */
export const HardwareId = z
  .string()
  .regex(/^(?:[0-9a-f]{2}){6,32}$/)
  .refine((text) => !/^(?:00)+$/.test(text) && !/^(?:ff)+$/.test(text), 'a hardware id is never all 00 or all ff');

/** Device serial, 1-32 of `A-Z 0-9 -` (FORMATS.md). */
export const DeviceSerial = z.string().regex(/^[A-Z0-9-]{1,32}$/);

/** SHA-256 as 64 lower-case hex digits. */
export const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** Name of a lot, order, station, slot or person as written on paper: 1-64 of letters, digits, `. _ -`. */
export const Name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);

/** Files of these names are devices on Windows, whatever folder they stand in. */
export const KEPT_BY_WINDOWS: RegExp = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/;

/** Name of a CA of a station, also that of its folder on any system: 1-32 of `a-z 0-9 -`, no device name of Windows. */
export const CaName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,31}$/)
  .refine((name) => !KEPT_BY_WINDOWS.test(name), 'a name that Windows keeps for itself');

/** UTC milliseconds since 1970. */
export const TimeMs = z.number().int().min(0).max(8_640_000_000_000_000);
