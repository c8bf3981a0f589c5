// Distinguished names (RFC 5280 4.1.2.4): written one attribute per RDN; read as a flat list.
// Names are compared by their bytes, never by their text.
import { type DerValue, demand, der, oid, parts, readOid, sequence, TAG } from './der.ts';
import { OID } from './oids.ts';

export interface NameAttribute {
  /** Object identifier of the attribute type. */
  readonly type: string;
  readonly value: string;
}

/** Name, DER. serialNumber is a PrintableString (X.520), all else UTF8String. */
export function encodeName(attributes: readonly NameAttribute[]): Uint8Array {
  const text = new TextEncoder();
  return sequence(
    ...attributes.map(({ type, value }) => {
      const stringTag = type === OID.serialNumber ? TAG.printableString : TAG.utf8String;
      return der(TAG.set, sequence(oid(type), der(stringTag, text.encode(value))));
    }),
  );
}

/** Attributes in order, all RDNs flattened. Throws `DerError`. */
export function readName(name: DerValue): NameAttribute[] {
  demand(name.tag === TAG.sequence, 'no name');
  return parts(name).flatMap((rdn) => {
    demand(rdn.tag === TAG.set && rdn.content.length > 0, 'no relative name');
    return parts(rdn).map((pair) => {
      demand(pair.tag === TAG.sequence, 'no name attribute');
      const [type, value, more] = parts(pair);
      demand(type && value && !more, 'no name attribute');
      return { type: readOid(type), value: readText(value) };
    });
  });
}

function readText(value: DerValue): string {
  if (value.tag === TAG.utf8String) {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value.content);
    } catch {
      demand(false, 'text is not UTF-8');
    }
  }
  demand(value.tag === TAG.printableString || value.tag === TAG.ia5String, 'text of an old kind');
  demand(
    value.content.every((byte) => byte >= 0x20 && byte < 0x7f),
    'text is not ASCII',
  );
  return new TextDecoder('latin1').decode(value.content);
}

/** Value of the only attribute of that type; null when there is none or more than one. */
export function onlyAttribute(name: readonly NameAttribute[], type: string): string | null {
  const found = name.filter((attribute) => attribute.type === type);
  return found.length === 1 ? (found[0]?.value ?? null) : null;
}
