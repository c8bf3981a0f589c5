// What is kept of each CA of a station: its role, what it has signed, and that it is claimed at the service. Rows and
// what they mean; db/ implements the store.
import { z } from 'zod';

export const CaRole = z.enum(['active', 'standby', 'retired']);
export type CaRole = z.infer<typeof CaRole>;

export interface CaRow {
  /** SHA-256 of the issuing CA's certificate, hex. */
  readonly issuerId: string;
  readonly name: string;
  readonly role: CaRole;
  /** To-be-signed ever recorded under it, and what else of it the service is known to hold; the database counts. */
  readonly signatures: number;
  /** Most of them ever; null: without limit. */
  readonly limit: number | null;
  readonly lastSignedMs: number | null;
  /** DER of its signature over `issuerClaimText`; null before its key was open. */
  readonly proof: Uint8Array | null;
  /** The security service knows it as this station's. */
  readonly registered: boolean;
}

/** db/ implements it. Writes only happen inside a transaction. */
export interface CaStore {
  /** The active one first, then by name. */
  cas(): readonly CaRow[];
  ca(issuerId: string): CaRow | null;
  insertCa(row: Pick<CaRow, 'issuerId' | 'name' | 'role' | 'limit'>): void;
  setCaRole(issuerId: string, role: CaRole): void;
  setCaLimit(issuerId: string, limit: number | null): void;
  setCaProof(issuerId: string, proof: Uint8Array): void;
  setCaRegistered(issuerId: string): void;
  setCaSigned(issuerId: string, signedMs: number): void;
}

export function activeCa(store: Pick<CaStore, 'cas'>): CaRow | null {
  return store.cas().find(({ role }) => role === 'active') ?? null;
}

/** No more may be intended under it. */
export function isSpent({ signatures, limit }: Pick<CaRow, 'signatures' | 'limit'>): boolean {
  return limit !== null && signatures >= limit;
}

/** Role of a CA that comes new beside these. */
export function roleBeside(known: readonly CaRow[]): CaRole {
  return known.length === 0 ? 'active' : 'standby';
}
