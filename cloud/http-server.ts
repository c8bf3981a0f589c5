// HTTPS around the contract: TLS 1.3, every bound on size, time and rate, and one form of refusal for whatever comes.
// Client certificates are asked for and never required by TLS itself: our own refusal can say why, a closed socket cannot.
import { TLSSocket } from 'node:tls';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import { ORPCError, onError, ValidationError } from '@orpc/server';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { openApiDocument } from '../contract/security-service/openapi.ts';
import { isProblemCode, PROBLEMS, type Problem, type ProblemCode } from '../contract/security-service/problem.ts';
import { KeylineError } from '../domain/errors.ts';
import { rateLimit } from './rate-limit.ts';
import { MAX_BODY, type RequestBody, readBody } from './request-body.ts';
import type { Service } from './service-context.ts';
import { serviceRouter } from './service-router.ts';

/** A full batch over a slow uplink (4 MB at 2 Mbit/s) takes 16 s. */
const REQUEST_TIMEOUT_MS = 30_000;
const HANDSHAKE_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 30_000;
/** Sockets at once: a factory's stations and the devices they let in one after the other. */
const MAX_CONNECTIONS = 2000;

export async function httpServer(
  service: Service,
  tls: { keyPem: string; certificatePem: string },
): Promise<FastifyInstance> {
  const server = fastify({
    logger: { level: 'error', stream: process.stderr },
    bodyLimit: MAX_BODY,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // Closing waits for answers, not for idle keep-alive sockets.
    forceCloseConnections: 'idle',
    https: {
      key: tls.keyPem,
      cert: tls.certificatePem,
      ca: service.authority.caPem,
      minVersion: 'TLSv1.3',
      requestCert: true,
      rejectUnauthorized: false,
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    },
  });
  server.server.maxConnections = MAX_CONNECTIONS;
  boundRate(server, service);
  readBodies(server);
  server.setNotFoundHandler((_request, reply) => send(reply, 'NOT_FOUND'));
  server.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    if (problem.code === 'SERVICE_FAULT') request.log.error(error);
    return reply.status(problem.status).send({ code: problem.code, message: problem.message } satisfies Problem);
  });
  const document = await openApiDocument();
  server.get('/v1/openapi.json', () => document);
  mount(server, service);
  return server;
}

function boundRate(server: FastifyInstance, service: Service): void {
  const wait = rateLimit(service.clock);
  server.addHook('onRequest', async (request, reply) => {
    const seconds = wait(request.ip);
    if (seconds > 0) await send(reply.header('retry-after', seconds), 'TOO_MANY_REQUESTS');
  });
}

const bodies = new WeakMap<FastifyRequest, RequestBody>();

function readBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, raw: Buffer) => {
      const body = await readBody(raw, request.headers['content-encoding']);
      bodies.set(request, body);
      return body.value;
    },
  );
}

function mount(server: FastifyInstance, service: Service): void {
  const handler = new OpenAPIHandler(serviceRouter(service), {
    customErrorResponseBodyEncoder: ({ code, message }): Problem => ({ code, message }),
    interceptors: [
      onError((error) => {
        const { code, status, message } = problemOf(error);
        if (code === 'SERVICE_FAULT') server.log.error(error);
        throw new ORPCError(code, { status, message });
      }),
    ],
  });
  const route = async (request: FastifyRequest, reply: FastifyReply) => {
    // Without a body the handler would read the socket itself, past every bound above.
    request.body ??= null;
    const context = { peer: peerOf(request), bodySha256: bodies.get(request)?.sha256 ?? null };
    const { matched } = await handler.handle(request, reply, { context });
    return matched ? reply : send(reply, 'NOT_FOUND');
  };
  server.all('/v1/*', route);
}

function peerOf(request: FastifyRequest): Uint8Array | null {
  const { socket } = request.raw;
  const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  return certificate ? new Uint8Array(certificate.raw) : null;
}

function send(reply: FastifyReply, code: ProblemCode): FastifyReply {
  const { status, message } = PROBLEMS[code];
  return reply.status(status).send({ code, message } satisfies Problem);
}

/** Every failure as a code of the contract. What is not expected is our fault and tells nothing. */
function problemOf(error: unknown): { code: ProblemCode; status: number; message: string } {
  if (error instanceof ORPCError) {
    if (isProblemCode(error.code)) return { code: error.code, status: error.status, message: error.message };
    if (error.code === 'BAD_REQUEST') return problem('MESSAGE_INVALID', firstIssue(error.cause));
  }
  if (error instanceof KeylineError && error.code === 'DISK_FULL') return problem('SERVICE_FULL');
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500;
  if (status === 413) return problem('TOO_LARGE');
  return typeof status === 'number' && status < 500 ? problem('MESSAGE_INVALID') : problem('SERVICE_FAULT');
}

function problem(code: ProblemCode, detail = ''): { code: ProblemCode; status: number; message: string } {
  const { status, message } = PROBLEMS[code];
  return { code, status, message: detail ? `${message} (${detail})` : message };
}

/** Where the first fault lies; never what was sent there. */
function firstIssue(cause: unknown): string {
  const path = cause instanceof ValidationError ? cause.issues[0]?.path : undefined;
  return (
    path
      ?.map((step) => String(typeof step === 'object' ? step.key : step))
      .join('.')
      .slice(0, 200) ?? ''
  );
}
