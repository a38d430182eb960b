import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import cors from '@fastify/cors';
import multipart from '@fastify/multipart';
import type { LoggerService, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { answerUnreadableAddress } from './problem.filter.js';
import { cutSlowBodies, SLOWEST_UPLOAD_MS } from './slow-bodies.js';
import { cutUnreadAnswers } from './unread-answers.js';

export interface ServerSettings {
  readonly corsOrigins: readonly string[];
  readonly trustedProxies: readonly string[];
  readonly logger: LoggerService | false;
  /** The largest file that an upload may carry, in bytes. */
  readonly maxFileBytes: number;
  /** Builds the routes only: no provider is made, nothing connects. */
  readonly preview?: boolean;
}

const JSON_LIMIT_BYTES = 1_048_576;

/** Builds the Nest application on Fastify with the limits and headers that every process shares. Not yet listening. */
export async function createServer(root: Type | object, settings: ServerSettings): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: JSON_LIMIT_BYTES,
    trustProxy: settings.trustedProxies.length > 0 ? [...settings.trustedProxies] : false,
    requestTimeout: SLOWEST_UPLOAD_MS,
    genReqId: requestId,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: answerUnreadableAddress,
  });
  const app = await NestFactory.create<NestFastifyApplication>(root as Type, adapter, {
    logger: settings.logger,
    bufferLogs: false,
    // A failed start must throw, so that main can say why and exit non-zero.
    abortOnError: false,
    preview: settings.preview ?? false,
  });
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  await fastify.register(cors, {
    origin: settings.corsOrigins.length > 0 ? [...settings.corsOrigins] : false,
    exposedHeaders: [
      'etag',
      'location',
      'retry-after',
      'x-request-id',
      'ratelimit-limit',
      'ratelimit-remaining',
      'ratelimit-reset',
    ],
    maxAge: 600,
  });
  await fastify.register(multipart, { limits: { fileSize: settings.maxFileBytes, files: 1, fields: 5, fieldSize: 10_000 } });
  cutSlowBodies(fastify);
  cutUnreadAnswers(fastify);
  addHeaders(fastify);
  return app;
}

/** A caller's own request id is kept when it is harmless, so that both sides' logs meet. */
function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
}

function addHeaders(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'x-request-id': request.id, 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    if (request.url.startsWith('/v1/')) reply.header('cache-control', 'no-store');
  });
}
