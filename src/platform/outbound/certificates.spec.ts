import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:tls';
import { Outbound } from './outbound.js';

/** What somebody in the middle can make for himself: the right names, signed by nobody whom we know. A key of this test alone. */
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgwNkIjuJTib5OUh20
C1fO2iG/TF0IhINF85B5oJQTmjChRANCAAQtfDBe8HmzcFMrhPgcpc8jXycV9MKT
P+EDYAthB6/99K1lEpCzzwKZuZEStjdWwJAePksEsNu4y9qzBGfhOABG
-----END PRIVATE KEY-----`;
const cert = `-----BEGIN CERTIFICATE-----
MIIBqDCCAU+gAwIBAgIUds7T+C9Q4R+kJPn4qLw5QrJnykswCgYIKoZIzj0EAwIw
FTETMBEGA1UEAwwKYXBpLnZrLmNvbTAgFw0yNjExMjcyMzA0NTVaGA8yMTI2MTEw
MzIzMDQ1NVowFTETMBEGA1UEAwwKYXBpLnZrLmNvbTBZMBMGByqGSM49AgEGCCqG
SM49AwEHA0IABC18MF7webNwUyuE+BylzyNfJxX0wpM/4QNgC2EHr/30rWUSkLPP
Apm5kRK2N1bAkB4+SwSw27jL2rMEZ+E4AEajezB5MB0GA1UdDgQWBBQrC4iZqSA9
EwtrOqJlwFO0I646FjAfBgNVHSMEGDAWgBQrC4iZqSA9EwtrOqJlwFO0I646FjAP
BgNVHRMBAf8EBTADAQH/MCYGA1UdEQQfMB2CCmFwaS52ay5jb22CCWxvY2FsaG9z
dIcEfwAAATAKBggqhkjOPQQDAgNHADBEAiB6c0M22kfAC0TOLafge/H4oZwFCFzb
2QtXGKNwpLpTJQIgZchw1KDiKoZ5+vBn3YkRBY+GkWW45wuEa0Naor61VgM=
-----END CERTIFICATE-----`;

describe('a server that is not who it says', () => {
  const outbound = new Outbound();
  let server: Server;
  let received: Buffer[];
  let connections: number;

  beforeEach(async () => {
    received = [];
    connections = 0;
    server = createServer({ key, cert }, (socket) => socket.on('data', (bytes: Buffer) => received.push(bytes)));
    server.on('connection', () => (connections += 1));
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    await outbound.close();
    server.close();
  });

  it.each([
    ['on a fresh connection, as for a send', false],
    ['on a kept one, as for a look', true],
  ])('B18 gets no byte of the token %s, and the answer says that nothing was sent', async (_, reuseConnection) => {
    const { port } = server.address() as AddressInfo;
    const url = new URL(`https://localhost:${port}/method/wall.post`);
    const body = { kind: 'form', fields: { access_token: 'vk1.a.secret' } } as const;
    const request = { method: 'POST', url, body, timeoutMs: 3_000, maxBytes: 1_000, trustedHosts: [url.host] } as const;
    const answer = await outbound.send({ ...request, reuseConnection });
    expect(answer).toEqual({ kind: 'notSent', why: 'tls' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([connections, Buffer.concat(received).length]).toEqual([1, 0]);
  });
});
