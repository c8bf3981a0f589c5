// The typed client of the practice bench, over a port that only a window that practises is given.
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { benchApi } from '../contract/bench-api.ts';
import { onPort } from './message-port.ts';

export type BenchApiClient = ContractRouterClient<typeof benchApi>;

/** Calls back for each port that arrives; the answer stops that. The client's calls fail once `gone` aborts. */
export function onBenchPort(target: Window, arrived: (client: BenchApiClient, gone: AbortSignal) => void): () => void {
  return onPort(target, 'bench:port', (port, gone) => arrived(createORPCClient(new RPCLink({ port })), gone));
}
