// The typed client of the station over the port that the preload hands in. A new port stands for a station that was
// started again.
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { stationApi } from '../contract/station-api.ts';
import { onPort } from './message-port.ts';

export type StationApiClient = ContractRouterClient<typeof stationApi>;

/** Calls back for each port that arrives; the answer stops that. The client's calls fail once `gone` aborts. */
export function onStationPort(
  target: Window,
  arrived: (client: StationApiClient, gone: AbortSignal) => void,
): () => void {
  return onPort(target, 'station:port', (port, gone) => arrived(createORPCClient(new RPCLink({ port })), gone));
}
