import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';

/** Where ids and secrets come from, so that nothing else calls a generator. */
export abstract class Ids {
  /** A UUIDv7: sorts by the time it was made. Never a secret. */
  abstract next(): string;
  /** `bytes` of the system's CSPRNG as base64url. */
  abstract secret(bytes: number): string;
}

export class SystemIds extends Ids {
  next(): string {
    return v7();
  }

  secret(bytes: number): string {
    return randomBytes(bytes).toString('base64url');
  }
}
