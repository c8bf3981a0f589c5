// The CAs of a data folder as the commands see them: what lies in the folder with what is on record of it, told in words.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CaAnswer } from '../contract/cli.ts';
import type { CaView } from '../contract/signing-api.ts';
import { openQueries } from '../db/queries.ts';
import type { AuditEventType, JsonValue } from '../domain/audit-event.ts';
import { errorRow, KeylineError } from '../domain/errors.ts';
import { caViews } from '../station/ca-views.ts';
import { type Ca, loadCas } from '../station/identity/ca-folder.ts';
import { activeCa, roleBeside } from '../station/records/ca-store.ts';
import type { Recorder } from '../station/records/recorder.ts';
import { type ExitCode, tell } from './outcome.ts';
import type { Use } from './surroundings.ts';

export type ShownCa = CaView & { readonly folder: string };

const DAY_MS = 86_400_000;

/** On record with the event that says where it came from; the first one is the active one. */
export function recordNewCa(
  recorder: Recorder,
  actorId: string,
  ca: Ca,
  type: Extract<AuditEventType, 'ca-created' | 'ca-imported'>,
  facts: { readonly [key: string]: JsonValue },
): void {
  const { name, limit, chain, root } = ca;
  const { issuerId } = chain;
  recorder.commit(actorId, (append) => {
    const role = roleBeside(recorder.store.cas());
    recorder.store.insertCa({ issuerId, name, role, limit });
    append(type, { name, issuerId, root: root.fingerprint, role, ...facts });
  });
}

/** The active one first. Needs no key. Throws CA_INVALID, CA_SIGNER_FILE, RECORDS_*. */
export async function recordedCas(use: Use): Promise<ShownCa[]> {
  const shelf = await loadCas(use.folder.keys);
  const homes = new Map([...shelf.whole, ...shelf.requested].map(({ name, folder }) => [name, folder]));
  const { rows, practice } = onRecord(use);
  const views = caViews({
    ...{ shelf, rows, practice, nowMs: use.clock.nowMs() },
    // No key is open in a process that only looks.
    signingOf: ({ signer }) => (signer.kind === 'file' ? 'locked' : 'pin-needed'),
  });
  return views.map((view) => ({ ...view, folder: homes.get(view.name) ?? '' }));
}

function onRecord({ folder }: Use) {
  if (!existsSync(folder.stationDatabase)) return { rows: [], practice: false };
  const records = openQueries(folder.stationDatabase);
  try {
    return { rows: records.cas(), practice: records.station()?.practice ?? false };
  } finally {
    records.close();
  }
}

/** What new certificates are signed with. Throws CA_MISSING. */
export async function activeCaOf(use: Use): Promise<Ca> {
  const { whole } = await loadCas(use.folder.keys);
  const { rows } = onRecord(use);
  const activeId = activeCa({ cas: () => rows })?.issuerId;
  const ca = rows.length === 0 ? whole[0] : whole.find(({ chain }) => chain.issuerId === activeId);
  if (!ca) throw new KeylineError('CA_MISSING');
  return ca;
}

/** The active one, and every other that has signed. Throws CA_MISSING. */
export async function usedCasOf(use: Use): Promise<Ca[]> {
  const active = await activeCaOf(use);
  const { whole } = await loadCas(use.folder.keys);
  const used = onRecord(use).rows.filter(({ signatures }) => signatures > 0);
  const others = whole.filter(({ chain }) => used.some(({ issuerId }) => issuerId === chain.issuerId));
  return [active, ...others.filter(({ name }) => name !== active.name)];
}

/** All, or the one of this name. */
export function tellCas(use: Use, cas: readonly ShownCa[], name?: string): ExitCode {
  const shown = name === undefined ? [...cas] : cas.filter((ca) => ca.name === name);
  tell(
    use,
    CaAnswer,
    { cas: shown },
    shown.flatMap((ca) => linesOf(ca, use.clock.nowMs())),
  );
  return 0;
}

const STATE_WORDS: Record<CaView['state'], string> = {
  requested: 'requested: its key waits for its certificate',
  active: 'active: it signs what is new',
  standby: 'standby: keyline ca rotate makes it the active one',
  retired: 'retired: it only finishes what was begun under it',
};

function linesOf(ca: ShownCa, nowMs: number): string[] {
  const { name, state, signer, chain, signatures, limit, warnings, folder, practice } = ca;
  const where =
    signer.kind === 'file' ? 'in a file here, encrypted' : `in token ${signer.tokenLabel}, as ${signer.keyLabel}`;
  const left = limit === null ? 'no limit' : `limit ${limit}, ${Math.max(limit - signatures, 0)} left`;
  return [
    `${name}: ${STATE_WORDS[state]}${practice ? ', for practice' : ''}`,
    `  key ${where}`,
    ...(state === 'requested'
      ? [`  request ${join(folder, 'request.pem')}`]
      : [`  ${signatures} signatures, ${left}`, `  folder ${folder}`]),
    ...chain.toReversed().map((certificate) => `  ${certificateLine(certificate, nowMs)}`),
    ...warnings.map((code) => `  Look: ${errorRow(code).happened} ${errorRow(code).todo}`),
  ];
}

function certificateLine(certificate: CaView['chain'][number], nowMs: number): string {
  const { commonName, organization, fingerprint, notAfterMs } = certificate;
  const name = [organization, commonName].filter((part) => part !== null).join(', ');
  const days = notAfterMs === null ? 0 : Math.floor((notAfterMs - nowMs) / DAY_MS);
  const end =
    notAfterMs === null
      ? 'never ends'
      : `ends ${new Date(notAfterMs).toISOString().slice(0, 10)}, ${days < 0 ? 'ended' : `${days} days left`}`;
  return `${name}, ${end}, SHA-256 ${fingerprint}`;
}
