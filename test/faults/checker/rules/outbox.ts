// What left for the service: made = registered + waiting + refused, and each mark is the service's own word.
import { type Books, lives } from '../books.ts';

export function madeIsAccountedFor({ station, over }: Books): string[] {
  const made = new Set(station.jobs.filter(({ outcome }) => outcome === 'passed').map(({ device_id }) => device_id))
    .size;
  const entries = station.outbox.filter(({ kind }) => kind === 'register');
  const of = (state: string) => entries.filter((entry) => entry.state === state).length;
  const [registered, waiting, refused] = [of('accepted'), of('waiting'), of('refused')];
  const found =
    made === registered + waiting + refused ? [] : [`${made} made, ${registered} + ${waiting} + ${refused}`];
  const left = station.outbox.filter(({ state }) => state === 'waiting').map(({ id }) => `entry ${id} waits`);
  return over ? [...found, ...left] : found;
}

/** An accepted entry is at the service; a refused one is not there as ours. */
export function markIsTheServicesWord({ station, service, stationId }: Books): string[] {
  if (!service) return [];
  const fingerprints = new Map(station.certificates.map((row) => [row.certificate_id, row.fingerprint]));
  const held = new Map(service.certificates.map((row) => [row.fingerprint, row]));
  return station.outbox.flatMap(({ id, kind, state, certificate_id }) => {
    const there = held.get(fingerprints.get(certificate_id) ?? '');
    const ours = there?.station_id === stationId ? there : undefined;
    if (state === 'accepted' && kind === 'register' && (ours?.registered_ms ?? null) === null)
      return [`entry ${id} is marked registered`];
    if (state === 'accepted' && kind === 'void' && ours?.state !== 'void') return [`entry ${id} is marked void`];
    if (state === 'refused' && kind === 'register' && ours?.state === 'registered')
      return [`entry ${id} is marked refused, and registered`];
    return [];
  });
}

const CONFLICTS = ['DEVICE_TAKEN', 'CERTIFICATE_TAKEN', 'SERIAL_TAKEN', 'KEY_TAKEN'];

/** A person decided each conflict that was known when its lot was closed: its certificate was void by then. */
export function lotIsClosedOverNoConflict({ station }: Books): string[] {
  const lotOf = new Map(station.certificates.map(({ certificate_id, lot_id }) => [certificate_id, lot_id]));
  const open = new Map<number, string>();
  return station.events.flatMap(({ type, of }) => {
    const id = of.certificateId ?? -1;
    if (type === 'registration-refused' && CONFLICTS.includes(of.code ?? '')) open.set(id, lotOf.get(id) ?? '');
    if (type === 'certificate-voided') open.delete(id);
    if (type !== 'lot-closed') return [];
    return [...open].filter(([, lotId]) => lotId === of.lotId).map(([, lotId]) => `${lotId} is closed over a conflict`);
  });
}

/** The service holds nothing of this station that did not leave through its outbox, in the state that it left in. */
export function serviceHoldsOnlyWhatLeft(books: Books): string[] {
  const { service, stationId } = books;
  if (!service) return [];
  const left = new Set(
    lives(books).flatMap(({ certificates, outbox }) => {
      const fingerprints = new Map(certificates.map((row) => [row.certificate_id, row.fingerprint]));
      return outbox.map(({ kind, certificate_id }) => `${kind} ${fingerprints.get(certificate_id)}`);
    }),
  );
  return service.certificates.flatMap(({ fingerprint, station_id, state }) => {
    if (station_id !== stationId || state === 'unclaimed') return [];
    return left.has(`${state === 'void' ? 'void' : 'register'} ${fingerprint}`) ? [] : [`${fingerprint} is ${state}`];
  });
}
