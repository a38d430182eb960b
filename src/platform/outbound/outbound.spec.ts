import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { Outbound, type OutboundRequest } from './outbound.js';

type Script = (socket: Socket, received: string) => void;

const outbound = new Outbound();
const servers: Server[] = [];

/** A server that plays one script per connection once it has received something, and counts what reached it. */
async function aServer(script: Script) {
  const seen = { connections: 0, requests: [] as string[] };
  const server = createServer((socket) => {
    seen.connections += 1;
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      seen.requests.push(chunk.toString('utf8'));
      script(socket, chunk.toString('utf8'));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { seen, port, url: new URL(`http://127.0.0.1:${port}/method/wall.post`) };
}

function aRequest(url: URL, changes: Partial<OutboundRequest> = {}): OutboundRequest {
  const body = { kind: 'form', fields: { message: 'Привет & пока' } } as const;
  return { method: 'POST', url, body, timeoutMs: 1_000, maxBytes: 1_000, trustedHosts: [url.host], ...changes };
}

const ok = (body: string, head = '200 OK') =>
  `HTTP/1.1 ${head}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

afterEach(async () => {
  await outbound.close();
  for (const server of servers.splice(0)) server.close();
});

describe('outbound client', () => {
  it('hands back a complete answer with its status, and sends the form as it is', async () => {
    const { seen, url } = await aServer((socket) => socket.end(ok('{"response":1}', '418 Teapot')));
    const answer = await outbound.send(aRequest(url));
    expect(answer).toMatchObject({ kind: 'answer', status: 418, contentType: 'application/json' });
    expect(answer.kind === 'answer' && Buffer.from(answer.body).toString()).toBe('{"response":1}');
    expect(seen.requests.join('')).toContain('message=%D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82+%26+%D0%BF%D0%BE%D0%BA%D0%B0');
    expect(seen.requests.join('')).toContain('connection: close');
  });

  it('sends files as multipart', async () => {
    const { seen, url } = await aServer((socket, received) => received.includes('--\r\n') && socket.end(ok('{}')));
    const file = { field: 'photo', fileName: 'a"b.jpg', type: 'image/jpeg', bytes: Buffer.from('JPEGBYTES') };
    await outbound.send(aRequest(url, { body: { kind: 'multipart', fields: { hash: 'h' }, files: [file] } }));
    const received = seen.requests.join('');
    expect(received).toMatch(/content-type: multipart\/form-data; boundary=(\S+)\r\n/);
    expect(received).toContain('name="photo"; filename="a%22b.jpg"\r\ncontent-type: image/jpeg\r\n\r\nJPEGBYTES\r\n');
  });

  it('streams a file that is too long for the memory, under its true length', async () => {
    const { seen, url } = await aServer((socket, received) => received.includes('--\r\n') && socket.end(ok('{}')));
    const open = async () => Readable.from([Buffer.from('FIRST'), Buffer.from('SECOND')]);
    const file = { field: 'file', fileName: 'a.mp4', type: 'video/mp4', bytes: { size: 11, open } };
    const body = { kind: 'multipart', fields: {}, files: [file] } as const;
    expect((await outbound.send(aRequest(url, { body }))).kind).toBe('answer');
    const [head = '', ...rest] = seen.requests.join('').split('\r\n\r\n');
    expect(rest.join('\r\n\r\n')).toContain('FIRSTSECOND');
    expect(head).toContain(`content-length: ${Buffer.byteLength(rest.join('\r\n\r\n'))}`);
    expect(head).not.toContain('transfer-encoding');
  });

  it.each([
    ['shorter', 12],
    ['longer', 10],
  ])('brings no answer when a streamed file is %s than it was said to be', async (_, size) => {
    const { url } = await aServer(() => undefined);
    const open = async () => Readable.from([Buffer.from('FIRSTSECOND')]);
    const file = { field: 'file', fileName: 'a.mp4', type: 'video/mp4', bytes: { size, open } };
    const body = { kind: 'multipart', fields: {}, files: [file] } as const;
    expect((await outbound.send(aRequest(url, { body }))).kind).not.toBe('answer');
  });

  it('does not follow a redirect', async () => {
    const { seen, url } = await aServer((socket) =>
      socket.end('HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n'),
    );
    expect(await outbound.send(aRequest(url))).toMatchObject({ kind: 'answer', status: 302 });
    expect(seen.connections).toBe(1);
  });

  it.each<[string, Script, string]>([
    ['is dropped after the request', (socket) => socket.destroy(), 'reset'],
    ['is reset after the request', (socket) => socket.resetAndDestroy(), 'reset'],
    ['never answers', () => undefined, 'timeout'],
    ['stops in the middle of the body', (socket) => socket.write(ok('{"response":{"post_id":1}}').slice(0, -5)), 'timeout'],
    ['cuts the body', (socket) => socket.end(ok('{"response":{"post_id":1}}').slice(0, -5)), 'cut'],
    ['cuts a chunked body', (socket) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"res\r\n'), 'cut'],
    ['answers with something that is not HTTP', (socket) => socket.end('SSH-2.0-OpenSSH\r\n'), 'reset'],
    ['answers with a body over the cap', (socket) => socket.end(ok('x'.repeat(1_001))), 'too-large'],
  ])('B15 calls the request lost when the connection %s, and never sends it again', async (_, script, why) => {
    for (const reuseConnection of [false, true]) {
      const { seen, url } = await aServer(script);
      expect(await outbound.send(aRequest(url, { reuseConnection, timeoutMs: 400 }))).toEqual({ kind: 'lost', why });
      await pause(60);
      expect(seen.requests.join('').match(/POST /g)).toHaveLength(1);
    }
  });

  it('proves that nothing was sent when nobody listens, the name is unknown or the other side speaks no TLS', async () => {
    const { seen, port } = await aServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n'));
    const closed = await aServer(() => undefined);
    servers.pop()?.close();
    expect(await outbound.send(aRequest(closed.url))).toEqual({ kind: 'notSent', why: 'connect' });
    expect(await outbound.send(aRequest(new URL('http://nobody.invalid/')))).toEqual({ kind: 'notSent', why: 'dns' });
    expect(await outbound.send(aRequest(new URL(`https://127.0.0.1:${port}/`)))).toEqual({ kind: 'notSent', why: 'tls' });
    expect(seen.requests.join('')).not.toContain('POST');
  });

  it('proves that nothing was sent when the time ends during the TLS handshake', async () => {
    const { seen, port } = await aServer(() => undefined);
    const url = new URL(`https://127.0.0.1:${port}/`);
    expect(await outbound.send(aRequest(url, { timeoutMs: 200 }))).toEqual({ kind: 'notSent', why: 'timeout' });
    expect(seen.requests.join('')).not.toContain('POST');
  });

  it('opens no connection after the deadline', async () => {
    const { seen, url } = await aServer((socket) => socket.end(ok('{}')));
    const now = new Date('2026-12-01T06:00:00Z');
    for (const deadline of [now, new Date(now.getTime() - 1), new Date(Number.NaN)]) {
      expect(await outbound.send(aRequest(url, { sendBefore: { deadline, now: () => now } }))).toEqual({
        kind: 'notSent',
        why: 'deadline',
      });
    }
    expect(seen.connections).toBe(0);
  });

  it('A11 sends no byte when the deadline passes while it connects, even if the wall clock stands still', async () => {
    const { seen, url } = await aServer((socket) => socket.end(ok('{}')));
    const now = new Date('2026-12-01T06:00:00Z');
    const sending = outbound.send(aRequest(url, { sendBefore: { deadline: new Date(now.getTime() + 50), now: () => now } }));
    const blockedUntil = performance.now() + 80;
    while (performance.now() < blockedUntil); // a stopped process: the connection is ready when it wakes
    expect(await sending).toEqual({ kind: 'notSent', why: 'deadline' });
    await pause(30);
    expect(seen.requests).toEqual([]);
  });

  it('sends in time before the deadline', async () => {
    const { url } = await aServer((socket) => socket.end(ok('{}')));
    const now = new Date();
    const sendBefore = { deadline: new Date(now.getTime() + 3_000), now: () => now };
    expect(await outbound.send(aRequest(url, { sendBefore }))).toMatchObject({ kind: 'answer', status: 200 });
  });

  it('B15 keeps a connection for reads and takes a fresh one for a send', async () => {
    const { seen, url } = await aServer((socket) => void socket.write(ok('{}')));
    for (let count = 0; count < 3; count += 1) {
      await outbound.send(aRequest(url, { reuseConnection: true }));
      await pause(10); // the pool frees a connection a tick after its answer
    }
    expect(seen.connections).toBe(1);
    await outbound.send(aRequest(url));
    await outbound.send(
      aRequest(url, { reuseConnection: true, sendBefore: { deadline: new Date(Date.now() + 1_000), now: () => new Date() } }),
    );
    expect(seen.connections).toBe(3);
  });
});
