// What the card of a signing CA and its parts are given.
import type { CaView } from '../../../contract/signing-api.ts';
import type { StationFacts } from '../../../domain/station-event.ts';
import type { SigningDesk, SigningSight } from '../../view-state/signing-desk.ts';

export interface CaCardProps {
  readonly ca: CaView;
  readonly facts: StationFacts;
  readonly sight: SigningSight;
  readonly desk: SigningDesk;
  /** Boards in work on the line now. */
  readonly inWork: number;
  readonly nowMs: () => number;
}
