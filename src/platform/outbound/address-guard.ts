import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Every IPv6 address that the internet routes today begins with the bits 001 (RFC 4291, IANA registry). */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * True only for an address of the public internet in its plain form. Private, loopback, link-local, shared, mapped,
 * translated (NAT64, 6to4, Teredo), multicast, documentation and unspecified addresses are not, nor is anything
 * that isn't an address: whatever the guard doesn't understand is refused.
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  // A zone id names an interface of this machine, so the address isn't global whatever its bits say.
  if (family === 0 || address.includes('%')) return false;
  if (family === 4) return ipaddr.IPv4.parse(address).range() === 'unicast';
  const parsed = ipaddr.IPv6.parse(address);
  return parsed.range() === 'unicast' && parsed.match(GLOBAL_IPV6);
}

/** `host:port` of a URL with the protocol's default port written out; the form of allow-list entries. */
export function hostAndPort(url: URL): string {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return `${url.hostname}:${port}`;
}
