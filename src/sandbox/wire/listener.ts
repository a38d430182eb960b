import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readInbound, type Inbound } from './inbound.js';
import { send, textReply } from './reply.js';

export type Handler = (inbound: Inbound, response: ServerResponse) => Promise<void> | void;

export interface Address {
  host: string;
  port: number;
  /** The host name that goes into addresses given to clients; differs from `host` behind a container's port mapping. */
  publicHost: string;
}

export interface Listener {
  origin: string;
  stop(): Promise<void>;
}

export async function listen(address: Address, handler: Handler): Promise<Listener> {
  const server = createServer((request, response) => {
    readInbound(request)
      .then((inbound) => handler(inbound, response))
      .catch((error: unknown) => {
        // A client that hung up in the middle of its body is no fault of the sandbox.
        if (!request.complete) return void response.destroy();
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
        if (!response.headersSent)
          send(response, textReply(`The sandbox itself failed: ${text}`, 'text/plain; charset=utf-8', 599));
      });
  });
  // Longer than any test pauses: a connection closed for idleness just as it is used again looks like a scripted drop.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://${address.publicHost}:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
