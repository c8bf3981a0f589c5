// `reconcile`: device, station and cloud side by side, in three lists; and one decision about one row.
import type { Command } from 'commander';
import { Argument } from 'commander';
import { ReconcileAnswer, ReconcileRowAnswer } from '../../contract/cli.ts';
import { Decision, type ReconcileRow } from '../../contract/reconcile-api.ts';
import { Name, Sha256Hex } from '../../domain/ids.ts';
import { example, execute, fitting, type Registry } from '../command-line.ts';
import { type ExitCode, tell } from '../outcome.ts';
import type { CommonOptions, Use } from '../surroundings.ts';
import { withStation } from '../with-station.ts';

/** Rows shown: more than a person decides in a sitting, and an answer stays small. */
const MOST_ROWS = 1_000;
const FINGERPRINT = fitting(Sha256Hex, 'a fingerprint, 64 hex digits');
/** The comparison takes the station's key and its CA. */
const ORDER = { practice: null, unlock: true } as const;

const TITLES = { here: 'Only here:', cloud: 'Only at the service:', different: 'Different:' } as const;

export function registerReconcile(root: Command, registry: Registry): void {
  const reconcile = root.command('reconcile').description('compare device, station and cloud');
  example(reconcile, 'reconcile').action(() => execute(registry, reconcile.optsWithGlobals(), list));
  const compare = reconcile
    .command('compare')
    .description('show one certificate on all sides')
    .argument('<fingerprint>', 'of the certificate', FINGERPRINT);
  example(compare, 'reconcile compare FINGERPRINT').action((fingerprint: string) =>
    execute(registry, compare.optsWithGlobals(), (use) => show(use, fingerprint)),
  );
  const decide = reconcile
    .command('decide')
    .description('adopt it into these records, make it void, or send its entry again')
    .argument('<fingerprint>', 'of the certificate', FINGERPRINT)
    .addArgument(new Argument('<decision>', 'what is to be done').choices(Decision.options))
    .option(
      '--lot <name>',
      'lot that an adopted board counts in, where its serial is of none',
      fitting(Name, 'a name'),
    );
  example(decide, 'reconcile decide FINGERPRINT send-again').action((fingerprint: string, decision: Decision) => {
    const options = decide.optsWithGlobals<CommonOptions & { lot?: string }>();
    return execute(registry, options, async (use) => {
      const input = { fingerprint, decision, lotId: options.lot ?? null };
      return tellRow(use, await withStation(use, ORDER, (api) => api.reconcile.decide(input)));
    });
  });
}

async function list(use: Use): Promise<ExitCode> {
  const rows: ReconcileRow[] = [];
  let compared = 0;
  let after: string | null = null;
  await withStation(use, ORDER, async ({ reconcile }) => {
    do {
      const page: Awaited<ReturnType<typeof reconcile.list>> = await reconcile.list({ after });
      rows.push(...page.rows);
      compared += page.compared;
      after = page.next;
    } while (after !== null && rows.length < MOST_ROWS);
  });
  const lists = Object.entries(TITLES).flatMap(([name, title]) => {
    const own = rows.filter((row) => row.list === name);
    return own.length === 0 ? [] : [title, ...own.map(rowText)];
  });
  const end = after === null ? '' : ' There are more: decide these first.';
  const sum = rows.length === 0 ? 'All alike.' : `${rows.length} not alike.`;
  tell(use, ReconcileAnswer, { rows, compared, whole: after === null }, [
    ...lists,
    `${compared} certificates compared. ${sum}${end}`,
  ]);
  return 0;
}

async function show(use: Use, fingerprint: string): Promise<ExitCode> {
  return tellRow(use, await withStation(use, ORDER, (api) => api.reconcile.compare({ fingerprint })));
}

function tellRow(use: Use, row: ReconcileRow): ExitCode {
  tell(use, ReconcileRowAnswer, row, [rowText(row)]);
  return 0;
}

function rowText({ fingerprint, deviceSerial, hwid, device, station, sent, cloud, decisions }: ReconcileRow): string {
  const sides = `device ${device}, station ${station ?? 'none'}${sent ? ` (${sent})` : ''}, cloud ${cloud ?? 'none'}`;
  return `  ${fingerprint}  ${deviceSerial}  ${hwid}  ${sides}  ${decisions.join(' or ') || 'nothing to decide'}`;
}
