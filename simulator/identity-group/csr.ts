// Command 2: the device's PKCS#10 request, signed by its own key, read in chunks.
import type { z } from 'zod';
import { bitString, contextTag, der, integer, oid, sequence } from '../../pki/der.ts';
import { encodeName } from '../../pki/names.ts';
import { OID } from '../../pki/oids.ts';
import { encodeCbor } from '../../protocol/cbor.ts';
import { type CsrRequest, IDENTITY_RC } from '../../protocol/identity-group.ts';
import { type DeviceState, sha256 } from '../device-state.ts';
import { identityError, ok, type Reply } from '../reply.ts';

export function readRequest({ sn, off }: z.infer<typeof CsrRequest>, state: DeviceState): Reply {
  const { life } = state.record;
  const { spki } = state;
  if (spki === null || life === 'locked' || state.locking) return identityError(IDENTITY_RC.STATE);
  // After a restart in the middle the request is another one: its digest tells the station to start again.
  if (state.volatile.request?.deviceSerial !== sn) {
    state.volatile.request = { deviceSerial: sn, der: buildRequest(sn, spki, (message) => state.sign(message)) };
  }
  const request = state.volatile.request.der;
  if (off > request.length) return identityError(IDENTITY_RC.INVALID);
  const head = { len: request.length, sha: sha256(request), off };
  return ok({ ...head, data: state.chunk(request, off, encodeCbor({ ...head, data: new Uint8Array(0) }).length) });
}

/** PKCS#10 DER: subject exactly `serialNumber=<deviceSerial>`, no attributes. */
export function buildRequest(
  deviceSerial: string,
  spki: Uint8Array,
  sign: (message: Uint8Array) => Uint8Array,
): Uint8Array {
  const subject = encodeName([{ type: OID.serialNumber, value: deviceSerial }]);
  const info = sequence(integer(Uint8Array.of(0)), subject, spki, der(contextTag(0)));
  return sequence(info, sequence(oid(OID.ecdsaWithSha256)), bitString(sign(info)));
}
