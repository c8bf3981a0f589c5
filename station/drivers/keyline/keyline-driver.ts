// The driver of boards that speak SMP and the identity group: one object a plugged-in board, one call at a time.
// Nothing of SMP leaves this folder.
import type { Clock, Random } from '../../../domain/seams.ts';
import type { BytePort } from '../../port/byte-port.ts';
import { SmpClient } from '../../smp/smp-client.ts';
import type { DeviceDriver } from '../driver.ts';
import { confirmFirmware, loadFirmware } from './firmware.ts';
import { identify } from './identify.ts';
import { injectKey, openInjection } from './injection.ts';
import { install, readItem } from './items.ts';
import { makeKey, readRequest } from './key.ts';
import { lock, openGroups, readLockPlan } from './lock.ts';
import { prove } from './proof.ts';
import { type Line, restart } from './restart.ts';
import { type Session, UNKNOWN_CAPACITY } from './session.ts';

/** Opens the port and says nothing yet. `open` is called again when a restart makes the port go and come back. Throws what it throws. */
export async function openKeylineDriver(
  open: () => Promise<BytePort>,
  { clock, random }: { clock: Clock; random: Random },
): Promise<DeviceDriver> {
  const line: Line = { port: await open(), open };
  const client = new SmpClient(line.port, { clock, random });
  const session: Session = { client, capacity: UNKNOWN_CAPACITY, clock, random };
  return {
    identify: () => identify(session),
    loadFirmware: (file, onProgress) => loadFirmware(session, file, onProgress),
    confirmFirmware: (imageHash) => confirmFirmware(session, imageHash),
    restart: () => restart(session, line),
    makeKey: (order) => makeKey(session, order),
    openInjection: (order) => openInjection(session, order),
    injectKey: (hwid, message) => injectKey(session, hwid, message),
    readRequest: (deviceSerial) => readRequest(session, deviceSerial),
    prove: (spki) => prove(session, spki),
    install: (hwid, item, content) => install(session, hwid, item, content),
    readItem: (item) => readItem(session, item),
    readLockPlan: () => readLockPlan(session),
    lock: (order) => lock(session, order),
    openGroups: () => openGroups(session),
    close: () => line.port.close(),
  };
}
