import type { FastifyInstance } from 'fastify';

/** Files may take so long to arrive. */
export const SLOWEST_UPLOAD_MS = 15 * 60_000;
const SLOWEST_BODY_MS = 30_000;

/** Whoever sends anything but a file for longer than it can take holds a connection for nothing, and loses it. */
export function cutSlowBodies(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async ({ raw, headers }, reply) => {
    if (headers['content-type']?.startsWith('multipart/form-data')) return;
    const timer = setTimeout(() => raw.complete || raw.destroy(), SLOWEST_BODY_MS).unref();
    reply.raw.once('close', () => clearTimeout(timer));
  });
}
