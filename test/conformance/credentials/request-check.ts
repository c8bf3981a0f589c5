// Checks a device's certificate request by the suite's own reading of PKCS#10 (5.2).
import { verify } from 'node:crypto';
import { Disagreement } from '../disagreement.ts';
import { equal, join } from '../wire/bytes.ts';
import { type Element, elementsOf, OID, objectId, sequence } from './der.ts';
import { publicKeyOf } from './key-pair.ts';

/** Throws Disagreement unless it is one request, for this key and this serial, signed by this key. */
export function checkRequest(request: Uint8Array, spki: Uint8Array, deviceSerial: string): void {
  const [outer, ...behind] = elementsOf(request);
  const [info, algorithm, signature] = outer ? elementsOf(outer.content) : [];
  if (!info || !algorithm || !signature || behind.length > 0) throw new Disagreement('one PKCS#10 request', 'another');
  const [version, subject, key] = elementsOf(info.content);
  if (!version || !equal(version.content, Uint8Array.of(0))) throw new Disagreement('version 1', 'another');
  if (!key || !equal(key.whole, spki)) throw new Disagreement("the device's own key", 'another');
  if (!subject || !names(subject, deviceSerial)) throw new Disagreement(`serialNumber=${deviceSerial}`, 'another');
  if (!equal(algorithm.whole, sequence(objectId(OID.ecdsaWithSha256))))
    throw new Disagreement('ECDSA-SHA256', 'another');
  const good = verify('sha256', info.whole, publicKeyOf(spki), signature.content.subarray(1));
  if (!good) throw new Disagreement('a signature by the key in it', 'another');
}

/** Whether one attribute of the name is serialNumber with this value, whatever its string type. */
function names(subject: Element, deviceSerial: string): boolean {
  const type = objectId(OID.serialNumber);
  const value = Buffer.from(deviceSerial, 'latin1');
  return elementsOf(subject.content)
    .flatMap((attributes) => elementsOf(attributes.content))
    .some((attribute) => {
      const [attributeType, attributeValue] = elementsOf(attribute.content);
      return attributeType && attributeValue && equal(join(attributeType.whole), type)
        ? equal(attributeValue.content, value)
        : false;
    });
}
