import { createServer, type Server } from 'node:net';
import { Failure } from './lifetime.js';

/** Ports that are ours until we take them into use ourselves. */
export interface ReservedPorts {
  readonly first: number;
  release(): Promise<void>;
}

const HOST = '127.0.0.1';
const MOST_TRIES = 50;

/** Takes `count` ports in a row, the first ones that are free from `first` on in strides of ten. */
export async function reservePorts(first: number, count: number): Promise<ReservedPorts> {
  for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
    const from = first + attempt * 10;
    const servers = await takeAll(from, count);
    if (servers) return { first: from, release: () => closeAll(servers) };
  }
  throw new Failure(`No free ports from ${first} on`);
}

async function takeAll(first: number, count: number): Promise<Server[] | undefined> {
  const servers: Server[] = [];
  for (let port = first; port < first + count; port += 1) {
    const server = await take(port);
    if (server) servers.push(server);
    else {
      await closeAll(servers);
      return undefined;
    }
  }
  return servers;
}

function take(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', () => resolve(undefined));
    server.listen(port, HOST, () => resolve(server));
  });
}

async function closeAll(servers: readonly Server[]): Promise<void> {
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
}
