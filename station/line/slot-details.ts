// What a card can say beside its code: model or revision, or where the board passed before (UX.md section 6, cards 5-8).
import type { ErrorCode } from '../../domain/error-table.ts';
import type { Recipe } from '../../domain/recipe.ts';
import type { SlotDetails } from '../../domain/station-event.ts';
import type { DeviceRow, RecordStore } from '../records/record-store.ts';

/** Longest list of revisions on a card, characters; `SlotDetails` takes no longer one. */
const MAX_WANTED = 128;

/** `said` is what the board says of itself, or null where it did not say. */
export function slotDetails(
  code: ErrorCode | null,
  said: { readonly model: string; readonly revision: string } | null,
  device: DeviceRow | null,
  { recipe, store }: { readonly recipe: Recipe; readonly store: RecordStore },
): SlotDetails | null {
  switch (code) {
    case 'WRONG_MODEL':
      return said && { found: said.model, wanted: recipe.model };
    case 'WRONG_REVISION':
      return said && { found: said.revision, wanted: recipe.hardwareRevisions.join(', ').slice(0, MAX_WANTED) };
    case 'ALREADY_DONE':
    case 'DONE_TODAY':
      return device && passedBefore(device, store);
    default:
      return null;
  }
}

function passedBefore(device: DeviceRow, store: RecordStore): SlotDetails | null {
  const certificate = store.standingCertificate(device.deviceId);
  const job = certificate && store.job(certificate.jobId);
  if (!job || job.endedMs === null) return null;
  return { lotId: certificate.lotId, passedMs: job.endedMs, passedSlot: job.slot };
}
