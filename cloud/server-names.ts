// The two extensions by which a server certificate says for whom it stands (RFC 5280 4.2.1.6, 4.2.1.12).
import { isIPv4, isIPv6 } from 'node:net';
import { der, octetString, oid, sequence } from '../pki/der.ts';
import { OID } from '../pki/oids.ts';

const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;

/** extendedKeyUsage serverAuth only. */
export const FOR_SERVERS = sequence(oid(OID.extendedKeyUsage), octetString(sequence(oid(SERVER_AUTH))));

/** subjectAltName of host names and IP addresses. */
export function serverNames(names: readonly string[]): Uint8Array {
  return sequence(oid(OID.subjectAltName), octetString(sequence(...names.map(generalName))));
}

function generalName(name: string): Uint8Array {
  if (isIPv4(name)) return der(IP_ADDRESS, Uint8Array.from(name.split('.').map(Number)));
  if (isIPv6(name)) return der(IP_ADDRESS, ipv6Bytes(name));
  return der(DNS_NAME, new TextEncoder().encode(name));
}

/** 16 bytes. The URL parser writes an address in its one canonical form, at most one `::` in it. */
function ipv6Bytes(address: string): Uint8Array {
  const canonical = new URL(`https://[${address.split('%')[0]}]`).hostname.slice(1, -1);
  const [head = '', tail = ''] = canonical.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const [left, right] = [groups(head), groups(tail)];
  const all = [...left, ...new Array<number>(8 - left.length - right.length).fill(0), ...right];
  return Uint8Array.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}
