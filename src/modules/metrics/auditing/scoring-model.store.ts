import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import { FIRST_MODEL, type ScoringModel } from './scoring-model.js';

export type NewModel = Pick<ScoringModel, 'name' | 'origin' | 'items'>;

const COLUMNS = `version, name, origin, items, created_at as "createdAt"`;

/** Versions of a contractor's model; the first is everybody's and stands in the code. */
@Injectable()
export class ScoringModelStore {
  /** Newest first. */
  async list(tx: Tx, contractorId: string): Promise<ScoringModel[]> {
    const own = await tx.query<ScoringModel[]>(
      `select ${COLUMNS} from scoring_models where contractor_id = $1 order by version desc`,
      [contractorId],
    );
    return [...own, FIRST_MODEL];
  }

  async current(tx: Tx, contractorId: string): Promise<ScoringModel> {
    const [newest] = await tx.query<ScoringModel[]>(
      `select ${COLUMNS} from scoring_models where contractor_id = $1 order by version desc limit 1`,
      [contractorId],
    );
    return newest ?? FIRST_MODEL;
  }

  /** @returns false when somebody else has just made this version */
  async insert(tx: Tx, contractorId: string, model: NewModel & { readonly version: number }, by: string): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `insert into scoring_models (contractor_id, version, name, origin, items, created_by) values ($1, $2, $3, $4, $5::jsonb, $6)
       on conflict do nothing returning 1`,
      [contractorId, model.version, model.name, model.origin, JSON.stringify(model.items), by],
    );
    return rows.length > 0;
  }
}
