// The typed client of the station over the port that the preload hands in, and the port's arrival. A new port stands for
// a station that was started again; messages from anywhere but this window are not looked at.
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { stationApi } from '../contract/station-api.ts';

export type StationApiClient = ContractRouterClient<typeof stationApi>;

/** Calls back for each port that arrives; the answer stops that. The client's calls fail once `gone` aborts. */
export function onStationPort(
  target: Window,
  arrived: (client: StationApiClient, gone: AbortSignal) => void,
): () => void {
  const listen = (event: MessageEvent) => {
    const [port] = event.ports;
    if (event.data !== 'station:port' || event.source !== target || port === undefined) return;
    const gone = new AbortController();
    port.addEventListener('close', () => gone.abort());
    arrived(createORPCClient(new RPCLink({ port })), gone.signal);
    port.start();
  };
  target.addEventListener('message', listen);
  return () => target.removeEventListener('message', listen);
}
