// Takes out of a line of log what looks like a key, a passphrase or a token (DESIGN 1, Nothing leaked). Secrets never
// get near the log in the first place: this is the net below. Digests and serials stay, people need them.

const GONE = '[redacted]';

/** Members of JSON whose value is secret whatever it looks like. */
const SECRET_MEMBER =
  /"([^"]*(?:passphrase|password|secret|token|private_?key)[^"]*|pin)":(?:"(?:[^"\\]|\\.)*"|[0-9]+)/gi;
/** A PEM block, whole or cut off; in JSON its line ends are written \n. Certificates are public and stay. */
const PEM = /-----BEGIN (?!CERTIFICATE)[A-Z0-9 ]+-----[\s\S]*?(?:-----END [A-Z0-9 ]+-----|$)/g;
/** Base64 that is longer than a digest of 64 bytes. */
const LONG_BASE64 = /[A-Za-z0-9+/_-]{90,}={0,2}/g;
/** What every P-256 private key in hex holds: ECPrivateKey's version and the head of its 32 bytes. */
const HEX_KEY = /[0-9a-f]*0201010420[0-9a-f]{64}[0-9a-f]*/gi;
/** A private JSON Web Key. */
const JWK_MEMBER = /"d":"[A-Za-z0-9_-]+"/g;

/** The line without secrets; lines that hold none are not changed. */
export function redacted(line: string): string {
  return line
    .replace(PEM, GONE)
    .replace(SECRET_MEMBER, `"$1":"${GONE}"`)
    .replace(JWK_MEMBER, `"d":"${GONE}"`)
    .replace(HEX_KEY, GONE)
    .replace(LONG_BASE64, GONE);
}
