/** A fact of a module in the words of the public catalogue. */
export interface PublicEvent {
  readonly type: string;
  /** Events of one subject are told in the order in which they happened. */
  readonly subject: string;
  readonly data: { readonly contractorId: string; readonly clientId?: string } & Readonly<Record<string, unknown>>;
}

/** As it is kept, and told to the letter. */
export interface WrittenEvent {
  readonly contractorId: string;
  readonly id: string;
  readonly clientId: string | null;
  readonly type: string;
  readonly subject: string;
  readonly occurredAt: Date;
  readonly body: string;
}

/** @param of the fact's id and when it happened */
export function written(event: PublicEvent, of: { readonly id: string; readonly occurredAt: Date }): WrittenEvent {
  const { type, subject, data } = event;
  const { contractorId, clientId = null } = data;
  const body = JSON.stringify({ type, timestamp: of.occurredAt.toISOString(), data });
  return { contractorId, ...of, clientId, type, subject, body };
}
