import { Injectable } from '@nestjs/common';
import { Sealer } from '../../../platform/crypto/sealing.js';
import type { Tx } from '../../../platform/database/work.js';
import { Ids } from '../../../platform/ids/ids.js';
import type { EndpointSecret } from './endpoint.js';
import type { EndpointKey } from './endpoint.store.js';
import { TooManySecrets } from './endpoints.errors.js';
import { SecretStore } from './secret.store.js';

/** As many as may sign at once: every one makes each request longer. */
const MOST_VALID = 3;

/** Makes, opens and replaces secrets, in the transaction of whoever asks. */
@Injectable()
export class EndpointSecrets {
  constructor(
    private readonly secrets: SecretStore,
    private readonly sealer: Sealer,
    private readonly ids: Ids,
  ) {}

  /**
   * @param oldValidForHours for how long those go on that sign now
   * @returns the new one, `whsec_…`, which is shown this once
   * @throws TooManySecrets
   */
  async renew(tx: Tx, key: EndpointKey, oldValidForHours: number): Promise<string> {
    await this.secrets.removeEnded(tx, key);
    await this.secrets.endAll(tx, key, oldValidForHours);
    if ((await this.secrets.valid(tx, key)).length >= MOST_VALID) throw new TooManySecrets();
    const secret = `whsec_${Buffer.from(this.ids.secret(32), 'base64url').toString('base64')}`;
    const id = this.ids.next();
    await this.secrets.insert(tx, key, { id, sealed: this.sealer.seal(secret, place(key, id)) });
    return secret;
  }

  /** Those that sign now, newest first. */
  async open(tx: Tx, key: EndpointKey): Promise<string[]> {
    const valid = await this.secrets.valid(tx, key);
    return valid.map(({ id, sealed }) => this.sealer.open(sealed, place(key, id)));
  }

  async list(tx: Tx, key: EndpointKey): Promise<EndpointSecret[]> {
    const valid = await this.secrets.valid(tx, key);
    return valid.map(({ id, createdAt, validUntil }) => ({ id, createdAt, validUntil }));
  }
}

function place({ contractorId }: EndpointKey, rowId: string) {
  return { contractorId, table: 'webhook_secrets', column: 'sealed', rowId };
}
