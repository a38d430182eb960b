import { once } from 'node:events';
import { Readable } from 'node:stream';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import Fastify from 'fastify';
import { cutUnreadAnswers } from './unread-answers.js';

describe('A server that closes', () => {
  it.each([
    ['never reads its answer', 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['has only connected', ''],
    ['stopped in the middle of its question', 'GET / HTTP/1.1\r\n'],
  ])('does not wait for a client that %s', async (_, words) => {
    const fastify = Fastify();
    cutUnreadAnswers(fastify, 50);
    // More than the buffers of both sides of a connection take.
    fastify.get('/', () => Readable.from(Array.from({ length: 50 }, () => Buffer.alloc(1_000_000))));
    await fastify.listen({ port: 0, host: '127.0.0.1' });
    const accepted = once(fastify.server, 'connection');
    const client = connect((fastify.server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
    await accepted;
    client.write(words);
    if (words.endsWith('\r\n\r\n')) await once(client, 'readable');
    await fastify.close();
    client.destroy();
    expect(fastify.server.listening).toBe(false);
  });
});
