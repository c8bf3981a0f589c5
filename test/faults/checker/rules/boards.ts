// What lies on the table against what is on record: identities on boards, locks, keys that were made.
import { type Books, lives, readLeaf } from '../books.ts';

/** No passed device whose identity is not on it. */
export function passedBoardHoldsItsIdentity({ station, boards }: Books): string[] {
  return passed(station).flatMap(({ hwid, certificate }) => {
    const holds = boards.some(
      (board) =>
        board.hwid === hwid &&
        board.leafSha256 === certificate.fingerprint &&
        board.keySha256 === certificate.spki_sha256 &&
        board.hasChain,
    );
    return holds ? [] : [`${hwid}, certificate ${certificate.certificate_id}`];
  });
}

/** No passed device that is not locked as recorded: life, fuses, and a journal that names this serial and leaf. */
export function passedBoardIsLocked({ station, boards }: Books): string[] {
  return passed(station).flatMap(({ hwid, certificate }) => {
    const { fingerprint, device_serial } = certificate;
    const locked = boards.some(
      ({ hwid: its, life, burnt, journal }) =>
        its === hwid &&
        life === 'locked' &&
        burnt &&
        journal?.leafSha256 === fingerprint &&
        journal?.deviceSerial === device_serial,
    );
    return locked ? [] : [`${hwid}, certificate ${certificate.certificate_id}`];
  });
}

/** A signature that left was recorded: no board ever held a leaf that no life's records hold for its own device. */
export function leafOnBoardIsRecorded(books: Books): string[] {
  const owners = new Map<string | null, Set<string>>();
  for (const { certificates, devices } of lives(books)) {
    const hwids = new Map(devices.map((row) => [row.device_id, row.hwid]));
    for (const { fingerprint, device_id } of certificates)
      owners.set(fingerprint, (owners.get(fingerprint) ?? new Set()).add(hwids.get(device_id) ?? ''));
  }
  return books.boards.flatMap(({ name, hwid, leaves }) =>
    leaves.flatMap((leaf) => {
      const found = owners.get(leaf);
      if (found === undefined) return [`${name} (${hwid}) held ${leaf}`];
      return found.size === 1 && found.has(hwid) ? [] : [`${name} (${hwid}) held the leaf of ${[...found].join(', ')}`];
    }),
  );
}

/** No key was ever made on a board, or brought into it, whose intent is not on record. */
export function keyOnBoardWasIntended(books: Books): string[] {
  const events = lives(books).flatMap((book) => book.events);
  const nonces = new Set(events.filter(({ type }) => type === 'key-intended').map(({ of }) => of.nonce));
  const sealed = events.filter(({ type }) => type === 'injection-intended');
  const meant = new Set(sealed.map(({ of }) => `${of.hwid} ${of.spkiSha256}`));
  return books.boards.flatMap(({ name, hwid, keys }) =>
    keys
      .filter(({ nonce, spkiSha256 }) => (nonce === '' ? !meant.has(`${hwid} ${spkiSha256}`) : !nonces.has(nonce)))
      .map(({ spkiSha256 }) => `${name} has ${spkiSha256}`),
  );
}

/** A certificate names a key that a board showed for its own. */
export function certificateKeyWasShown({ station }: Books): string[] {
  const shown = new Map(station.keys.map((row) => [row.spki_sha256, row.device_id]));
  return station.certificates.flatMap(({ certificate_id, certificate, device_id, spki_sha256 }) => {
    const key = certificate === null ? spki_sha256 : readLeaf(certificate).spkiSha256;
    return shown.get(key) === device_id ? [] : [`certificate ${certificate_id}`];
  });
}

/**
 * A cut alone costs no key: between two different nonces of one job stands a failure that was tried again. Boards that
 * share a hardware id, or said what was not so, are left out: each of them has a key of its own.
 */
export function oneKeyAJob({ station, boards }: Books): string[] {
  const odd = boards.filter(({ hwid, lied }, i) => lied || boards.some((other, j) => j !== i && other.hwid === hwid));
  const copied = new Set(odd.map(({ hwid }) => hwid));
  const hwidOf = new Map(station.devices.map((row) => [row.device_id, row.hwid]));
  const deviceOf = new Map(station.jobs.map((row) => [row.job_id, row.device_id]));
  const last = new Map<number, string | null>();
  const found: string[] = [];
  for (const { type, of } of station.events) {
    const { jobId, nonce } = of;
    if (jobId === undefined || jobId === null) continue;
    if (type === 'job-retried') last.delete(jobId);
    if (type !== 'key-intended') continue;
    const before = last.get(jobId);
    last.set(jobId, nonce ?? null);
    const device = deviceOf.get(jobId);
    const isCopied = device !== undefined && device !== null && copied.has(hwidOf.get(device) ?? '');
    if (before !== undefined && before !== nonce && !isCopied) found.push(`job ${jobId}`);
  }
  return found;
}

function passed(station: Books['station']) {
  const hwids = new Map(station.devices.map((row) => [row.device_id, row.hwid]));
  return station.certificates
    .filter(({ state }) => state === 'live')
    .map((certificate) => ({ hwid: hwids.get(certificate.device_id) ?? '', certificate }));
}
