import type { ServerResponse } from 'node:http';

/** What goes back over the wire, the broken ways included. */
export type Reply =
  | { kind: 'whole'; status: number; headers: Record<string, string>; body: string | Buffer }
  /** Headers and the first half in a chunked body, then a reset. */
  | { kind: 'cut'; body: string }
  | { kind: 'reset' }
  /** Nothing is ever answered; the connection stays until somebody closes it. */
  | { kind: 'silence' };

export function jsonReply(value: unknown, status = 200): Reply {
  return textReply(JSON.stringify(value), 'application/json; charset=utf-8', status);
}

export function textReply(body: string | Buffer, contentType: string, status = 200): Reply {
  return { kind: 'whole', status, headers: { 'content-type': contentType }, body };
}

export function send(response: ServerResponse, reply: Reply): void {
  switch (reply.kind) {
    case 'whole':
      response.writeHead(reply.status, { ...reply.headers, 'content-length': Buffer.byteLength(reply.body) });
      response.end(reply.body);
      return;
    case 'cut':
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
      response.write(reply.body, () => response.socket?.resetAndDestroy());
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'silence':
      return;
  }
}
