// Judges the books of a run by every rule. A rule is a function; its name and the ids it found are the violation.
import type { Books, Rule, Violation } from './books.ts';
import { auditChainIsWhole, checkpointsPinTheChain, recordsAndEventsAgree } from './rules/audit.ts';
import {
  certificateKeyWasShown,
  keyOnBoardWasIntended,
  leafOnBoardIsRecorded,
  oneKeyAJob,
  passedBoardHoldsItsIdentity,
  passedBoardIsLocked,
} from './rules/boards.ts';
import {
  certificateSaysItsRecord,
  liveOrVoidNotBoth,
  noFingerprintTwice,
  noKeyTwice,
  oneDevicePerSerial,
  oneLiveCertificatePerDevice,
  quotaHolds,
  signedIsAccountedFor,
} from './rules/certificates.ts';
import { sealedKeyIsUsedOrVoid } from './rules/keys.ts';
import {
  adoptedIsKnownToBe,
  boardsMadeSinceEndAdoptedOrTold,
  eachLifeHasItsEpoch,
  noSerialTwiceOverLives,
  nothingSignedTwiceOverLives,
  quotaHoldsOverLives,
} from './rules/lives.ts';
import {
  lotIsClosedOverNoConflict,
  madeIsAccountedFor,
  markIsTheServicesWord,
  serviceHoldsOnlyWhatLeft,
} from './rules/outbox.ts';
import { databaseRefuses } from './rules/refusals.ts';
import { whatWasSaidIsHeld } from './rules/spoken.ts';

const RULES: readonly Rule[] = [
  oneLiveCertificatePerDevice,
  oneDevicePerSerial,
  noKeyTwice,
  noFingerprintTwice,
  certificateSaysItsRecord,
  signedIsAccountedFor,
  liveOrVoidNotBoth,
  quotaHolds,
  passedBoardHoldsItsIdentity,
  passedBoardIsLocked,
  leafOnBoardIsRecorded,
  keyOnBoardWasIntended,
  certificateKeyWasShown,
  oneKeyAJob,
  auditChainIsWhole,
  checkpointsPinTheChain,
  recordsAndEventsAgree,
  madeIsAccountedFor,
  markIsTheServicesWord,
  lotIsClosedOverNoConflict,
  serviceHoldsOnlyWhatLeft,
  whatWasSaidIsHeld,
  sealedKeyIsUsedOrVoid,
  adoptedIsKnownToBe,
  eachLifeHasItsEpoch,
  noSerialTwiceOverLives,
  nothingSignedTwiceOverLives,
  quotaHoldsOverLives,
  boardsMadeSinceEndAdoptedOrTold,
  databaseRefuses,
];

export function judge(books: Books): Violation[] {
  return RULES.flatMap((rule) => rule(books).map((ids) => ({ rule: rule.name, ids })));
}
