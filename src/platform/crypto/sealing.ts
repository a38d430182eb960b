import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** A numbered AES-256 key; numbers rise with each rotation. */
export interface SecretKey {
  readonly version: number;
  readonly key: Buffer;
}

/** Where a sealed value lives. It is authenticated with the value, so a ciphertext moved elsewhere does not open. */
export interface SealedPlace {
  readonly contractorId: string;
  readonly table: string;
  readonly column: string;
  readonly rowId: string;
}

export class SealBroken extends Error {
  constructor() {
    super('A sealed value did not open: wrong key, wrong place or changed bytes');
  }
}

/** Seals secrets with AES-256-GCM under versioned keys: `v1.<key version>.<nonce>.<tag>.<ciphertext>`, base64url. */
export class Sealer {
  constructor(private readonly keys: readonly SecretKey[]) {
    if (keys.length === 0) throw new Error('At least one sealing key is needed');
  }

  seal(plain: string, place: SealedPlace): string {
    const newest = this.keys[this.keys.length - 1]!;
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', newest.key, nonce);
    cipher.setAAD(associatedData(place, newest.version));
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return ['v1', newest.version, ...[nonce, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'))].join('.');
  }

  /** @throws SealBroken when the key is unknown, the place differs or a bit was changed. */
  open(sealed: string, place: SealedPlace): string {
    const [format, version, nonce, tag, body] = sealed.split('.');
    const key = this.keys.find((candidate) => String(candidate.version) === version);
    if (format !== 'v1' || !key || !nonce || !tag || body === undefined) throw new SealBroken();
    try {
      const decipher = createDecipheriv('aes-256-gcm', key.key, Buffer.from(nonce, 'base64url'), { authTagLength: 16 });
      decipher.setAAD(associatedData(place, key.version));
      decipher.setAuthTag(Buffer.from(tag, 'base64url'));
      return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8');
    } catch {
      throw new SealBroken();
    }
  }
}

function associatedData(place: SealedPlace, keyVersion: number): Buffer {
  // JSON keeps the parts apart: ("a", "bc") and ("ab", "c") differ.
  return Buffer.from(JSON.stringify([place.contractorId, place.table, place.column, place.rowId, keyVersion]));
}
