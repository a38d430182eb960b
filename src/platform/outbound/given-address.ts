import { hostAndPort } from './address-guard.js';

/** Where addresses that another server hands us may point. */
export interface GivenAddressPolicy {
  /** Domains whose subdomains are good, over https on the default port only. */
  readonly domains: readonly string[];
  /** Exact `host:port` entries from the configuration (`NETWORK_UPLOAD_HOSTS`): http is good there, and so are private addresses. */
  readonly extraHosts: readonly string[];
}

/**
 * Judges an address that a network gave us (an upload URL). The network's answer is data from outside: believing it
 * would let whoever controls that answer reach our own machines. Returns the URL, or undefined when it must not be called.
 */
export function acceptGivenAddress(address: string, policy: GivenAddressPolicy): URL | undefined {
  // The URL parser silently drops tabs and newlines and turns a backslash into a slash: such an address means two things.
  if (!/^https?:\/\/[\x21-\x7e]+$/i.test(address) || address.includes('\\')) return undefined;
  const url = parse(address);
  if (url === undefined || url.username !== '' || url.password !== '') return undefined;
  if (policy.extraHosts.includes(hostAndPort(url))) return url;
  if (url.protocol !== 'https:' || url.port !== '') return undefined;
  return policy.domains.some((domain) => url.hostname.endsWith(`.${domain}`)) ? url : undefined;
}

function parse(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}
