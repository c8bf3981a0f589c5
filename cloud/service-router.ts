// The contract's procedures, each bound to its rule. Nothing is decided here but who may ask.
import { implement } from '@orpc/server';
import { securityService } from '../contract/security-service.ts';
import { admit } from './admission.ts';
import { takeCheckpoint } from './checkpoints.ts';
import { enrol } from './enrolment.ts';
import { heldPage } from './held.ts';
import { putIssuer } from './issuers.ts';
import { stationOf } from './peer.ts';
import { registerBatch } from './registrations.ts';
import type { RequestContext, Service } from './service-context.ts';

export function serviceRouter(service: Service) {
  const os = implement(securityService).$context<RequestContext>();
  return os.router({
    enrol: os.enrol.handler(({ input }) => enrol(service, input)),
    putIssuer: os.putIssuer.handler(({ input, context }) => putIssuer(service, stationOf(service, context), input)),
    register: os.register.handler(({ input, context }) =>
      registerBatch(service, stationOf(service, context), input.body.entries, {
        key: input.headers['idempotency-key'],
        bodySha256: context.bodySha256,
        epoch: input.headers['keyline-epoch'],
      }),
    ),
    checkpoint: os.checkpoint.handler(({ input, context }) =>
      takeCheckpoint(service, stationOf(service, context), input),
    ),
    counts: os.counts.handler(({ context }) => {
      const { stationId } = stationOf(service, context);
      return {
        ...service.store.counts(stationId),
        checkpoint: service.store.lastCheckpoint(stationId)?.checkpoint ?? null,
      };
    }),
    held: os.held.handler(({ input, context }) => heldPage(service, stationOf(service, context), input.after ?? null)),
    admission: os.admission.handler(({ context }) => admit(service, context)),
    health: os.health.handler(() => ({ status: 'ok', practice: service.practice, timeMs: service.clock.nowMs() })),
  });
}
