// `lot create|list|show|release|hold|close`. What acts goes through the station, what asks reads the records.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { LotAnswer, LotListAnswer } from '../../contract/cli.ts';
import type { LotPage } from '../../contract/lot-page-api.ts';
import { openQueries } from '../../db/queries.ts';
import { KeylineError } from '../../domain/errors.ts';
import { Name } from '../../domain/ids.ts';
import { LabelSize, LotLabel } from '../../domain/label.ts';
import type { LotCommand } from '../../domain/lot.ts';
import { keyTermsText } from '../../domain/recipe.ts';
import type { LotView } from '../../domain/station-event.ts';
import { lotView } from '../../station/line/lot-view.ts';
import { example, execute, fitting, type Registry, wholeNumber } from '../command-line.ts';
import { lotText } from '../line-text.ts';
import { type ExitCode, tell } from '../outcome.ts';
import type { CommonOptions, Use } from '../surroundings.ts';
import { withStation } from '../with-station.ts';

const NAME_IS = 'a name of 1 to 64 letters, digits, points, _ and -';
const LABEL_IS = `none or a size: ${LabelSize.options.join(', ')} mm`;
/** Same failures in a row that hold a lot, unless the order says otherwise (issue: 3 on a line). */
const STOP_AFTER = 3;
const MOST = 1_000_000;

interface CreateOptions extends CommonOptions {
  readonly recipe: string;
  readonly quantity: number;
  readonly range: string;
  readonly order?: string;
  readonly spare: number;
  readonly stopAfter: number;
  readonly practice?: boolean;
  readonly release?: boolean;
  readonly label?: LotLabel;
}

export function registerLot(root: Command, registry: Registry): void {
  const lot = example(root.command('lot').description('make, show, release, hold and close lots'), 'help lot create');
  registerCreate(lot, registry);
  const list = lot.command('list').description('list all lots');
  example(list, 'lot list --json').action(() => execute(registry, list.optsWithGlobals(), listLots));
  const show = lot.command('show').description('show one lot').argument('<lot>', 'its name', fitting(Name, NAME_IS));
  example(show, 'lot show L-1').action((lotId: string) =>
    execute(registry, show.optsWithGlobals(), (use) => showLot(use, lotId)),
  );
  registerCommand(lot, registry, 'release', 'let boards in', 'lot release L-1');
  registerCommand(
    lot,
    registry,
    'hold',
    'let no more boards in; those in work are finished',
    'lot hold L-1 --because shift',
  );
  registerCommand(lot, registry, 'close', 'end the lot for ever', 'lot close L-1 --write-off');
}

function registerCreate(lot: Command, registry: Registry): void {
  const create = lot
    .command('create')
    .description('make a lot from a recipe; a draft unless --release')
    .argument('<lot>', 'its name', fitting(Name, NAME_IS))
    .requiredOption('--recipe <file>', 'recipe file')
    .requiredOption('--quantity <n>', 'boards that are to pass', wholeNumber(1, MOST))
    .requiredOption('--range <first..last>', 'device serials')
    .option('--order <name>', 'work order (else the name of the lot)', fitting(Name, NAME_IS))
    .option('--spare <n>', 'further certificates for boards that do not pass', wholeNumber(0, MOST), 0)
    .option('--stop-after <n>', 'same failures in a row that hold the lot; 0: never', wholeNumber(0, 1000), STOP_AFTER)
    .option('--label <size>', 'label of a board that passes; without it none', fitting(LotLabel, LABEL_IS))
    .option('--practice', 'takes simulated boards only')
    .option('--release', 'release it at once');
  example(create, 'lot create L-1 --recipe recipe.json --quantity 8 --range AQ-0001..AQ-0008 --release').action(
    (lotId: string) => {
      const options = create.optsWithGlobals<CreateOptions>();
      return execute(registry, options, (use) => createLot(use, lotId, options));
    },
  );
}

function registerCommand(lot: Command, registry: Registry, name: LotCommand, says: string, such: string): void {
  const command = lot.command(name).description(says).argument('<lot>', 'its name', fitting(Name, NAME_IS));
  if (name === 'hold') command.option('--because <text>', 'why, for the record');
  if (name === 'close') command.option('--write-off', 'end the jobs whose boards did not come back');
  example(command, such).action((lotId: string) => {
    const options = command.optsWithGlobals<CommonOptions & { because?: string; writeOff?: boolean }>();
    return execute(registry, options, async (use) => {
      const because = options.because ?? null;
      if (because !== null && because.length > 200)
        throw new KeylineError('USAGE', '--because has 200 letters at most');
      // A close signs a checkpoint, which takes the station's own key and no CA's.
      const order = { practice: null, unlock: name === 'close', ca: null };
      const input = { lotId, command: name, because, writeOff: options.writeOff ?? false };
      if (name !== 'close') return tellLot(use, await withStation(use, order, (api) => api.lot.command(input)));
      return tellClosed(
        use,
        await withStation(use, order, async (api) => {
          await api.lot.command(input);
          return api.lotPage.read({ lotId });
        }),
      );
    });
  });
}

async function createLot(use: Use, lotId: string, options: CreateOptions): Promise<ExitCode> {
  const {
    recipe,
    quantity,
    range,
    order,
    spare,
    stopAfter,
    practice = false,
    release = false,
    label = 'none',
  } = options;
  // A first command that is written wrongly must not decide what kind of station this folder holds.
  if (!existsSync(use.folder.stationDatabase)) throw new KeylineError('NO_STATION');
  if (range.length > 80) throw new KeylineError('RANGE_INVALID', 'it is too long');
  const lot = await withStation(use, { practice, unlock: false }, (api) =>
    api.lot.create({
      ...{ lotId, quantity, spare, stopAfter, practice, release, label },
      orderId: order ?? lotId,
      serialRange: range,
      recipePath: resolve(recipe),
    }),
  );
  return tellLot(use, lot);
}

function tellLot(use: Use, lot: LotView): ExitCode {
  tell(use, LotAnswer, lot, [lotText(lot)]);
  return 0;
}

function tellClosed(use: Use, { lot, report }: LotPage): ExitCode {
  const signed =
    report === null
      ? 'Its report waits for the key of the station: it is signed at the next start with it.'
      : `Report ${report.reportId} signed, in ${report.folder ?? 'no folder any more'}. Its PDF comes from the window.`;
  tell(use, LotAnswer, lot, [lotText(lot), signed]);
  return 0;
}

async function listLots(use: Use): Promise<ExitCode> {
  const records = openQueries(use.folder.stationDatabase);
  try {
    const nowMs = use.clock.nowMs();
    const views = records.lots(nowMs).map((found) => lotView(found.lot, found, nowMs, () => null));
    const lots = views.map(({ lotId, state, quantity, passed }) => ({ lotId, state, quantity, passed }));
    tell(use, LotListAnswer, { lots }, views.length === 0 ? ['There is no lot yet.'] : views.map(lotText));
    return 0;
  } finally {
    records.close();
  }
}

async function showLot(use: Use, lotId: string): Promise<ExitCode> {
  const records = openQueries(use.folder.stationDatabase);
  try {
    const nowMs = use.clock.nowMs();
    const found = records.lot(lotId, nowMs);
    if (!found) throw new KeylineError('LOT_UNKNOWN', lotId);
    const { lot } = found;
    const view = lotView(lot, found, nowMs, () => null);
    tell(use, LotAnswer, view, [
      lotText(view),
      `Order ${lot.orderId}, serials ${lot.serialRange}, ${view.signatures} of ${lot.quantity + lot.spare} certificates used.`,
      `Recipe ${lot.recipeName} ${lot.recipeVersion}${lot.practice ? ', for practice' : ''}: ${keyTermsText(view)}.`,
    ]);
    return 0;
  } finally {
    records.close();
  }
}
