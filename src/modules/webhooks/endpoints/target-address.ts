import { isIP } from 'node:net';
import { hostAndPort, isPublicAddress } from '../../../platform/outbound/address-guard.js';

/** Hosts of the configuration (`WEBHOOK_HOSTS`), `host` for every port of it or `host:port`: http and private addresses are good there. */
export type OpenHosts = readonly string[];

/**
 * Judges an address before it is kept. What a name resolves to is judged anew by the connection at every try, because it may change;
 * here only what can never be good is refused.
 * @returns what is wrong, or undefined
 */
export function addressProblem(address: string, open: OpenHosts): string | undefined {
  // The URL parser silently drops tabs and newlines and turns a backslash into a slash: such an address means two things.
  if (!/^https?:\/\/[\x21-\x7e]+$/i.test(address) || address.includes('\\') || !URL.canParse(address))
    return 'url must be an address such as https://hooks.example.org/vestnik';
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return 'url must hold no user and no password: deliveries are signed';
  if (url.hash !== '') return 'url must not have a fragment';
  if (isOpen(url, open)) return undefined;
  if (url.protocol !== 'https:') return 'url must begin with https://';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  if (isIP(host) !== 0 && !isPublicAddress(host)) return 'url must be an address of the public internet';
  if (isIP(host) === 0 && (!host.includes('.') || /\.(localhost|local|internal|test)$/.test(host)))
    return 'url must be an address of the public internet';
  return undefined;
}

/** What the outgoing connection may believe of this address: nothing, as a rule. */
export function trustedHosts(url: URL, open: OpenHosts): readonly string[] {
  return isOpen(url, open) ? [hostAndPort(url)] : [];
}

function isOpen(url: URL, open: OpenHosts): boolean {
  return open.includes(url.hostname) || open.includes(hostAndPort(url));
}
