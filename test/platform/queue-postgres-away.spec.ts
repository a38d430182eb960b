import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { QueueHealth } from '../../src/platform/queue/activity.js';
import { defineJob } from '../../src/platform/queue/job.js';
import { Queues } from '../../src/platform/queue/queues.js';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.js';
import { handlerOf, Note, note, startWorker, until } from './queue-worker.js';

const work = defineJob({ name: 'notes.work', payload: Note, policy: { attempts: 1, backoffMs: 10, timeoutMs: 5_000 } });

/** A way to PostgreSQL that can be shut. */
class Wire {
  isOpen = false;
  private readonly sockets = new Set<Socket>();
  private readonly server: Server = createServer((client) => this.carry(client));

  async listen(): Promise<number> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return (this.server.address() as AddressInfo).port;
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }

  private carry(client: Socket): void {
    if (!this.isOpen) return void client.destroy();
    const server = connect(Number(process.env.TEST_POSTGRES_PORT), '127.0.0.1');
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(one);
      one.on('error', () => undefined).once('close', () => other.destroy());
    }
    client.pipe(server).pipe(client);
  }
}

describe('PostgreSQL as the queue', () => {
  const done: string[] = [];
  const wire = new Wire();
  let database: TestDatabase;
  let worker: INestApplicationContext | undefined;

  beforeAll(async () => {
    database = await createTestDatabase();
    const url = new URL(database.systemUrl);
    url.port = String(await wire.listen());
    const backend = { name: 'PostgreSQL' as const, prefix: 'away', queueUrl: () => url.href };
    const handlers = [handlerOf(work, ({ word }) => void done.push(word))];
    worker = await startWorker({ database, backend, definitions: [work], handlers });
  });
  afterAll(async () => {
    await worker?.close();
    wire.close();
    await database.drop();
  });

  const ring = (word: string): Promise<void> => worker!.get(Queues).ring(work, [{ payload: note(word), jobId: `away-${word}` }]);

  it('may be away when it is first used: neither who rings nor who works remembers that failure', async () => {
    await expect(ring('lost')).rejects.toThrow();
    wire.isOpen = true;
    await until('it can be rung', () =>
      ring('heard').then(
        () => true,
        () => false,
      ),
    );
    await until('the job ran', () => done.includes('heard'));
    await expect(worker!.get(QueueHealth).check()).resolves.toBeUndefined();
  });
});
