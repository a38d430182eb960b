import { Injectable } from '@nestjs/common';
import type { Credentials } from '../../networks/network.js';
import { Sealer, type SealedPlace } from '../../platform/crypto/sealing.js';
import { Ids } from '../../platform/ids/ids.js';
import type { StoredCredential } from './connection.store.js';

/** Seals and opens the secrets of pages; each is bound to its tenant and its row. */
@Injectable()
export class CredentialBox {
  constructor(
    private readonly sealer: Sealer,
    private readonly ids: Ids,
  ) {}

  seal(contractorId: string, credentials: Credentials): StoredCredential[] {
    return Object.entries(credentials).map(([kind, secret]) => {
      const id = this.ids.next();
      return { id, kind, sealed: this.sealer.seal(secret, place(contractorId, id)) };
    });
  }

  open(contractorId: string, stored: readonly StoredCredential[]): Credentials {
    return Object.fromEntries(stored.map(({ id, kind, sealed }) => [kind, this.sealer.open(sealed, place(contractorId, id))]));
  }
}

function place(contractorId: string, rowId: string): SealedPlace {
  return { contractorId, table: 'credentials', column: 'sealed', rowId };
}
