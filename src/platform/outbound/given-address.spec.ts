import { describe, expect, it } from '@jest/globals';
import { acceptGivenAddress } from './given-address.js';

const policy = { domains: ['vk.com', 'userapi.com'], extraHosts: ['127.0.0.1:4010'] };

describe('an address that a network gave us', () => {
  it.each(['https://pu.vk.com/upload?a=1', 'https://c12.userapi.com/x', 'http://127.0.0.1:4010/upload', 'https://PU.VK.COM/up'])(
    'is called when it is %p',
    (address) => expect(acceptGivenAddress(address, policy)?.href).toBe(new URL(address).href),
  );

  it.each([
    ['http instead of https', 'http://pu.vk.com/upload'],
    ['another port', 'https://pu.vk.com:8443/upload'],
    ['the bare domain', 'https://vk.com/upload'],
    ['a domain that merely ends alike', 'https://evilvk.com/upload'],
    ['a domain that merely begins alike', 'https://pu.vk.com.evil.example/upload'],
    ['a trailing dot', 'https://pu.vk.com./upload'],
    ['user information', 'https://pu.vk.com@evil.example/upload'],
    ['user information before a good host', 'https://a:b@pu.vk.com/upload'],
    ['a backslash', 'https://evil.example\\@pu.vk.com/'],
    ['a tab in the host', 'https://pu.vk.com\t.evil.example/'],
    ['a line break', 'https://pu.vk.com/\r\nhost: x'],
    ['a leading blank', ' https://pu.vk.com/'],
    ['letters that only look alike', 'https://pu.vk.сom/'],
    ['the extra host on another port', 'http://127.0.0.1:4011/upload'],
    ['another spelling of loopback', 'http://127.0.0.2:4010/upload'],
    ['localhost', 'http://localhost:4010/upload'],
    ['the metadata address', 'http://169.254.169.254/latest'],
    ['another protocol', 'ftp://pu.vk.com/upload'],
    ['no protocol', '//pu.vk.com/upload'],
    ['no host', 'https:///upload'],
    ['nothing', ''],
  ])('is not called with %s', (_, address) => expect(acceptGivenAddress(address, policy)).toBeUndefined());
});
