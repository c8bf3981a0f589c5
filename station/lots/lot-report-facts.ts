// The facts of a closed lot as its report holds them, read at one moment: the same classes and counts as its page.
import { assert } from '../../domain/errors.ts';
import type { LotReport, ReportBoard } from '../../domain/lot-report.ts';
import { Recipe } from '../../domain/recipe.ts';
import type { RecordStore } from '../records/record-store.ts';
import { boardCounts } from './board-counts.ts';
import type { LotBoard, LotPageStore } from './lot-page-store.ts';

/** Inside one transaction; of a lot that is closed. */
export function lotReport(records: RecordStore, pages: LotPageStore, lotId: string, madeMs: number): LotReport {
  const [station, lot] = [records.station(), records.lot(lotId)];
  assert(station && lot?.state === 'closed', 'a report is of a closed lot');
  const boards = pages.lotBoards(lotId).map(reportBoard);
  const { inWork: _, ...counts } = boardCounts(lot.quantity, {
    ...{ passed: standing(boards, 'passed'), revoked: standing(boards, 'revoked'), inWork: 0 },
    ...{ inRework: standing(boards, 'inRework'), failed: standing(boards, 'failed') },
    ...{ noVerdict: standing(boards, 'noVerdict'), scrapped: standing(boards, 'scrapped') },
  });
  const { model, hardwareRevisions, firmware } = Recipe.parse(JSON.parse(lot.recipe));
  const head = records.chainHead();
  return {
    keyline: 'lot-report-1',
    ...{ stationId: station.stationId, practice: lot.practice, epoch: station.epoch, madeMs },
    lot: {
      ...{ lotId, orderId: lot.orderId, quantity: lot.quantity, spare: lot.spare, serialRange: lot.serialRange },
      ...{ model, revisions: [...hardwareRevisions], recipeName: lot.recipeName, recipeVersion: lot.recipeVersion },
      ...{ recipeSha256: lot.recipeSha256, firmwareVersion: firmware.version, firmwareSha256: lot.firmwareSha256 },
      ...{ createdMs: lot.createdMs, closedMs: lot.stateMs },
    },
    counts,
    issuers: [...new Set(boards.flatMap(({ issuerId }) => issuerId ?? []))].sort(),
    events: pages.lotEvents(lotId).map(({ seq, timeMs, actorId, type }) => ({ seq, timeMs, actorId, type })),
    audit: { seq: head.seq, head: head.hash },
    boards,
  };
}

function standing(boards: readonly ReportBoard[], stands: ReportBoard['stands']): number {
  return boards.filter((board) => board.stands === stands).length;
}

function reportBoard({ place, outcome: _, endedMs, ...board }: LotBoard): ReportBoard {
  assert(place !== 'inWork' && endedMs !== null, 'no board of a closed lot is in work');
  return { ...board, stands: place, endedMs };
}
