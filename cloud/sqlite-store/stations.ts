// Rows of enrolment tokens, stations and their issuing CAs.
import { z } from 'zod';
import type { SqliteDatabase } from '../../db/sqlite.ts';
import type { IssuerRow, RegistrationStore, StationRow, TokenRow } from '../registration-store.ts';

type StationStatements = Pick<
  RegistrationStore,
  | 'insertToken'
  | 'token'
  | 'bindToken'
  | 'station'
  | 'stationByKey'
  | 'saveStation'
  | 'issuer'
  | 'issuerByKey'
  | 'issuerByName'
  | 'issuersOf'
  | 'insertIssuer'
>;

const TOKEN =
  'SELECT token_sha256 AS tokenSha256, expires_ms AS expiresMs, spki_sha256 AS spkiSha256 FROM enrolment_token';
const STATION = 'SELECT station_id AS stationId, spki, certificate, enrolled_ms AS enrolledMs FROM station';
const ISSUER =
  'SELECT issuer_id AS issuerId, station_id AS stationId, spki, subject_name AS subjectName, chain FROM issuer';

type StoredIssuer = Omit<IssuerRow, 'intermediates' | 'root'> & { readonly chain: string };

const Chain = z.object({ intermediates: z.array(z.base64()), root: z.base64() });

export function stationStatements(db: SqliteDatabase): StationStatements {
  const insertToken = db.prepare('INSERT INTO enrolment_token VALUES (?, ?, ?)');
  const token = db.prepare<[string], TokenRow>(`${TOKEN} WHERE token_sha256 = ?`);
  const bindToken = db.prepare('UPDATE enrolment_token SET spki_sha256 = ? WHERE token_sha256 = ?');
  const station = db.prepare<[string], StationRow>(`${STATION} WHERE station_id = ?`);
  const stationByKey = db.prepare<[Uint8Array], StationRow>(`${STATION} WHERE spki = ?`);
  const saveStation = db.prepare(
    `INSERT INTO station (station_id, spki, certificate, enrolled_ms) VALUES (?, ?, ?, ?)
     ON CONFLICT (station_id) DO UPDATE SET certificate = excluded.certificate WHERE spki = excluded.spki`,
  );
  const issuer = db.prepare<[string], StoredIssuer>(`${ISSUER} WHERE issuer_id = ?`);
  const issuerByKey = db.prepare<[Uint8Array], StoredIssuer>(`${ISSUER} WHERE spki = ?`);
  const issuerByName = db.prepare<[Uint8Array], StoredIssuer>(`${ISSUER} WHERE subject_name = ?`);
  const issuersOf = db.prepare<[string], number>('SELECT count(*) FROM issuer WHERE station_id = ?').pluck();
  const insertIssuer = db.prepare(
    'INSERT INTO issuer (issuer_id, station_id, spki, subject_name, chain, added_ms) VALUES (?, ?, ?, ?, ?, ?)',
  );
  return {
    insertToken: (row) => void insertToken.run(row.tokenSha256, row.expiresMs, row.spkiSha256),
    token: (tokenSha256) => token.get(tokenSha256) ?? null,
    bindToken: (tokenSha256, spkiSha256) => void bindToken.run(spkiSha256, tokenSha256),
    station: (stationId) => station.get(stationId) ?? null,
    stationByKey: (spki) => stationByKey.get(spki) ?? null,
    saveStation: (row) => void saveStation.run(row.stationId, row.spki, row.certificate, row.enrolledMs),
    issuer: (issuerId) => issuerRow(issuer.get(issuerId)),
    issuerByKey: (spki) => issuerRow(issuerByKey.get(spki)),
    issuerByName: (subjectName) => issuerRow(issuerByName.get(subjectName)),
    issuersOf: (stationId) => issuersOf.get(stationId) ?? 0,
    insertIssuer(row, addedMs) {
      const chain = JSON.stringify({ intermediates: row.intermediates.map(toBase64), root: toBase64(row.root) });
      insertIssuer.run(row.issuerId, row.stationId, row.spki, row.subjectName, chain, addedMs);
    },
  };
}

function issuerRow(stored: StoredIssuer | undefined): IssuerRow | null {
  if (!stored) return null;
  const { chain, ...row } = stored;
  const { intermediates, root } = Chain.parse(JSON.parse(chain));
  return { ...row, intermediates: intermediates.map(fromBase64), root: fromBase64(root) };
}

function toBase64(der: Uint8Array): string {
  return Buffer.from(der).toString('base64');
}

function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}
