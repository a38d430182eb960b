import type { Credentials, Network, NetworkName, SpendingCall } from '../../networks/network.js';
import { fingerprintOf } from '../pages/fingerprint.js';

/** What a call draws on: all pages that share this secret share this budget. */
export interface Spending {
  readonly network: NetworkName;
  /** The kind of the secret; `credential_rates` says how many requests a second it may make. */
  readonly credential: string;
  /** A fingerprint of the secret. */
  readonly key: string;
  readonly requests: number;
}

/** `publishing` goes first; `background` work takes a turn only when publishing has left one unused. */
export type Urgency = 'publishing' | 'background';

/** @returns undefined when the secret is missing: the network's adapter will say so itself, without a request. */
export function spendingOf(
  network: Pick<Network, 'name' | 'costOf'>,
  call: SpendingCall,
  owner: { contractorId: string; credentials: Credentials | undefined },
): Spending | undefined {
  const { contractorId, credentials = {} } = owner;
  const cost = network.costOf(call, credentials);
  const secret = cost && credentials[cost.credential];
  if (!secret) return undefined;
  return { network: network.name, key: fingerprintOf(contractorId, secret), ...cost };
}
