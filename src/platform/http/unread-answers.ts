import type { FastifyInstance } from 'fastify';

/** Long enough for a large answer over a slow line, shorter than the half minute that orchestrators allow. */
const GRACE_MS = 10_000;

/** Whoever asks for something and then does not read the answer must not keep a process from ending. */
export function cutUnreadAnswers(fastify: FastifyInstance, graceMs = GRACE_MS): void {
  fastify.addHook('preClose', (done) => {
    setTimeout(() => fastify.server.closeAllConnections(), graceMs).unref();
    done();
  });
}
