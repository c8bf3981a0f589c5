// Rows of the station's CAs: roles, counts and limits. Signatures are counted by the database itself, in the transaction
// that records a to-be-signed.
import { z } from 'zod';
import { CaRole, type CaRow, type CaStore } from '../station/records/ca-store.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { Bytes, change, changeOne, Flag, query } from './statement.ts';

const CaShape = z.object({
  issuerId: z.string(),
  name: z.string(),
  role: CaRole,
  signatures: z.number(),
  limit: z.number().nullable(),
  lastSignedMs: z.number().nullable(),
  proof: Bytes.nullable(),
  registered: Flag,
}) satisfies z.ZodType<CaRow>;

const SELECT_CA = `SELECT issuer_id AS issuerId, name, role, signatures, signature_limit AS "limit",
  last_signed_ms AS lastSignedMs, proof, registered FROM ca`;

export function caQueries(database: SqliteDatabase): Pick<CaStore, 'cas' | 'ca'> {
  const all = query(database, `${SELECT_CA} ORDER BY role <> 'active', name`, CaShape);
  const one = query(database, `${SELECT_CA} WHERE issuer_id = ?`, CaShape);
  return { cas: () => all.all(), ca: (issuerId) => one.one(issuerId) };
}

export function caRows(database: SqliteDatabase): CaStore {
  const insert = change(
    database,
    `INSERT INTO ca (issuer_id, name, role, signature_limit, signatures)
     VALUES (?, ?, ?, ?, (SELECT count(*) FROM certificate WHERE issuer_id = ?))`,
  );
  const setRole = changeOne(database, 'UPDATE ca SET role = ? WHERE issuer_id = ?');
  const setLimit = changeOne(database, 'UPDATE ca SET signature_limit = ? WHERE issuer_id = ?');
  const setProof = changeOne(database, 'UPDATE ca SET proof = ? WHERE issuer_id = ?');
  const setRegistered = changeOne(database, 'UPDATE ca SET registered = 1 WHERE issuer_id = ?');
  const setSigned = change(database, 'UPDATE ca SET last_signed_ms = ? WHERE issuer_id = ?');
  return {
    ...caQueries(database),
    insertCa: ({ issuerId, name, role, limit }) => void insert(issuerId, name, role, limit, issuerId),
    setCaRole: (issuerId, role) => setRole(role, issuerId),
    setCaLimit: (issuerId, limit) => setLimit(limit, issuerId),
    setCaProof: (issuerId, proof) => setProof(proof, issuerId),
    setCaRegistered: (issuerId) => setRegistered(issuerId),
    setCaSigned: (issuerId, signedMs) => void setSigned(signedMs, issuerId),
  };
}
