export const DELIVERY_STATES = ['waiting', 'delivered', 'givenUp', 'skipped'] as const;
/**
 * `waiting`: it will be tried, now or later · `delivered`: the endpoint has it · `givenUp`: no try worked · `skipped`: its endpoint was
 * disabled. A replay makes the last three wait again.
 */
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** An event on its way to an endpoint. */
export interface Delivery {
  readonly id: string;
  readonly endpointId: string;
  readonly eventId: string;
  readonly clientId: string | null;
  readonly type: string;
  readonly occurredAt: Date;
  readonly state: DeliveryState;
  /** Tries in all, also before a replay. */
  readonly attempts: number;
  readonly nextTryAt: Date;
  readonly settledAt: Date | null;
  readonly replays: number;
}

/** Why a try failed, or that it did not. */
export type TryOutcome = 'delivered' | 'refused' | 'redirected' | 'gone' | 'timeout' | 'unreachable' | 'address' | 'broken';

export interface DeliveryAttempt {
  readonly number: number;
  readonly startedAt: Date;
  readonly durationMs: number | null;
  /** Null: the worker died over it, and whether it arrived is unknown. */
  readonly outcome: TryOutcome | null;
  readonly status: number | null;
  /** The beginning of what the endpoint answered. */
  readonly excerpt: string | null;
}
