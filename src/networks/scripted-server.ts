import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** For specs only: one call as it arrived. */
export interface ArrivedCall {
  readonly path: string;
  readonly body: string;
  /** The body read as a form. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What to answer: JSON with status 200, or a function that plays on the response itself. */
export type Script = (call: ArrivedCall) => unknown;

/** For specs only: a loopback server that answers every call by a script and keeps what arrived. */
export class ScriptedServer {
  readonly calls: ArrivedCall[] = [];
  private readonly server: Server;

  constructor(script: Script) {
    this.server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        const call = { path: request.url ?? '', body, fields: Object.fromEntries(new URLSearchParams(body)) };
        this.calls.push(call);
        const answer = script(call);
        if (typeof answer === 'function') (answer as (response: ServerResponse) => void)(response);
        else response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
      });
    });
  }

  /** Listens on loopback; returns `host:port`. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

/** Answers with any status and body. */
export function raw(status: number, body: string, type = 'application/json'): (response: ServerResponse) => void {
  return (response) => void response.writeHead(status, { 'content-type': type, location: '/elsewhere' }).end(body);
}

/** Drops the connection after the request has arrived. */
export function dropped(response: ServerResponse): void {
  response.socket?.destroy();
}
