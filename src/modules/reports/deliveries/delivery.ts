/**
 * `queued`: it is sent, or tried again, at `nextTryAt` · `sending`: a worker has it · `sent`: the server took it · `refused`: the server does
 * not take it, or no server did for days · `unclear`: the letter was handed over and no answer came, so that it may have arrived; it is not
 * sent again by itself.
 */
export const DELIVERY_STATES = ['queued', 'sending', 'sent', 'refused', 'unclear'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** A version of a report on its way to one address. */
export interface Delivery {
  readonly id: string;
  readonly clientId: string;
  readonly reportId: string;
  readonly number: number;
  readonly recipient: string;
  readonly state: DeliveryState;
  readonly tries: number;
  /** What the server, or the connection, said last. */
  readonly answer: string | null;
  readonly sentAt: Date | null;
  readonly createdAt: Date;
}

/** Most of a day of waiting in all. */
export const MOST_TRIES = 9;
const FIRST_WAIT_SECONDS = 300;

/** How long a letter rests after so many tries. */
export function waitSeconds(tries: number): number {
  return FIRST_WAIT_SECONDS * 2 ** (tries - 1);
}

/** Where a delivery is after a try. */
export function afterTry(kind: 'sent' | 'refused' | 'later' | 'unclear', tries: number): DeliveryState {
  if (kind !== 'later') return kind;
  return tries >= MOST_TRIES ? 'refused' : 'queued';
}
