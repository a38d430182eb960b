import type { CallOutcome, CapabilityMap, NetworkName, Reason } from '../../networks/network.js';

export const PAGE_STATUSES = ['notConnected', 'connected', 'broken', 'disconnected'] as const;
/** `broken`: the network refused the stored credentials; nothing is sent until a person reconnects the page. */
export type PageStatus = (typeof PAGE_STATUSES)[number];

/** An official page of a client on one network. */
export interface Page {
  readonly id: string;
  readonly clientId: string;
  readonly network: NetworkName;
  /** VK: community id without a minus; OK: group id. */
  readonly externalId: string;
  /** As the network shows it; null until the page is connected. */
  readonly name: string | null;
  readonly url: string | null;
  readonly status: PageStatus;
  readonly statusReason: Reason | null;
  readonly capabilities: CapabilityMap | null;
  readonly checkedAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** One period in which a page was connected; the history of a page is the list of them. */
export interface Connection {
  readonly id: string;
  readonly pageId: string;
  /** Which secrets were given, and what each turned out to be; never the secrets. */
  readonly findings: Readonly<Record<string, string>>;
  readonly connectedBy: string;
  readonly connectedAt: Date;
  readonly expiresAt: Date | null;
  /** When the network last gave new secrets for it. */
  readonly renewedAt: Date | null;
  readonly endedAt: Date | null;
  readonly endReason: 'replaced' | 'disconnected' | null;
}

/** Why no call with these secrets makes sense before a person, or new secrets, came; undefined while it does. */
export function stopsCalls(outcome: CallOutcome<unknown>): Reason | undefined {
  if (outcome.kind === 'needsPerson') return outcome.reason;
  return outcome.kind === 'credentialLost' && outcome.reason.code === 'token-revoked' ? outcome.reason : undefined;
}
