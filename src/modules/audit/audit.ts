/** Who did something: a person, a key of an integration, or Vestnik's own worker. */
export interface Actor {
  readonly kind: 'member' | 'apiKey' | 'worker';
  readonly id?: string;
  readonly contractorId: string;
  readonly requestId?: string;
}

/** The worker that acts for a contractor without a person behind it. */
export function worker(contractorId: string): Actor {
  return { kind: 'worker', contractorId };
}

/** One fact of the audit log. `details` never hold secrets, texts of posts or personal data. */
export interface AuditFact {
  /** Past tense, `object.happened`: `contract.signed`. */
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string;
  readonly clientId?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface AuditEntry extends AuditFact {
  readonly id: string;
  readonly at: Date;
  readonly actorKind: Actor['kind'];
  readonly actorId: string | null;
  readonly requestId: string | null;
}
