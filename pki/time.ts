// Times as X.509 writes them (RFC 5280 4.1.2.5): UTCTime to 2049, GeneralizedTime after, whole seconds, always Z.
// Converts only; it never reads a clock.
import { type DerValue, demand, der, TAG } from './der.ts';

/** 99991231235959Z, "no well-defined expiration date" (RFC 5280 4.1.2.5), UTC ms. */
export const NEVER_MS = Date.UTC(9999, 11, 31, 23, 59, 59);

/** First moment that UTCTime cannot write, UTC ms. */
const GENERALIZED_FROM_MS = Date.UTC(2050, 0, 1);

/** UTC ms of a recipe's notAfter: the last second of that day, or `NEVER_MS`. `date` is `never` or `YYYY-MM-DD`. */
export function notAfterMs(date: string): number {
  return date === 'never' ? NEVER_MS : Date.parse(`${date}T23:59:59Z`);
}

/** The second a moment lies in, UTC ms: what a certificate can hold. */
export function wholeSecond(timeMs: number): number {
  return Math.floor(timeMs / 1000) * 1000;
}

/** Time value of UTC ms between 1970 and 9999. */
export function encodeTime(timeMs: number): Uint8Array {
  const text = `${new Date(timeMs).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
  const ascii = new TextEncoder();
  return timeMs < GENERALIZED_FROM_MS
    ? der(TAG.utcTime, ascii.encode(text.slice(2)))
    : der(TAG.generalizedTime, ascii.encode(text));
}

/** UTC ms of a time value in the spelling RFC 5280 demands. Throws `DerError`. */
export function readTime(value: DerValue): number {
  const text = new TextDecoder('latin1').decode(value.content);
  const utc = value.tag === TAG.utcTime && /^[0-9]{12}Z$/.test(text);
  demand(utc || (value.tag === TAG.generalizedTime && /^[0-9]{14}Z$/.test(text)), 'no time of RFC 5280');
  const century = Number(text.slice(0, 2)) < 50 ? '20' : '19';
  const [, year, month, day, hour, minute, second] =
    /^(....)(..)(..)(..)(..)(..)Z$/.exec(utc ? century + text : text) ?? [];
  const timeMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  demand(Number.isFinite(timeMs) && timeMs >= 0, 'no date between 1970 and 9999');
  demand(
    new Uint8Array(encodeTime(timeMs)).every((byte, i) => byte === value.whole[i]),
    'a date that is none',
  );
  return timeMs;
}
