import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isPublicAddress } from './address-guard.js';
import { Outbound } from './outbound.js';

const REFUSED = [
  ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.127.255.254', '127.0.0.1', '127.255.255.254'],
  ...['169.254.0.1', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.1', '192.0.2.7', '192.88.99.1', '192.168.1.1'],
  ...[
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.7',
    '203.0.113.7',
    '224.0.0.1',
    '239.255.255.250',
    '240.0.0.1',
    '255.255.255.255',
  ],
  ...['::', '::1', '0:0:0:0:0:0:0:1', '::127.0.0.1', '::8.8.8.8', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1'],
  ...['::ffff:8.8.8.8', '::ffff:0:127.0.0.1', '64:ff9b::127.0.0.1', '64:ff9b::808:808', '64:ff9b:1::7f00:1', '100::1'],
  ...['2001::1', '2001:2::1', '2001:10::1', '2001:db8::1', '2002:7f00:1::', '2002:808:808::1', '3fff::1', '5f00::1'],
  ...['fc00::1', 'fd12:3456:789a::1', 'fe80::1', 'febf::1', 'fec0::1', 'ff02::1', 'ff0e::1', '4000::1'],
  ...[
    'fe80::1%lo',
    '::1%1',
    '2606:4700:4700::1111%eth0',
    '127.0.0.1.',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '',
    'localhost',
  ],
];

const PUBLIC = ['8.8.8.8', '1.1.1.1', '87.240.129.133', '217.20.147.1', '172.32.0.1', '2606:4700:4700::1111', '2a00:bdc0:3::1'];

/** How the loopback and its neighbours can be written in a URL. */
const LITERAL_HOSTS = [
  ...[
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0x7F.0x0.0x0.0x1',
    '017700000001',
    '0177.0.0.1',
    '0177.1',
  ],
  ...[
    '127.0.0.1.',
    '127.1.',
    '0',
    '0.0.0.0',
    '00.0.0.0',
    '127.0.0.2',
    '１２７.０.０.１',
    '127。0。0。1',
    '①②⑦.⓪.⓪.①',
    '%31%32%37.0.0.1',
  ],
  ...[
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::]',
    '[::127.0.0.1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[0:0:0:0:0:ffff:127.0.0.1]',
  ],
  ...[
    '[64:ff9b::127.0.0.1]',
    '[2002:7f00:1::]',
    '[fe80::1]',
    '[fec0::1]',
    '[fd00::1]',
    '[ff02::1]',
    '169.254.169.254',
    '0xa9fea9fe',
  ],
  ...[
    '2852039166',
    '0251.0376.0251.0376',
    '10.1',
    '192.168.257',
    '172.16.1',
    '[::ffff:a9fe:a9fe]',
    'localhost',
    'localhost.',
    'LOCALHOST',
  ],
];

describe('address guard', () => {
  it.each(REFUSED)('refuses %p', (address) => expect(isPublicAddress(address)).toBe(false));
  it.each(PUBLIC)('lets %p through', (address) => expect(isPublicAddress(address)).toBe(true));
});

describe('a request to an address that is not public', () => {
  const outbound = new Outbound();
  let server: Server;
  let port: number;
  let connections = 0;

  beforeAll(async () => {
    server = createServer((_, response) => void response.end('inside'));
    server.on('connection', () => (connections += 1));
    await new Promise<void>((resolve) => server.listen(0, '::', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(async () => {
    await outbound.close();
    server.close();
  });

  it.each(LITERAL_HOSTS)('never opens a connection when the host is written %p', async (host) => {
    for (const reuseConnection of [false, true]) {
      const url = new URL(`http://${host}:${port}/`);
      const answer = await outbound.send({
        method: 'GET',
        url,
        body: { kind: 'none' },
        timeoutMs: 5_000,
        maxBytes: 100,
        reuseConnection,
      });
      // Some resolvers don't know `localhost.` with its dot; not finding it is as good as refusing it.
      expect(answer).toEqual({
        kind: 'notSent',
        why: host.endsWith('host.') ? expect.stringMatching(/^(address|dns)$/) : 'address',
      });
    }
    expect(connections).toBe(0);
  });

  it('refuses credentials in the address and protocols other than http', async () => {
    for (const address of ['http://user@8.8.8.8/', 'http://8.8.8.8:x@127.0.0.1/', 'file:///etc/passwd', 'gopher://127.0.0.1/']) {
      const url = new URL(address.replace(':x@', ':secret@'));
      const answer = await outbound.send({ method: 'GET', url, body: { kind: 'none' }, timeoutMs: 500, maxBytes: 100 });
      expect(answer).toEqual({ kind: 'notSent', why: 'address' });
    }
  });

  it('trusts exactly the configured host and port', async () => {
    const send = (address: string) =>
      outbound.send({
        method: 'GET',
        url: new URL(address),
        body: { kind: 'none' },
        timeoutMs: 5_000,
        maxBytes: 100,
        trustedHosts: [`127.0.0.1:${port}`],
      });
    expect(await send(`http://127.0.0.1:${port}/`)).toMatchObject({ kind: 'answer', status: 200 });
    expect(await send(`http://2130706433:${port}/`)).toMatchObject({ kind: 'answer' }); // the same address in another spelling
    expect(await send(`http://127.0.0.2:${port}/`)).toEqual({ kind: 'notSent', why: 'address' });
    expect(await send(`http://127.0.0.1:${port + 1}/`)).toEqual({ kind: 'notSent', why: 'address' });
  });
});
