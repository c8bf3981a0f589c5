// Labels of this station: printed when a board passes and never before, one after the other; those that cannot be printed
// wait, and the line goes on. A label is read back from its board: one that is another's is told at once.
import type { LabelScan, LabelScanned } from '../../contract/labels-api.ts';
import type { ErrorCode } from '../../domain/error-table.ts';
import { KeylineError } from '../../domain/errors.ts';
import { keyTailOf, type LabelFacts, type LabelSize, type LotLabel } from '../../domain/label.ts';
import { layoutLabel } from '../../domain/label-layout.ts';
import { labelSvg } from '../../domain/label-svg.ts';
import { labelZpl } from '../../domain/label-zpl.ts';
import {
  type LabelMismatch,
  type LabelSettings,
  type LabelsView,
  type LabelTrouble,
  type LabelView,
  usualLabel,
} from '../../domain/labels-view.ts';
import type { SlotView } from '../../domain/station-event.ts';
import type { SettingStore } from '../lots/settings.ts';
import type { LabelRow } from '../records/label-store.ts';
import { type Recorder, STATION_ACTOR } from '../records/recorder.ts';
import { LabelCopies, nextFacts } from './label-copies.ts';
import type { LabelPrinters } from './label-printers.ts';
import { labelSettings, saveLabelSettings } from './label-settings.ts';

export interface LabelDeskParts {
  readonly recorder: Recorder;
  readonly settings: SettingStore;
  readonly practice: boolean;
  readonly printers: LabelPrinters;
  readonly slots: () => readonly SlotView[];
  readonly nameOf: (actorId: string) => string | null;
  readonly changed: () => void;
  readonly onBug: (bug: unknown) => void;
}

export interface PrinterFound {
  /** Null: it could print. */
  readonly code: ErrorCode | null;
  /** Labels that are due. */
  readonly waiting: number;
}

/** Prints that people may have asked for at once: one a hand at the bench. */
const MAX_ORDERS = 8;

/** What a test label says: no board has this serial or key. */
const TEST_LABEL: LabelFacts = {
  ...{ model: 'TEST', revision: '', deviceSerial: 'TEST-0000', keyTail: '00000000', copy: 1, practice: true },
};

export class LabelDesk {
  readonly #parts: LabelDeskParts;
  readonly #copies: LabelCopies;
  #closing = false;
  #printing: Promise<void> = Promise.resolve();
  #orders = 0;
  #draining = false;
  #trouble: LabelsView['trouble'] = null;
  #mismatch: LabelMismatch | null = null;
  #last: LabelsView['last'] = null;

  constructor(parts: LabelDeskParts) {
    this.#parts = parts;
    this.#copies = new LabelCopies(parts.recorder);
    this.#copies.settleOpen();
  }

  view(): LabelsView {
    const { recorder, settings } = this.#parts;
    return {
      settings: labelSettings(settings),
      waiting: recorder.store.waitingLabelCount(),
      ...{ trouble: this.#trouble, mismatch: this.#mismatch, last: this.#last },
    };
  }

  /** Throws DISK_FULL. */
  set(actorId: string, settings: LabelSettings): LabelsView {
    const { recorder, settings: store } = this.#parts;
    recorder.commit(actorId, (append) => {
      saveLabelSettings(store, settings);
      append('labels-set', { size: settings.size, printer: settings.printer.kind });
    });
    this.#trouble = null;
    this.#parts.changed();
    this.due();
    return this.view();
  }

  /** Labels may be due: those that the printer kept waiting are tried again with them. */
  due(): void {
    if (this.#draining || !this.#reachable() || this.#parts.recorder.store.waitingLabelCount() === 0) return;
    this.#draining = true;
    this.#inTurn(() => this.#drain(STATION_ACTOR)).then(
      () => {
        this.#draining = false;
        // Boards may have passed meanwhile.
        this.due();
      },
      (error: unknown) => {
        this.#draining = false;
        if (!(error instanceof KeylineError)) this.#parts.onBug(error);
      },
    );
  }

  /** Throws PRINTER_NONE, PRINTER_AWAY, LABELS_EMPTY, DISK_FULL. */
  async printWaiting(actorId: string): Promise<LabelsView> {
    await this.#ordered(() => this.#drain(actorId));
    return this.view();
  }

  /** One more copy. Throws LABEL_NONE, and as `printWaiting`. */
  async print(actorId: string, deviceSerial: string): Promise<LabelView> {
    await this.#ordered(() => this.#printOne(actorId, this.#rowFor(deviceSerial)));
    if (this.#mismatch?.expected === deviceSerial) this.#mismatch = null;
    this.#parts.changed();
    return this.#viewOf(this.#rowFor(deviceSerial));
  }

  /** Throws as `printWaiting`. */
  async test(actorId: string): Promise<LabelsView> {
    await this.#ordered(async () => {
      const intend = () => this.#parts.recorder.commit(actorId, (append) => append('label-tested', {}));
      await this.#send(TEST_LABEL, labelSettings(this.#parts.settings).size, intend);
      this.#say('tested');
    });
    return this.view();
  }

  /** The printer asked how it stands, with what waits for it; while it prints, what it said last. Null: none is set. */
  async look(): Promise<PrinterFound | null> {
    const { recorder, settings, printers } = this.#parts;
    const { printer } = labelSettings(settings);
    if (printer.kind === 'none') return null;
    const found = (code: ErrorCode | null) => ({ code, waiting: recorder.store.waitingLabelCount() });
    if (this.#draining || this.#orders > 0) return found(this.#trouble?.code ?? null);
    try {
      if (printer.kind === 'network') await printers.network(printer, null);
      else if (printers.system) await printers.system(printer.name, null);
      else return found('PRINTER_NONE');
      return found(null);
    } catch (error) {
      if (!(error instanceof KeylineError)) throw error;
      return found(error.code);
    }
  }

  /** Null where no board with that serial passed here, or it has no label. */
  of(deviceSerial: string): LabelView | null {
    const row = this.#parts.recorder.store.labelOfSerial(deviceSerial);
    return row && this.#viewOf(row);
  }

  /** What a lot gets that does not say. */
  usual(): LotLabel {
    return usualLabel(labelSettings(this.#parts.settings));
  }

  /**
   * A label was read. It must be the one of the board in the chosen slot, or, without one, of a board that passed here.
   * Which it is, is on record either way; a label that nobody awaited and no board has is no more than a refused scan.
   */
  scan(actorId: string, { deviceSerial, keyTail, slot }: LabelScan): LabelScanned {
    const { recorder, slots } = this.#parts;
    const { store } = recorder;
    const chosen = slots().find((one) => one.slot === slot);
    const passed = store.passedCertificate(deviceSerial);
    const genuine = passed !== null && keyTailOf(passed.spkiSha256) === keyTail;
    const expected = chosen?.deviceSerial ?? (passed ? deviceSerial : null);
    const fits = genuine && expected === deviceSerial;
    const at = chosen?.slot ?? slots().find((one) => one.deviceSerial === deviceSerial)?.slot ?? null;
    recorder.commit(actorId, (append, nowMs) => {
      if (!fits) {
        const board = expected === null ? null : store.passedCertificate(expected);
        const certificateId = board?.certificateId ?? null;
        return append('label-mismatched', { certificateId, expected, deviceSerial, keyTail, slot: at });
      }
      if (store.label(passed.certificateId)) store.setLabelScanned(passed.certificateId, nowMs);
      append('label-scanned', { certificateId: passed.certificateId, deviceSerial, keyTail });
    });
    if (!fits && expected !== null) {
      const code = genuine ? 'SERIAL_USED' : 'LABEL_UNREAD';
      this.#mismatch = { slot: at, expected, read: deviceSerial, code, sinceMs: recorder.clock.nowMs() };
    } else if (this.#mismatch?.expected === deviceSerial) this.#mismatch = null;
    this.#parts.changed();
    return { fits, slot: at, labels: this.view() };
  }

  /** The label that is being sent is waited for, so that its copy has an end; the others wait. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#printing;
  }

  #reachable(): boolean {
    const { printer } = labelSettings(this.#parts.settings);
    return printer.kind === 'network' || (printer.kind === 'system' && this.#parts.printers.system !== null);
  }

  /** The label of a board that passed; made now where its lot has none. */
  #rowFor(deviceSerial: string): LabelRow {
    const { recorder, settings } = this.#parts;
    const { store } = recorder;
    const passed = store.passedCertificate(deviceSerial);
    if (!passed) throw new KeylineError('LABEL_NONE', deviceSerial);
    const { certificateId, lotId } = passed;
    const found = store.label(certificateId);
    if (found) return found;
    recorder.commit(STATION_ACTOR, (_append, dueMs) =>
      store.insertLabel({ certificateId, lotId, size: labelSettings(settings).size, dueMs }),
    );
    return this.#rowFor(deviceSerial);
  }

  async #ordered(work: () => Promise<void>): Promise<void> {
    if (!this.#reachable()) throw new KeylineError('PRINTER_NONE');
    if (this.#orders >= MAX_ORDERS) throw new KeylineError('PRINTER_AWAY', 'other labels are on their way');
    this.#orders += 1;
    await this.#inTurn(work).finally(() => {
      this.#orders -= 1;
    });
  }

  /** One label at a time, in the order in which they were asked for. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#printing.then(() => {
      if (this.#closing) throw new KeylineError('STATION_GONE');
      return work();
    });
    this.#printing = turn.catch(() => {});
    return turn;
  }

  /** As many as wait now, the oldest first, until the printer takes no more. */
  async #drain(actorId: string): Promise<void> {
    const { store } = this.#parts.recorder;
    for (let left = store.waitingLabelCount(); left > 0 && !this.#closing; left--) {
      const [row] = store.waitingLabels(1);
      if (row) await this.#printOne(actorId, row);
    }
  }

  async #printOne(actorId: string, row: LabelRow): Promise<void> {
    const facts = nextFacts(row, this.#parts.practice);
    let intended = false;
    const intend = () => {
      this.#copies.intend(actorId, row, facts.copy);
      intended = true;
    };
    try {
      await this.#send(facts, row.size, intend);
      this.#copies.end(actorId, row, facts.copy, 'printed');
      this.#say('printed');
    } catch (error) {
      // It may be on paper or not: the copy keeps its number, and the label waits.
      if (intended) this.#copies.end(actorId, row, facts.copy, 'unsure');
      throw error;
    }
  }

  async #send(facts: LabelFacts, size: LabelSize, intend: () => void): Promise<void> {
    const { printers, settings } = this.#parts;
    const { printer } = labelSettings(settings);
    const layout = layoutLabel(facts, size);
    const { widthMm, heightMm } = layout;
    const job = { zpl: labelZpl(layout), svg: labelSvg(layout), widthMm, heightMm, intend };
    try {
      if (printer.kind === 'network') await printers.network(printer, job);
      else if (printer.kind === 'system' && printers.system) await printers.system(printer.name, job);
      else throw new KeylineError('PRINTER_NONE');
    } catch (error) {
      if (error instanceof KeylineError && isTrouble(error.code)) this.#say(error.code);
      throw error;
    }
  }

  #say(said: NonNullable<LabelsView['last']>['said']): void {
    const timeMs = this.#parts.recorder.clock.nowMs();
    this.#last = { timeMs, said };
    this.#trouble = isTrouble(said)
      ? { code: said, sinceMs: this.#trouble?.code === said ? this.#trouble.sinceMs : timeMs }
      : null;
    this.#parts.changed();
  }

  #viewOf(row: LabelRow): LabelView {
    const { deviceSerial, model, revision, size, copies, printedMs, printedBy, scannedMs } = row;
    const by = printedBy === null ? null : this.#parts.nameOf(printedBy);
    const keyTail = keyTailOf(row.spkiSha256);
    return { deviceSerial, keyTail, model, revision, size, copies, printedMs, printedBy: by, scannedMs };
  }
}

function isTrouble(code: string): code is LabelTrouble {
  return code === 'LABELS_EMPTY' || code === 'PRINTER_AWAY';
}
