import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import type { Logo, LogoPicture } from './document/logo.js';

export interface LogoOwner {
  readonly contractorId: string;
  readonly clientId: string;
}

/** Logos by the hash of their bytes. They are never changed or removed: documents that are frozen name them. */
@Injectable()
export class ReportLogoStore {
  async keep(tx: Tx, { contractorId, clientId }: LogoOwner, { sha256, type, width, height, bytes }: LogoPicture): Promise<void> {
    await tx.query(
      `insert into report_logos (contractor_id, client_id, sha256, type, width, height, bytes)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (contractor_id, client_id, sha256) do nothing`,
      [contractorId, clientId, sha256, type, width, height, Buffer.from(bytes)],
    );
  }

  /** Without its bytes. */
  async find(tx: Tx, { contractorId, clientId }: LogoOwner, sha256: string): Promise<Logo | undefined> {
    const rows = await tx.query<Logo[]>(
      `select sha256, type, width, height from report_logos where contractor_id = $1 and client_id = $2 and sha256 = $3`,
      [contractorId, clientId, sha256],
    );
    return rows[0];
  }

  async picture(tx: Tx, { contractorId, clientId }: LogoOwner, sha256: string): Promise<LogoPicture | undefined> {
    const rows = await tx.query<LogoPicture[]>(
      `select sha256, type, width, height, bytes from report_logos where contractor_id = $1 and client_id = $2 and sha256 = $3`,
      [contractorId, clientId, sha256],
    );
    return rows[0];
  }
}
