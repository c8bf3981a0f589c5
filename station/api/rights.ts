// Which call needs which role (UX.md section 2), in one table: a call that is not in it does not compile. A screen acts as
// the person signed in at it, a command as the person who signed in at its terminal; while nobody is on record both are
// the operator, who may do everything.
import type { stationApi } from '../../contract/station-api.ts';
import { KeylineError } from '../../domain/errors.ts';
import type { LotCommand } from '../../domain/lot.ts';
import { type PersonView, type Role, roleAllows } from '../../domain/person.ts';
import { SLOT_COMMAND_ROLE } from '../../domain/slot-command-role.ts';
import type { SlotCommand, StationFacts } from '../../domain/station-event.ts';

/** Calls of a contract, written as `lot.command`. */
type CallsOf<Api> = {
  [Key in keyof Api & string]: Api[Key] extends { '~orpc': unknown } ? Key : `${Key}.${CallsOf<Api[Key]>}`;
}[keyof Api & string];

/** `anyone`: also while nobody is signed in. */
type Need = 'anyone' | Role;

/** Calls whose need depends on the `command` in their input. */
interface CallsByCommand {
  readonly 'lot.command': LotCommand;
  readonly 'slot.command': SlotCommand;
}

type Needs = {
  readonly [Call in CallsOf<typeof stationApi>]: Call extends keyof CallsByCommand
    ? Readonly<Record<CallsByCommand[Call], Role>>
    : Need;
};

export const NEEDS: Needs = {
  status: 'anyone',
  events: 'anyone',
  'people.list': 'anyone',
  'people.signIn': 'anyone',
  // Also takes back a badge that was shown, before anybody is signed in.
  'people.signOut': 'anyone',
  'people.openSession': 'anyone',
  'people.closeSession': 'anyone',
  'lots.list': 'anyone',
  // A window that prints a report has nobody signed in.
  'lotPage.read': 'anyone',

  'people.prefer': 'technician',
  'slot.command': SLOT_COMMAND_ROLE,
  // To hold is to pause. A lot that somebody paused may go on at a technician's word: see `neededFor`.
  'lot.command': { hold: 'technician', release: 'supervisor', close: 'supervisor' },
  // At other ports than those that were set: see `neededFor`.
  'line.start': 'technician',
  'line.lookAgain': 'technician',
  sync: 'technician',

  'line.stop': 'supervisor',
  'lot.create': 'supervisor',
  'lotPage.close': 'supervisor',
  'lotPage.exportCsv': 'supervisor',
  'lotPage.reportSoFar': 'supervisor',
  'lotPage.makeReport': 'supervisor',
  'lots.recipes': 'supervisor',
  'lots.draft': 'supervisor',
  'lots.saveDraft': 'supervisor',
  'lots.check': 'supervisor',
  'lots.release': 'supervisor',
  'bench.find': 'supervisor',
  'bench.set': 'supervisor',
  'bench.setPixel': 'supervisor',

  'signing.list': 'supervisor',

  'labels.state': 'technician',
  'labels.of': 'technician',
  'labels.print': 'technician',
  'labels.printWaiting': 'technician',
  'labels.scan': 'technician',
  'labels.set': 'supervisor',
  'labels.test': 'supervisor',
  'devices.find': 'technician',
  'devices.show': 'technician',
  'devices.check': 'technician',
  // A board that lost its key takes a supervisor: DeviceDesk asks again.
  'devices.rework': 'technician',
  'devices.save': 'supervisor',
  'devices.scrap': 'supervisor',
  // And a second officer, who confirms it.
  'devices.revoke': 'security-officer',
  // Sync is read by everybody who works here (UX.md section 2).
  'outbox.state': 'technician',
  'outbox.refused': 'technician',
  'outbox.sendAgain': 'supervisor',
  'journal.list': 'technician',
  'journal.verify': 'technician',
  'journal.export': 'security-officer',
  'slotMap.read': 'supervisor',
  'slotMap.teach': 'supervisor',
  'recipes.list': 'supervisor',
  'recipes.check': 'supervisor',
  'recipes.add': 'security-officer',
  'cloud.read': 'supervisor',
  'cloud.test': 'supervisor',
  'diagnostics.trace': 'supervisor',
  'diagnostics.saveTrace': 'supervisor',
  'diagnostics.selfTest': 'supervisor',
  'diagnostics.heat': 'supervisor',
  'diagnostics.slotResults': 'technician',
  'diagnostics.bundle': 'supervisor',
  'practice.open': 'supervisor',

  'carry.write': 'technician',
  'carry.receive': 'technician',
  'backup.make': 'technician',
  'backup.plan': 'technician',
  'backup.state': 'technician',
  'backup.setPlan': 'supervisor',

  'reconcile.list': 'supervisor',
  'reconcile.compare': 'supervisor',

  'reconcile.decide': 'security-officer',
  'people.add': 'security-officer',
  'people.setRole': 'security-officer',
  'people.setBadge': 'security-officer',
  'people.resetPin': 'security-officer',
  'people.erase': 'security-officer',
  'signing.unlock': 'security-officer',
  'signing.login': 'security-officer',
  'signing.test': 'security-officer',
  'signing.rotate': 'security-officer',
};

/** Who calls: over the data folder's socket or in the station's own process, or through a window. */
export interface Caller {
  readonly caller: 'operator' | 'screen';
  /** Of a command whose person has signed in at its terminal. */
  readonly session?: string | null;
  /** The command is the station itself: its session lasts as long as it does. */
  readonly hosts?: boolean;
}

/** Actor of what nobody in particular did: people with badges come above it. */
const OPERATOR_ACTOR = 'operator';

/** What a decision looks at beside the table. */
export interface Standing {
  readonly facts: Pick<StationFacts, 'person' | 'hasPeople'>;
  /** The lot is on hold because somebody paused the line, not by the stop rule and not for a reason that was given. */
  readonly isPaused: (lotId: string) => boolean;
  /** Whose session it is; null for one that is over. */
  readonly personOf: (session: string) => PersonView | null;
}

/**
 * The actor whom the call is recorded for. Throws NOT_SIGNED_IN and NOT_ALLOWED. `input` is as it came in: what does
 * not follow the contract needs the highest role, and is refused behind this door anyway.
 */
export function authorize(
  { caller, session = null }: Caller,
  path: readonly string[],
  input: unknown,
  standing: Standing,
): string {
  const { facts } = standing;
  if (!facts.hasPeople) return OPERATOR_ACTOR;
  const atTerminal = session === null ? null : standing.personOf(session);
  const person = caller === 'screen' ? facts.person : atTerminal;
  const needed = neededFor(path.join('.'), input, standing.isPaused);
  if (needed === 'anyone') return person?.personId ?? OPERATOR_ACTOR;
  if (!person) throw new KeylineError('NOT_SIGNED_IN');
  if (!roleAllows(person.role, needed)) throw new KeylineError('NOT_ALLOWED', '', { needed });
  return person.personId;
}

function neededFor(call: string, input: unknown, isPaused: Standing['isPaused']): Need {
  if (call === 'line.start' && bringsBench(input)) return NEEDS['bench.set'];
  const need: Need | Readonly<Record<string, Role>> | undefined = Object.entries(NEEDS).find(
    ([name]) => name === call,
  )?.[1];
  if (typeof need === 'string') return need;
  const lotId = textOf(input, 'lotId');
  const command = textOf(input, 'command');
  if (call === 'lot.command' && command === 'release' && lotId !== null && isPaused(lotId)) return 'technician';
  const row = Object.entries(need ?? {}).find(([name]) => name === command);
  return row?.[1] ?? 'security-officer';
}

/** Ports and slots of its own: they stay the bench's, as if they had been set. */
function bringsBench(input: unknown): boolean {
  return !(typeof input === 'object' && input !== null && 'bench' in input && input.bench === null);
}

function textOf(input: unknown, key: string): string | null {
  const found =
    typeof input === 'object' && input !== null ? Object.entries(input).find(([name]) => name === key) : null;
  return typeof found?.[1] === 'string' ? found[1] : null;
}
