import { describe, expect, it } from '@jest/globals';
import { addressProblem, trustedHosts } from './target-address.js';

describe('where webhooks may go', () => {
  it.each(['https://hooks.example.org/vestnik', 'https://hooks.example.org:8443/?a=b', 'https://93.184.216.34/'])('%s', (url) => {
    expect(addressProblem(url, [])).toBeUndefined();
    expect(trustedHosts(new URL(url), [])).toEqual([]);
  });

  it.each([
    ['http://hooks.example.org/', 'https'],
    ['https://user:password@hooks.example.org/', 'password'],
    ['https://hooks.example.org/#part', 'fragment'],
    ['ftp://hooks.example.org/', 'address'],
    ['https://hooks.example.org/\r\nx-evil: 1', 'address'],
    ['https://hooks.example.org\\@127.0.0.1/', 'address'],
    ['https://127.0.0.1/', 'public'],
    ['https://2130706433/', 'public'],
    ['https://0x7f.1/', 'public'],
    ['https://10.1.2.3/', 'public'],
    ['https://169.254.169.254/latest/meta-data', 'public'],
    ['https://[::1]/', 'public'],
    ['https://[::ffff:10.0.0.1]/', 'public'],
    ['https://localhost/', 'public'],
    ['https://localhost./', 'public'],
    ['https://metadata.google.internal/', 'public'],
    ['nonsense', 'address'],
  ])('%s is refused', (url, why) => {
    expect(addressProblem(url, [])).toContain(why);
  });

  it('goes to a private address when the operator opened it, and to no other', () => {
    expect(addressProblem('http://127.0.0.1:4000/', ['127.0.0.1'])).toBeUndefined();
    expect(trustedHosts(new URL('http://127.0.0.1:4000/'), ['127.0.0.1'])).toEqual(['127.0.0.1:4000']);
    expect(addressProblem('http://127.0.0.2:4000/', ['127.0.0.1'])).toContain('https');
    expect(addressProblem('http://127.0.0.1:4001/', ['127.0.0.1:4000'])).toContain('https');
  });
});
