// The desks of a lot's page and its reports, put together for one station.
import { KeylineError } from '../domain/errors.ts';
import type { LotView, SlotView } from '../domain/station-event.ts';
import { verifySignature } from '../pki/p256.ts';
import { lastCopies } from './copies/copy-settings.ts';
import type { KeyRing } from './key-ring.ts';
import { LotPageDesk } from './lots/lot-page-desk.ts';
import { ReportDesk, type StationSeal } from './lots/report-desk.ts';
import type { ReportFiles } from './lots/report-files.ts';
import type { Enrolment } from './outbox/enrolment.ts';
import type { Recorder } from './records/recorder.ts';
import { stationIdentity } from './station-identity.ts';
import type { OpenKeys, StationParts } from './station-parts.ts';

export interface LotDeskOrder {
  readonly parts: StationParts;
  readonly recorder: Recorder;
  readonly keys: KeyRing;
  readonly view: (lotId: string) => LotView;
  /** Slots of the line as they are now; none while it does not run. */
  readonly inSlots: () => readonly SlotView[];
}

export function lotDesks({ parts, recorder, keys, view, inSlots }: LotDeskOrder) {
  const { stores, log, onBug } = parts;
  const reports = new ReportDesk({
    ...{ recorder, store: stores.lotPages, files: stores.reports ?? NO_FOLDER, print: parts.print ?? null, log, onBug },
    seal: () => sealOf(keys.open, stores.enrolments.enrolment()),
    isSigned: reportSigned,
  });
  const lotPages = new LotPageDesk({
    ...{ recorder, store: stores.lotPages, reports, view },
    inSlots: () => new Set(inSlots().flatMap(({ state, jobId }) => (WORKS.has(state) ? (jobId ?? []) : []))),
    copies: () => lastCopies(stores.settings),
  });
  return { reports, lotPages };
}

/** States of a slot whose board is in it and in work. */
const WORKS: ReadonlySet<SlotView['state']> = new Set(['working', 'locking', 'held']);

/** A world without a disk. */
const NO_FOLDER: ReportFiles = {
  signedIn: () => null,
  read: () => ({ report: null, csv: null, seal: null, pdf: null, pdfSeal: null }),
  keep: refuse,
  keepPdf: refuse,
  keepSoFar: refuse,
};

function refuse(): never {
  throw new KeylineError('FILE_UNWRITABLE', 'this station has no folder for reports');
}

/** Null while the station's own key is locked, or there is none. */
function sealOf(open: OpenKeys, enrolment: Enrolment | null): StationSeal | null {
  const identity = open.spki ? stationIdentity(open, enrolment) : null;
  if (!open.sign || !identity) return null;
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const { spki, certificate } = identity;
  return { spki: base64(spki), certificate: certificate && base64(certificate), sign: open.sign };
}

/** Whether the key signed the text: key and signature as Base64 of DER. */
export function reportSigned(spki: string, text: string, signature: string): boolean {
  const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
  return verifySignature(bytes(spki), new TextEncoder().encode(text), bytes(signature));
}
