export const DISABLED_REASONS = ['byHand', 'gone', 'failing'] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

/** What an endpoint wants to hear. */
export interface EndpointFilter {
  /** Empty: every type, also future ones. */
  readonly eventTypes: readonly string[];
  readonly allClients: boolean;
  readonly clientIds: readonly string[];
}

/** Where a contractor's other system is told of what happens. */
export interface Endpoint extends EndpointFilter {
  readonly id: string;
  readonly url: string;
  readonly description: string;
  readonly state: 'active' | 'disabled';
  readonly disabledReason: DisabledReason | null;
  readonly disabledAt: Date | null;
  /** Tries that failed since the last one that worked. */
  readonly failures: number;
  readonly failingSince: Date | null;
  readonly lastDeliveredAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A secret without what is secret about it. */
export interface EndpointSecret {
  readonly id: string;
  readonly createdAt: Date;
  /** Null: until it is replaced. */
  readonly validUntil: Date | null;
}

interface Told {
  readonly type: string;
  readonly clientId: string | null;
  readonly occurredAt: Date;
}

/** What concerns no client is told only where everything is heard; what happened before an endpoint was there is not told to it. */
export function wants(endpoint: EndpointFilter & Pick<Endpoint, 'createdAt'>, event: Told): boolean {
  if (event.occurredAt < endpoint.createdAt) return false;
  const isWantedType = endpoint.eventTypes.length === 0 || endpoint.eventTypes.includes(event.type);
  return isWantedType && (endpoint.allClients || (event.clientId !== null && endpoint.clientIds.includes(event.clientId)));
}
