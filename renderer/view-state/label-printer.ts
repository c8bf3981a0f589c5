// The label printer as it is typed in Settings, and what of it the station takes.
import type { LabelSize } from '../../domain/label.ts';
import { LabelPrinter, type LabelSettings } from '../../domain/labels-view.ts';

export interface TypedPrinter {
  readonly size: LabelSize;
  readonly kind: LabelPrinter['kind'];
  readonly host: string;
  readonly port: string;
  readonly name: string;
}

/** Of the raw port of every printer that reads ZPL. */
const USUAL_PORT = '9100';

export function typedPrinter({ size, printer }: LabelSettings): TypedPrinter {
  return {
    ...{ size, kind: printer.kind },
    host: printer.kind === 'network' ? printer.host : '',
    port: printer.kind === 'network' ? String(printer.port) : USUAL_PORT,
    name: printer.kind === 'system' ? printer.name : '',
  };
}

/** Null while a text of it cannot be taken. */
export function settingsOf({ size, kind, host, port, name }: TypedPrinter): LabelSettings | null {
  const of = {
    none: { kind },
    network: { kind, host: host.trim(), port: portOf(port) },
    system: { kind, name: name.trim() },
  };
  const printer = LabelPrinter.safeParse(of[kind]);
  return printer.success ? { size, printer: printer.data } : null;
}

function portOf(port: string): number {
  return /^\d{1,5}$/.test(port.trim()) ? Number(port) : Number.NaN;
}

/** Which of the texts that is. */
export function printerRefusal({ port }: TypedPrinter): 'bad' | 'badPort' {
  const number = portOf(port);
  return number >= 1 && number <= 65_535 ? 'bad' : 'badPort';
}
