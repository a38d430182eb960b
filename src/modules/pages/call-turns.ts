import type { Credentials, NetworkName } from '../../networks/network.js';

/**
 * Turns to call a network with a page's secrets. Who publishes goes first, so publishing gives them; this module only says
 * what it needs.
 */
export abstract class CallTurns {
  /** @returns 0 when the credentials may be checked now, otherwise milliseconds after which to ask again. */
  abstract toCheck(contractorId: string, network: NetworkName, credentials: Credentials): Promise<number>;
  /** As `toCheck`, for a person who waits for the answer: it goes with the posts, not after them. */
  abstract toProve(contractorId: string, network: NetworkName, credentials: Credentials): Promise<number>;
  /** A check is made or was just made without a turn, because a person waits for it: whoever calls next waits for that. */
  abstract checked(contractorId: string, network: NetworkName, credentials: Credentials): Promise<void>;
}
