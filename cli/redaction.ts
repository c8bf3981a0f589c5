// Takes out of a line of log what looks like a key, a passphrase or a token (DESIGN 1, Nothing leaked). Secrets never
// get near the log in the first place: this is the net below. Digests and serials stay, people need them.

const GONE = '[redacted]';

/** Members of JSON whose value is secret whatever it looks like. */
const SECRET_MEMBER =
  /"([^"]*(?:passphrase|password|secret|token|private_?key)[^"]*|pin|badge)":(?:"(?:[^"\\]|\\.)*"|[0-9]+|\[[^\]]*\])/gi;
/** The same in JSON that is a text within JSON: its quotes stand behind backslashes, as many at both ends. */
const SECRET_MEMBER_WITHIN =
  /(\\+)"([^"\\]*(?:passphrase|password|secret|token|private_?key)[^"\\]*|pin|badge)\1":(?:\1".*?(?<!\\)\1"|[0-9]+)/gi;
/** 32 bytes and more as JSON writes a Buffer or an array: a digest is written in hex, a key may come like this. */
const BYTES = /(?<![0-9])(?:[0-9]{1,3},){31,}[0-9]{1,3}/g;
const NUMBERED_BYTES = /"0":[0-9]{1,3}(?:,"[0-9]{1,6}":[0-9]{1,3}){31,}/g;
/** A PEM block, whole or cut off; in JSON its line ends are written \n. Certificates are public and stay. */
const PEM = /-----BEGIN (?!CERTIFICATE)[A-Z0-9 ]+-----[\s\S]*?(?:-----END [A-Z0-9 ]+-----|$)/g;
/** Base64 that is longer than a digest of 64 bytes. */
const LONG_BASE64 = /[A-Za-z0-9+/_-]{90,}={0,2}/g;
/** What every P-256 private key in hex holds: ECPrivateKey's version and the head of its 32 bytes. */
const HEX_KEY = /0201010420[0-9a-f]{64}/gi;
/** A private JSON Web Key. */
const JWK_MEMBER = /"d":"[A-Za-z0-9_-]+"/g;

/** The line without secrets; lines that hold none are not changed. */
export function redacted(line: string): string {
  return line
    .replace(PEM, GONE)
    .replace(SECRET_MEMBER, `"$1":"${GONE}"`)
    .replace(SECRET_MEMBER_WITHIN, `$1"$2$1":$1"${GONE}$1"`)
    .replace(JWK_MEMBER, `"d":"${GONE}"`)
    .replace(HEX_KEY, GONE)
    .replace(BYTES, `"${GONE}"`)
    .replace(NUMBERED_BYTES, `"${GONE}":0`)
    .replace(LONG_BASE64, GONE);
}
