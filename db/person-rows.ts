// Rows of people. An erased person has an empty row, which no query answers with.
import { z } from 'zod';
import { Preferences, Role } from '../domain/person.ts';
import type { PersonRow, PersonStore } from '../station/people/person-store.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { Bytes, change, changeOne, query } from './statement.ts';

const PersonShape = z.object({
  personId: z.string(),
  name: z.string(),
  role: Role,
  badgeDigest: Bytes.nullable(),
  pinSalt: Bytes,
  pinDigest: Bytes,
  preferences: z.string().transform((text) => Preferences.parse(JSON.parse(text))),
  lastSignInMs: z.number().nullable(),
  wrongPins: z.number(),
  wrongPinMs: z.number().nullable(),
}) satisfies z.ZodType<PersonRow>;

const SELECT = `SELECT person_id AS personId, name, role, badge_digest AS badgeDigest, pin_salt AS pinSalt,
  pin_digest AS pinDigest, preferences, last_sign_in_ms AS lastSignInMs, wrong_pins AS wrongPins,
  wrong_pin_ms AS wrongPinMs FROM person WHERE name IS NOT NULL`;

export function personRows(database: SqliteDatabase): Omit<PersonStore, 'scrub'> {
  // A name that is erased is to be nowhere in the file: what a row gives up is overwritten.
  if (!database.readonly) database.pragma('secure_delete = ON');
  const setRole = changeOne(database, 'UPDATE person SET role = ? WHERE person_id = ?');
  const setBadge = changeOne(database, 'UPDATE person SET badge_digest = ? WHERE person_id = ?');
  const setPin = changeOne(
    database,
    `UPDATE person SET pin_salt = ?, pin_digest = ?, wrong_pins = 0, wrong_pin_ms = NULL WHERE person_id = ?`,
  );
  const erase = changeOne(
    database,
    `UPDATE person SET name = NULL, badge_digest = NULL, pin_salt = NULL, pin_digest = NULL, preferences = '{}',
       last_sign_in_ms = NULL, wrong_pins = 0, wrong_pin_ms = NULL WHERE person_id = ?`,
  );
  const all = query(database, `${SELECT} ORDER BY last_sign_in_ms DESC NULLS LAST, name`, PersonShape);
  const one = query(database, `${SELECT} AND person_id = ?`, PersonShape);
  const byBadge = query(database, `${SELECT} AND badge_digest = ?`, PersonShape);
  const insert = change(
    database,
    `INSERT INTO person (person_id, name, role, badge_digest, pin_salt, pin_digest, preferences, last_sign_in_ms,
       wrong_pins, wrong_pin_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const setSignedIn = changeOne(
    database,
    'UPDATE person SET last_sign_in_ms = ?, wrong_pins = 0, wrong_pin_ms = NULL WHERE person_id = ?',
  );
  const setWrongPins = changeOne(database, 'UPDATE person SET wrong_pins = ?, wrong_pin_ms = ? WHERE person_id = ?');
  const setPreferences = changeOne(database, 'UPDATE person SET preferences = ? WHERE person_id = ?');
  const salt = query(database, 'SELECT salt FROM badge_salt', z.object({ salt: Bytes }));
  const insertSalt = change(database, 'INSERT INTO badge_salt (one, salt) VALUES (1, ?)');
  return {
    people: () => all.all(),
    person: (personId) => one.one(personId),
    personByBadge: (badgeDigest) => byBadge.one(badgeDigest),
    insertPerson: (row) =>
      void insert(
        row.personId,
        row.name,
        row.role,
        row.badgeDigest,
        row.pinSalt,
        row.pinDigest,
        JSON.stringify(row.preferences),
        row.lastSignInMs,
        row.wrongPins,
        row.wrongPinMs,
      ),
    setSignedIn: (personId, nowMs) => setSignedIn(nowMs, personId),
    setWrongPins: (personId, wrongPins, wrongPinMs) => setWrongPins(wrongPins, wrongPinMs, personId),
    setPreferences: (personId, preferences) => setPreferences(JSON.stringify(preferences), personId),
    setRole: (personId, role) => setRole(role, personId),
    setBadge: (personId, badgeDigest) => setBadge(badgeDigest, personId),
    setPin: (personId, pinSalt, pinDigest) => setPin(pinSalt, pinDigest, personId),
    erasePerson: (personId) => erase(personId),
    badgeSalt: () => salt.one()?.salt ?? null,
    insertBadgeSalt: (bytes) => void insertSalt(bytes),
  };
}
