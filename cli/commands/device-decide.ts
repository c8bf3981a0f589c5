// `device rework|scrap|revoke`: what a person decides about one device, through the station that holds the folder. A
// revocation takes a second security officer once people are on record: their PIN is asked for here, and kept nowhere.
import type { Command } from 'commander';
import type { z } from 'zod';
import { DeviceDecidedAnswer } from '../../contract/cli.ts';
import type { DeviceRecord, SecondPerson, SeenDevice } from '../../contract/devices-api.ts';
import { RevokeReason, ReworkReason, ScrapReason } from '../../domain/device-word.ts';
import { KeylineError } from '../../domain/errors.ts';
import { folded } from '../../station/people/new-people.ts';
import { example, execute, fitting, type Registry, wholeNumber } from '../command-line.ts';
import { type ExitCode, tell } from '../outcome.ts';
import { askBadge, askPin } from '../person-sign-in.ts';
import type { StationApiClient } from '../station-client.ts';
import type { CommonOptions, Use } from '../surroundings.ts';
import { withStation } from '../with-station.ts';

interface DecideOptions<Reason> extends CommonOptions {
  readonly reason: Reason;
}

interface RevokeOptions extends DecideOptions<RevokeReason> {
  readonly second?: string;
  readonly secondPinFd?: number;
}

/** Nothing is signed, and no key is opened. */
const ORDER = { practice: null, unlock: false } as const;
const DEVICE = 'device serial or hardware id';

export function registerDeviceDecide(device: Command, registry: Registry): void {
  const rework = reasoned(
    device,
    'rework',
    'void what a board has before its lock, and make it once more',
    ReworkReason,
  );
  example(rework, 'device rework AQ-0001 --reason repaired').action((name: string) => {
    const { reason, ...options } = rework.optsWithGlobals<DecideOptions<ReworkReason>>();
    return execute(registry, options, (use) =>
      decided(use, name, (api, deviceId, seen) => api.devices.rework({ deviceId, reason, seen })),
    );
  });
  const scrap = reasoned(device, 'scrap', 'write a board off for ever', ScrapReason);
  example(scrap, 'device scrap AQ-0001 --reason damaged').action((name: string) => {
    const { reason, ...options } = scrap.optsWithGlobals<DecideOptions<ScrapReason>>();
    return execute(registry, options, (use) =>
      decided(use, name, (api, deviceId, seen) => api.devices.scrap({ deviceId, reason, seen })),
    );
  });
  const revoke = reasoned(
    device,
    'revoke',
    'make the live identity of a board void, here and at the service',
    RevokeReason,
  )
    .option('--second <name>', 'the security officer who confirms it; needed once people are on record')
    .option('--second-pin-fd <n>', 'read their PIN from this open file descriptor', wholeNumber(0, 1023));
  example(revoke, 'device revoke AQ-0001 --reason stolen --second "R. Adeyemi"').action((name: string) => {
    const { reason, ...options } = revoke.optsWithGlobals<RevokeOptions>();
    return execute(registry, options, (use) =>
      decided(use, name, async (api, deviceId) =>
        api.devices.revoke({ deviceId, reason, second: await secondOf(use, api, options) }),
      ),
    );
  });
}

function reasoned<Reason extends string>(
  device: Command,
  name: string,
  says: string,
  reasons: z.ZodType<Reason> & { readonly options: readonly Reason[] },
): Command {
  const words = reasons.options.join(', ');
  return device
    .command(name)
    .description(says)
    .argument('<device>', DEVICE)
    .requiredOption('--reason <word>', words, fitting(reasons, `one of ${words}`));
}

async function decided(
  use: Use,
  name: string,
  decide: (api: StationApiClient, deviceId: number, seen: SeenDevice) => Promise<DeviceRecord>,
): Promise<ExitCode> {
  const record = await withStation(use, ORDER, async (api) => {
    const found = await api.devices.show({ device: name.slice(0, 64) });
    if (!found) throw new KeylineError('DEVICE_UNKNOWN', name.slice(0, 64));
    const { deviceId, state } = found.device;
    return decide(api, deviceId, { state, certificate: found.identity?.state ?? null });
  });
  const { deviceSerial, hwid, state } = record.device;
  const certificate = record.identity?.state ?? null;
  const who = deviceSerial ?? hwid;
  tell(use, DeviceDecidedAnswer, { deviceSerial, hwid, state, certificate }, [
    `${who} is ${WORDS[state]}.${certificate === null ? '' : ` Its certificate is ${certificate}.`}`,
  ]);
  return 0;
}

const WORDS: Record<DeviceRecord['device']['state'], string> = {
  passed: 'passed',
  failed: 'failed',
  errored: 'set aside',
  aborted: 'not done',
  'in-work': 'in work',
  'in-rework': 'in re-work',
  scrapped: 'scrapped',
  revoked: 'revoked',
};

/** Throws SECOND_OFFICER for a name that nobody here has, BADGE_NEEDED, BADGE_UNKNOWN, PIN_MISSING, PIN_WRONG. */
async function secondOf(
  use: Use,
  api: StationApiClient,
  options: Pick<RevokeOptions, 'second' | 'secondPinFd'>,
): Promise<SecondPerson | null> {
  const { second: name, secondPinFd = null } = options;
  if (name === undefined) return null;
  const person = (await api.people.list()).find((each) => folded(each.name) === folded(name));
  if (!person) throw new KeylineError('SECOND_OFFICER', 'nobody here has that name');
  const badge = person.hasBadge ? await askBadge(use.terminal, `Badge of ${name}: `) : null;
  const pin = await askPin(use.terminal, secondPinFd, `PIN of ${name}: `);
  if (pin === null) throw new KeylineError('PIN_MISSING', '--second-pin-fd');
  return { personId: person.personId, badge, pin };
}
