// CERTAINTY, "Certificates are accounted for, all of them" and "What the database itself refuses": judged on the rows.
import { type Books, readLeaf, repeated } from '../books.ts';
import { lostAfterLive } from './lost-after-live.ts';

export function oneLiveCertificatePerDevice({ station, service }: Books): string[] {
  const standing = station.certificates.filter(({ state }) => state !== 'void');
  const registered = service?.certificates.filter(({ state }) => state === 'registered') ?? [];
  return [
    ...repeated(standing, ({ device_id }) => `device ${device_id}`),
    ...repeated(registered, ({ hardware_type, hwid }) => `at the service ${hardware_type} ${hwid}`),
  ];
}

/** Once in a to-be-signed a serial belongs to that device for ever. */
export function oneDevicePerSerial({ station, service }: Books): string[] {
  const owners = new Map<string, number>();
  const found: string[] = [];
  for (const { device_serial, device_id } of station.certificates) {
    const owner = owners.get(device_serial) ?? device_id;
    if (owner !== device_id) found.push(`${device_serial}: devices ${owner} and ${device_id}`);
    owners.set(device_serial, owner);
  }
  const held = station.reservations.filter(({ device_id }) => device_id !== null);
  const registered = service?.certificates.filter(({ state }) => state === 'registered') ?? [];
  return [
    ...found,
    ...repeated(held, ({ device_serial }) => `${device_serial} is reserved`),
    ...repeated(registered, ({ device_serial }) => `${device_serial} at the service`),
  ];
}

export function noKeyTwice({ station, service }: Books): string[] {
  const known = service?.certificates.filter(({ state }) => state !== 'unclaimed') ?? [];
  return [
    ...repeated(station.certificates, ({ spki_sha256 }) => `key ${spki_sha256} in certificates`),
    ...repeated(station.keys, ({ spki_sha256 }) => `key ${spki_sha256} of devices`),
    ...repeated(known, ({ spki_sha256 }) => `key ${spki_sha256} at the service`),
  ];
}

export function noFingerprintTwice({ station }: Books): string[] {
  const signed = station.certificates.filter(({ fingerprint }) => fingerprint !== null);
  return [
    ...repeated(signed, ({ fingerprint }) => `fingerprint ${fingerprint}`),
    ...repeated(
      station.certificates,
      ({ issuer_id, certificate_serial_number }) => `issuer ${issuer_id} number ${certificate_serial_number}`,
    ),
  ];
}

/** The certificate itself says what its row says. */
export function certificateSaysItsRecord({ station }: Books): string[] {
  return station.certificates.flatMap((row) => {
    if (row.certificate === null) return [];
    const leaf = readLeaf(row.certificate);
    const same =
      leaf.fingerprint === row.fingerprint &&
      leaf.spkiSha256 === row.spki_sha256 &&
      leaf.deviceSerial === row.device_serial &&
      leaf.serialNumber === row.certificate_serial_number.replace(/^0+/, '') &&
      Buffer.from(row.certificate).includes(Buffer.from(row.tbs));
    return same ? [] : [`certificate ${row.certificate_id}`];
  });
}

/** signed = live + void + in work, one by one. */
export function signedIsAccountedFor({ station, over }: Books): string[] {
  const jobs = new Map(station.jobs.map((job) => [job.job_id, job]));
  const left = new Set(station.outbox.map(({ kind, certificate_id }) => `${kind} ${certificate_id}`));
  return station.certificates.flatMap(({ certificate_id, state, certificate, job_id }) => {
    const id = `certificate ${certificate_id} (${state})`;
    const outcome = jobs.get(job_id)?.outcome ?? null;
    if (state === 'live') {
      if (!left.has(`register ${certificate_id}`)) return [`${id} has no register entry`];
      return outcome === 'passed' ? [] : [`${id} of a job that is ${outcome ?? 'open'}`];
    }
    if (state === 'void') {
      const told = certificate === null || left.has(`void ${certificate_id}`);
      return told ? [] : [`${id} has no void entry`];
    }
    if (outcome !== null) return [`${id} of a job that is ${outcome}`];
    return over ? [`${id} is in work after the end`] : [];
  });
}

/** What leaves as void was never live, or `lostAfterLive`. */
export function liveOrVoidNotBoth(books: Books): string[] {
  const lost = lostAfterLive(books);
  const leaving = books.station.outbox.filter(({ certificate_id }) => !lost.has(certificate_id));
  return repeated(leaving, ({ certificate_id }) => `certificate ${certificate_id} leaves`);
}

/** A unit is spent by each to-be-signed and never comes back. */
export function quotaHolds({ station }: Books): string[] {
  return station.lots.flatMap(({ lot_id, quantity, spare }) => {
    const spent = station.certificates.filter((row) => row.lot_id === lot_id).length;
    const passed = new Set(
      station.jobs.filter((job) => job.lot_id === lot_id && job.outcome === 'passed').map((job) => job.device_id),
    ).size;
    return [
      ...(spent > quantity + spare ? [`lot ${lot_id}: ${spent} signatures of ${quantity} + ${spare}`] : []),
      ...(passed > quantity ? [`lot ${lot_id}: ${passed} passed of ${quantity}`] : []),
    ];
  });
}
